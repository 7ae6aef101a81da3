// SPDX-License-Identifier: Apache-2.0
//
// Another project takes finwait in with add_subdirectory(), and links to its boxes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace finwait::repo {
namespace {

TEST(Subproject, ConfiguresWithTheBoxesAndNothingElse) {
  std::string folder = std::filesystem::temp_directory_path() / "finwait-sub-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/CMakeLists.txt")
      << "cmake_minimum_required(VERSION 3.25)\nproject(another LANGUAGES CXX)\n"
      << "add_subdirectory(" << FINWAIT_SOURCE_DIR << " finwait)\n"
      << "add_executable(another main.cc)\n"
      << "target_link_libraries(another PRIVATE finwait_model_world finwait_fuzz)\n"
      << "if(TARGET finwait OR TARGET finwait_bench)\n"
      << "  message(FATAL_ERROR \"programs of finwait are none of another project's\")\n"
      << "endif()\n";
  std::ofstream(folder + "/main.cc") << "#include \"fuzz/hunt.h\"\nint main() { return "
                                        "finwait::HuntOptions{}.seed == 1 ? 0 : 1; }\n";
  const std::string configure =
      "cmake -S " + folder + " -B " + folder + "/build >" + folder + "/log 2>&1";
  const int status = std::system(configure.c_str());
  std::ifstream log(folder + "/log");
  EXPECT_EQ(status, 0) << std::string((std::istreambuf_iterator<char>(log)), {});
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace finwait::repo
