# SPDX-License-Identifier: Apache-2.0
#
# The libraries finwait is built with. Each is looked for on the machine; on Debian 12 all of them
# are packages (./x deps), and nothing is fetched.
#
# Elsewhere, -DFINWAIT_FETCH=ON lets CMake fetch what is missing. A release is pinned by the SHA-256
# of its archive; RapidCheck, which makes no releases, by its full commit hash. The versions are
# those of Debian 12, but for RapidCheck, which is a later commit.

# Fuzz targets need none of them: see docs/decisions/0012-standard-library-fuzzers.md.
if(FINWAIT_FUZZ)
  foreach(library IN ITEMS status statusor str_format strings)
    add_library(absl_${library} INTERFACE)
    target_include_directories(absl_${library} INTERFACE "${PROJECT_SOURCE_DIR}/fuzz/standin")
    add_library(absl::${library} ALIAS absl_${library})
  endforeach()
  return()
endif()

option(FINWAIT_FETCH "Fetch, at a pinned version, each library this machine does not have" OFF)

option(FINWAIT_STATIC "Link the static forms of the libraries" OFF)

include(FetchContent)
FetchContent_Declare(GTest SYSTEM
  URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
  URL_HASH SHA256=81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2)
FetchContent_Declare(absl SYSTEM
  URL https://github.com/abseil/abseil-cpp/archive/refs/tags/20220623.1.tar.gz
  URL_HASH SHA256=91ac87d30cc6d79f9ab974c51874a704de9c2647c40f6932597329a282217ba8)
FetchContent_Declare(rapidcheck SYSTEM
  GIT_REPOSITORY https://github.com/emil-e/rapidcheck.git
  GIT_TAG ff6af6fc683159deb51c543b065eba14dfcf329b)
FetchContent_Declare(benchmark SYSTEM
  URL https://github.com/google/benchmark/archive/refs/tags/v1.7.1.tar.gz
  URL_HASH SHA256=6430e4092653380d9dc4ccb45a1e2dc9259d581f4866dc0759713126056bc1d7)
FetchContent_Declare(CLI11 SYSTEM
  URL https://github.com/CLIUtils/CLI11/archive/v2.1.2.tar.gz
  URL_HASH SHA256=26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb)
FetchContent_Declare(nlohmann_json SYSTEM
  URL https://github.com/nlohmann/json/archive/refs/tags/v3.11.2.tar.gz
  URL_HASH SHA256=d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273)

# How the fetched projects are built: without their own tests, and RapidCheck with its GoogleTest
# adapter. These are read by the fetched projects only.
set(BENCHMARK_ENABLE_TESTING OFF CACHE INTERNAL "")
set(BENCHMARK_ENABLE_WERROR OFF CACHE INTERNAL "")
set(CLI11_BUILD_TESTS OFF CACHE INTERNAL "")
set(CLI11_BUILD_EXAMPLES OFF CACHE INTERNAL "")
set(INSTALL_GTEST OFF CACHE INTERNAL "")
set(RC_ENABLE_GTEST ON CACHE INTERNAL "")

# finwait_need(NAME TARGET PACKAGE...): the library NAME, which offers TARGET and which Debian has
# in PACKAGE.
function(finwait_need name target)
  find_package(${name} CONFIG QUIET)
  if(NOT ${name}_FOUND AND FINWAIT_FETCH)
    message(STATUS "${name} is not on this machine: fetching the pinned version")
    FetchContent_MakeAvailable(${name})
  endif()
  if(NOT TARGET ${target})
    list(JOIN ARGN " " packages)
    message(FATAL_ERROR
      "The library ${name} (CMake target ${target}) is not on this machine.\n"
      "On Debian 12: apt-get install ${packages}   (./x does this by itself)\n"
      "Elsewhere: install it, or configure with -DFINWAIT_FETCH=ON to fetch a pinned version.")
  endif()
endfunction()

set(ABSL_PROPAGATE_CXX_STD ON)
finwait_need(absl absl::status libabsl-dev)
finwait_need(nlohmann_json nlohmann_json::nlohmann_json nlohmann-json3-dev)
if(PROJECT_IS_TOP_LEVEL)
  finwait_need(GTest GTest::gmock_main libgtest-dev libgmock-dev)
  finwait_need(rapidcheck rapidcheck_gtest librapidcheck-dev)
  finwait_need(benchmark benchmark::benchmark libbenchmark-dev)
  finwait_need(CLI11 CLI11::CLI11 libcli11-dev)
endif()

# Debian's Abseil names its shared libraries to CMake; the static ones lie beside them.
if(FINWAIT_STATIC)
  get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
  foreach(target IN LISTS imported)
    get_target_property(type ${target} TYPE)
    if(NOT type STREQUAL "SHARED_LIBRARY")
      continue()
    endif()
    get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
    foreach(configuration IN LISTS configurations)
      get_target_property(shared ${target} IMPORTED_LOCATION_${configuration})
      string(REGEX REPLACE "\\.so(\\.[0-9.]+)?$" ".a" archive "${shared}")
      if(EXISTS "${archive}")
        set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_${configuration} "${archive}")
      endif()
    endforeach()
  endforeach()
endif()
