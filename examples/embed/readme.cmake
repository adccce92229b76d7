# SPDX-License-Identifier: Apache-2.0
# The program without its SPDX line stands in the README, byte for byte.
file(READ "${README}" readme)
file(READ "${SOURCE}" source)
string(REGEX REPLACE "^// SPDX[^\n]*\n" "" source "${source}")
string(FIND "${readme}" "${source}" at)
if(at EQUAL -1)
  message(FATAL_ERROR "README.md does not show examples/embed/main.cpp as it is")
endif()
