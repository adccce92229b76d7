# SPDX-License-Identifier: Apache-2.0
# Runs the example and compares what it prints.
execute_process(COMMAND "${PROGRAM}" "${RULES}" OUTPUT_VARIABLE said RESULT_VARIABLE status)
file(READ "${EXPECTED}" expected)
if(NOT status EQUAL 0 OR NOT said STREQUAL expected)
  message(FATAL_ERROR "status ${status}, it printed:\n${said}\nexpected:\n${expected}")
endif()
