# SPDX-License-Identifier: Apache-2.0
# The compiler's settings for every target: C++20, warnings, ccache and mold when they are present.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug or Release" FORCE)
endif()

add_library(catchrule_warnings INTERFACE)
target_compile_options(catchrule_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees dangling or uninitialized memory inside std::string and std::variant where there is none.
  target_compile_options(catchrule_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # libstdc++ 12 uses its own deprecated std::get_temporary_buffer inside std::stable_sort.
  target_compile_options(catchrule_warnings INTERFACE -Wno-deprecated-declarations)
endif()

find_program(CATCHRULE_CCACHE ccache)
if(CATCHRULE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The environment makes objects of one checkout usable in another.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;${CATCHRULE_CCACHE}")
endif()

find_program(CATCHRULE_MOLD mold)
if(CATCHRULE_MOLD AND NOT CMAKE_INTERPROCEDURAL_OPTIMIZATION)
  add_link_options(-fuse-ld=mold)
endif()

# -DCATCHRULE_SANITIZE=address,undefined and the like; the presets set it.
set(CATCHRULE_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
if(CATCHRULE_SANITIZE)
  add_compile_options(-fsanitize=${CATCHRULE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CATCHRULE_SANITIZE})
endif()
if(CATCHRULE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
