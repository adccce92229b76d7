# SPDX-License-Identifier: Apache-2.0
# catchrule_module(NAME HEADERS ... [PRIVATE_HEADERS ...] SOURCES ... [LINK ...] [LINK_PRIVATE ...])
#
# A static library catchrule_NAME (alias catchrule::NAME) whose headers are reached only through a private
# include root: build/include-roots/NAME/<folder>/x.hpp links to <folder>/x.hpp in the source tree. A
# module that is not linked is not on the include path, so an include against the layers does not compile.
# Private headers are on the module's own include path only.
function(catchrule_include_root OUT NAME)
  set(root "${CMAKE_BINARY_DIR}/include-roots/${NAME}")
  file(REMOVE_RECURSE "${root}")
  foreach(header IN LISTS ARGN)
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${header}")
    get_filename_component(folder "${root}/${path}" DIRECTORY)
    file(MAKE_DIRECTORY "${folder}")
    file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${path}" "${root}/${path}" SYMBOLIC)
  endforeach()
  set(${OUT} "${root}" PARENT_SCOPE)
endfunction()

function(catchrule_module NAME)
  cmake_parse_arguments(ARG "" "" "HEADERS;PRIVATE_HEADERS;SOURCES;LINK;LINK_PRIVATE" ${ARGN})
  catchrule_include_root(public_root ${NAME} ${ARG_HEADERS})

  add_library(catchrule_${NAME} STATIC ${ARG_SOURCES})
  add_library(catchrule::${NAME} ALIAS catchrule_${NAME})
  set(linked_headers)
  foreach(header IN LISTS ARG_HEADERS)
    file(RELATIVE_PATH path "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${header}")
    list(APPEND linked_headers "${public_root}/${path}")
  endforeach()
  target_sources(catchrule_${NAME} PUBLIC FILE_SET HEADERS BASE_DIRS "${public_root}" FILES ${linked_headers})
  target_link_libraries(catchrule_${NAME}
    PUBLIC ${ARG_LINK}
    PRIVATE $<BUILD_INTERFACE:catchrule_warnings> ${ARG_LINK_PRIVATE})
  if(ARG_PRIVATE_HEADERS)
    catchrule_include_root(private_root ${NAME}-private ${ARG_PRIVATE_HEADERS})
    target_include_directories(catchrule_${NAME} PRIVATE "${private_root}")
  endif()
  # `cmake --build . --target all_verify_interface_header_sets` compiles every public header alone.
  set_target_properties(catchrule_${NAME} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()
