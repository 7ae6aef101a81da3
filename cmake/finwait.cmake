# SPDX-License-Identifier: Apache-2.0
#
# How the parts of finwait are declared. LINKS takes boxes by their folder ("model/tcp") and other
# libraries by their CMake target ("absl::status", "rapidcheck"). Paths in #include begin at the
# root of the repository.
#
#   finwait_box(NAME SOURCES file... [LINKS library...])       the library finwait_NAME
#   finwait_program(NAME SOURCES file... [LINKS library...])   an executable
#   finwait_fuzzer(NAME SOURCES file... [LINKS library...])    a libFuzzer target
#   finwait_test(NAME SOURCES file... [LINKS library...] [ASAN] [SLOW] [TIMEOUT seconds]
#     [SUFFIX text])
#                                                              a GoogleTest executable; the text
#                                                              ends the names of its tests in ctest

option(FINWAIT_WERROR "Treat compiler warnings as errors" ON)
set(FINWAIT_FUZZING_ENGINE -fsanitize=fuzzer CACHE STRING
  "What fuzz targets are linked with: a flag of the compiler, or a library")
option(FINWAIT_EDGES "Fuzz targets: count edges of the model, too, not transitions alone" OFF)
option(FINWAIT_UNITY "Compile sources several at a time" OFF)
set(FINWAIT_PROGRAM_FLAGS "" CACHE STRING "Compiler flags for programs, not for boxes")
set(FINWAIT_TEST_FLAGS "" CACHE STRING "Compiler flags for programs that are tests")
set(FINWAIT_TESTS all CACHE STRING "Which tests to build and run: all, asan (those marked), none")
set_property(CACHE FINWAIT_TESTS PROPERTY STRINGS all asan none)

include(GoogleTest)

# All tests and all fuzz targets of this build folder, under one name each: what ./x builds.
add_custom_target(every_test)
add_custom_target(every_fuzzer)

# "model/tcp" -> "finwait_model_tcp"; anything that is not a folder of ours stays as it is.
function(finwait_targets_of result)
  set(targets)
  set(folders "model|props|fuzz|stacks|diff|packetdrill|report|cli|tests|bench")
  foreach(name IN LISTS ARGN)
    if(name MATCHES "^(${folders})([/.][a-z0-9_./]+)?$")
      string(REGEX REPLACE "[/.]" "_" name "finwait_${name}")
    endif()
    list(APPEND targets "${name}")
  endforeach()
  set(${result} "${targets}" PARENT_SCOPE)
endfunction()

# What every target of ours is compiled with. Assertions stay on in every build type. The prefix map
# takes the folder of the checkout out of __FILE__ and debug information, so that the same sources
# give the same bytes wherever they lie.
function(finwait_compile_as_ours target)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wshadow -Wconversion $<$<BOOL:${FINWAIT_WERROR}>:-Werror>
    -UNDEBUG "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
endfunction()

# What runs millions of times a second has the transition map for feedback (fuzz/targets/
# transitions.h); counting every edge of it besides makes a run eight times as long.
set(FINWAIT_NO_EDGES)
if(FINWAIT_FUZZ AND NOT FINWAIT_EDGES AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(FINWAIT_NO_EDGES
    -fno-sanitize-coverage=trace-cmp,inline-8bit-counters,pc-table,indirect-calls)
endif()

# With FINWAIT_UNITY up to sixteen sources of a box or a program are one translation unit: large
# headers (Abseil, CLI11, nlohmann/json, GoogleTest) are then compiled once for all of them.
function(finwait_compile_together target)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ${FINWAIT_UNITY} UNITY_BUILD_BATCH_SIZE 16)
endfunction()

function(finwait_box name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LINKS")
  finwait_targets_of(target "${name}")
  if(NOT target MATCHES "^finwait_")
    message(FATAL_ERROR "finwait_box(${name}): not one of the folders of finwait")
  endif()
  finwait_targets_of(links ${ARG_LINKS})
  if(ARG_SOURCES MATCHES "\\.(cc|c)(;|$)")
    add_library(${target} STATIC ${ARG_SOURCES})
    finwait_compile_together(${target})
    finwait_compile_as_ours(${target})
    if(name MATCHES "^(model/.*|props|fuzz/targets)$")
      target_compile_options(${target} PRIVATE ${FINWAIT_NO_EDGES})
    endif()
    target_link_libraries(${target} PUBLIC ${links})
  else()  # Only headers: nothing to compile.
    add_library(${target} INTERFACE ${ARG_SOURCES})
    target_include_directories(${target} INTERFACE "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} INTERFACE ${links})
  endif()
endfunction()

function(finwait_program name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LINKS")
  finwait_targets_of(links ${ARG_LINKS})
  add_executable(${name} ${ARG_SOURCES})
  finwait_compile_together(${name})
  finwait_compile_as_ours(${name})
  target_compile_options(${name} PRIVATE ${FINWAIT_PROGRAM_FLAGS})
  target_link_libraries(${name} PRIVATE ${links})
endfunction()

# Each test case becomes a test of ctest, found by asking the executable when ctest runs. Its label,
# one since gtest_discover_tests() loses a second, is the executable's name, then with SLOW ".slow"
# (left out by ./x test --quick) and with ASAN ".asan": those also run under the sanitizers. The
# source tree is at FINWAIT_SOURCE_DIR, which is also where the test runs.
function(finwait_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "ASAN;SLOW" "TIMEOUT;SUFFIX" "SOURCES;LINKS")
  string(REGEX REPLACE "[/.]" "_" name "${name}")
  finwait_program(${name} SOURCES ${ARG_SOURCES} LINKS ${ARG_LINKS} GTest::gmock_main)
  target_compile_options(${name} PRIVATE ${FINWAIT_TEST_FLAGS})
  target_compile_definitions(${name} PRIVATE "FINWAIT_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}\"")
  if(FINWAIT_TESTS STREQUAL "none" OR (FINWAIT_TESTS STREQUAL "asan" AND NOT ARG_ASAN))
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  add_dependencies(every_test ${name})
  set(suffix "${ARG_SUFFIX}")
  set(label ${name})
  if(ARG_SLOW)
    string(APPEND label ".slow")
  endif()
  if(ARG_ASAN)
    string(APPEND label ".asan")
    if(FINWAIT_TESTS STREQUAL "asan")
      string(APPEND suffix ".asan")
    endif()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  gtest_discover_tests(${name}
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    TEST_SUFFIX "${suffix}"
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${label})
endfunction()

# The libFuzzer that Debian ships is compiled against libstdc++ and needs it even where the rest is
# on libc++. The two do not meet: their names differ. (-Wl: clang would read libc++ for a plain
# -lstdc++.)
if(FINWAIT_FUZZ)
  include(CheckCXXSourceCompiles)
  set(nothing "extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) {
    return 0; }")
  separate_arguments(FINWAIT_ENGINE UNIX_COMMAND "${FINWAIT_FUZZING_ENGINE}")
  set(CMAKE_REQUIRED_LIBRARIES ${FINWAIT_ENGINE})
  check_cxx_source_compiles("${nothing}" FINWAIT_ENGINE_LINKS)
  if(NOT FINWAIT_ENGINE_LINKS)
    set(CMAKE_REQUIRED_LIBRARIES ${FINWAIT_ENGINE} -Wl,-lstdc++)
    check_cxx_source_compiles("${nothing}" FINWAIT_ENGINE_LINKS_WITH_LIBSTDCXX)
    if(FINWAIT_ENGINE_LINKS_WITH_LIBSTDCXX)
      list(APPEND FINWAIT_ENGINE -Wl,-lstdc++)
    endif()
  endif()
  unset(CMAKE_REQUIRED_LIBRARIES)
endif()

# Where libFuzzer is not linked, the target is still compiled, so that it does not rot unseen.
function(finwait_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LINKS")
  if(FINWAIT_FUZZ)
    finwait_program(${name} SOURCES ${ARG_SOURCES} LINKS ${ARG_LINKS})
    target_link_libraries(${name} PRIVATE ${FINWAIT_ENGINE})
    add_dependencies(every_fuzzer ${name})
  else()
    finwait_targets_of(links ${ARG_LINKS})
    add_library(${name} OBJECT ${ARG_SOURCES})
    finwait_compile_as_ours(${name})
    target_link_libraries(${name} PRIVATE ${links})
  endif()
endfunction()
