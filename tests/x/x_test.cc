// SPDX-License-Identifier: Apache-2.0
//
// What the script x does besides running a word: help without a build, waiting for other builds,
// a checkout that cannot be written. In a tree of its own, with tools that only note their calls.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/run_finwait.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kCmake[] = R"(#!/bin/bash
echo "cmake $*" >>"$CALLS"
mkdir -p "$2/build/$4" && echo "CMAKE_HOME_DIRECTORY:INTERNAL=$2" >"$2/build/$4/CMakeCache.txt"
)";

// Every target is a program that tells its arguments.
constexpr char kNinja[] = R"sh(#!/bin/bash
if [[ $3 == -n ]]; then
  [[ -e $2/$4 && ! -e $2/stale ]] && echo 'ninja: no work to do.'
  exit 0
fi
echo "ninja $*" >>"$CALLS"
mkdir -p "$(dirname "$2/$4")"
printf '#!/bin/sh\necho "ran $*"\n' >"$2/$4"
chmod a+rx "$2/$4"
)sh";

constexpr char kDpkgQuery[] = R"(#!/bin/bash
for name in "${@:3}"; do echo "$name installed"; done
)";

constexpr char kAptGet[] = "#!/bin/bash\necho \"apt-get $*\" >>\"$CALLS\"\n";

class X : public ::testing::Test {
 protected:
  X() {
    fs::remove_all(root_);
    fs::create_directories(root_ + "/tree/corpus");
    for (const char* const file : {"x", "CMakeLists.txt", "CMakePresets.json"}) {
      fs::copy(file, root_ + "/tree");
    }
    fs::copy("scripts", root_ + "/tree/scripts");
    Program("cmake", kCmake);
    Program("ninja", kNinja);
    Program("dpkg-query", kDpkgQuery);
    Program("apt-get", kAptGet);
  }
  ~X() override { fs::remove_all(root_); }

  void Program(const std::string& name, const std::string& text) const {
    fs::create_directories(root_ + "/bin");
    std::ofstream(root_ + "/bin/" + name) << text;
    fs::permissions(root_ + "/bin/" + name,
                    fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
  }
  std::string Command(const std::string& arguments) const {
    return "env PATH=" + root_ + "/bin:$PATH CALLS=" + root_ + "/calls CI=true " + root_ +
           "/tree/x " + arguments;
  }
  Ran RunX(const std::string& arguments) const { return RunCommand(Command(arguments)); }
  // As a user who may read the tree and no more.
  Ran RunAsAnother(const std::string& arguments) const {
    if (geteuid() == 0) {
      return RunCommand("setpriv --reuid 65534 --regid 65534 --clear-groups " + Command(arguments));
    }
    const Ran ran = RunCommand("chmod -R a-w " + root_ + "/tree; " + Command(arguments));
    RunCommand("chmod -R u+w " + root_ + "/tree");
    return ran;
  }
  std::string Calls() const {
    std::ifstream in(root_ + "/calls");
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  std::set<std::string> Files() const {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) files.insert(entry.path());
    return files;
  }

  const std::string root_ =
      ::testing::TempDir() + "x-" + std::to_string(static_cast<int>(getpid()));
};

// Those of ./x help: an indent of two, and then a small letter.
std::vector<std::string> WordsIn(const std::string& help) {
  std::vector<std::string> words;
  std::istringstream lines(help);
  std::string line;
  while (std::getline(lines, line)) {
    if (!line.starts_with("  ") || line.size() < 3 || line[2] < 'a' || line[2] > 'z') continue;
    const std::string word = line.substr(2, line.find_first_of(" \n", 2) - 2);
    if (words.empty() || words.back() != word) words.push_back(word);
  }
  return words;
}

TEST_F(X, HelpOfEveryWordIsTextAndDoesNothing) {
  const std::set<std::string> before = Files();
  const std::vector<std::string> words = WordsIn(RunX("help").out);
  ASSERT_GT(words.size(), 25U);
  for (const std::string& word : words) {
    for (const std::string more : {" --help", " -h", " 5 --help", " --list --help", " a -h b"}) {
      const Ran ran = RunX(word + more);
      EXPECT_EQ(ran.exit_code, 0) << word << more << "\n" << ran.out;
      EXPECT_THAT(ran.out, HasSubstr(word)) << more;
    }
    EXPECT_EQ(RunX("help " + word).exit_code, 0) << word;
  }
  EXPECT_EQ(Files(), before);
  EXPECT_THAT(Calls(), IsEmpty());
}

TEST_F(X, HelpOfAWordOfTheProgramIsTheProgramsWhenItIsThere) {
  ASSERT_THAT(RunX("list kernels").out, HasSubstr("ran list kernels\n")) << "after a build";
  EXPECT_EQ(RunX("list kernels --json --help").out, "ran list kernels --help\n");
  EXPECT_EQ(RunX("hunt --seed 5 -h").out, "ran hunt --help\n");
}

TEST_F(X, VersionNeedsNoBuild) {
  const Ran ran = RunX("--version");
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, StartsWith("finwait "));
  EXPECT_THAT(ran.out, HasSubstr(", commit "));
  EXPECT_THAT(Calls(), IsEmpty());
}

TEST_F(X, AWordThatIsNoneIsToldAtOnceWithTheOneThatWasMeant) {
  for (const auto& [wrong, meant] :
       std::vector<std::pair<std::string, std::string>>{{"hnut", "hunt"},
                                                        {"tset --quick", "test"},
                                                        {"glden", "golden"},
                                                        {"lists", "list"},
                                                        {"build relase", "release"},
                                                        {"fuzz mesure", "measure"},
                                                        {"help probee", "probe"}}) {
    const Ran ran = RunX(wrong);
    EXPECT_EQ(ran.exit_code, 2) << wrong;
    EXPECT_THAT(Calls(), IsEmpty()) << wrong;
    EXPECT_THAT(ran.out, HasSubstr("Did you mean '" + meant + "'?")) << wrong;
  }
  EXPECT_THAT(RunX("frobnicate").out, Not(HasSubstr("Did you mean")));
}

// The words of the program stand in x, too, so that a wrong one is told without a build.
TEST_F(X, KnowsEveryWordOfTheProgram) {
  std::istringstream help(Finwait("--help").out);
  std::string line;
  while (std::getline(help, line) && line != "Subcommands:") continue;
  size_t words = 0;
  for (; std::getline(help, line) && line.starts_with("  "); ++words) {
    const std::string word = line.substr(2, line.find(' ', 2) - 2);
    EXPECT_EQ(RunX("help " + word).exit_code, 0) << word;
  }
  EXPECT_GT(words, 8U);
}

TEST_F(X, SaysThatItWaitsForAnotherBuild) {
  fs::create_directories(root_ + "/tree/build");
  const std::string lock = root_ + "/tree/build/lock";
  const Ran ran = RunCommand("flock " + lock + " sleep 1 & sleep 0.3; " + Command("list kernels"));
  EXPECT_THAT(ran.out, HasSubstr("wait     for another build in this checkout\n"));
  EXPECT_THAT(ran.out, HasSubstr("ran list kernels\n"));
}

TEST_F(X, WhatIsUpToDateWaitsForNobody) {
  ASSERT_EQ(RunX("list kernels").exit_code, 0);
  const std::string lock = root_ + "/tree/build/lock";
  for (const std::string word : {"list kernels", "hunt", "--version", "deps", "list --help"}) {
    const Ran ran =
        RunCommand("flock " + lock + " sleep 60 >/dev/null 2>&1 & flock=$!; sleep 0.2; " +
                   std::string("timeout 20 ") + Command(word) +
                   "; code=$?; kill $(cat /proc/$flock/task/$flock/children) $flock; "
                   "exit $code");
    EXPECT_EQ(ran.exit_code, 0) << word << ran.out;
    EXPECT_THAT(ran.out, Not(HasSubstr("wait   "))) << word;
  }
}

TEST_F(X, WhoMayNotWriteRunsWhatIsBuilt) {
  for (const std::string word :
       {"hunt", "golden", "test --quick", "tidy", "nightly --minutes 1 --out o"}) {
    const Ran ran = RunAsAnother(word);
    EXPECT_EQ(ran.exit_code, 3) << word << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(" cannot write to ")) << word;
    EXPECT_THAT(ran.out, Not(HasSubstr("denied"))) << word;
  }
  ASSERT_EQ(RunX("hunt").exit_code, 0);
  const Ran fresh = RunAsAnother("hunt --seed 2");
  EXPECT_EQ(fresh.exit_code, 0) << fresh.out;
  EXPECT_EQ(fresh.out, "ran hunt --seed 2\n");
  std::ofstream(root_ + "/tree/build/release/stale") << "\n";
  const Ran older = RunAsAnother("hunt");
  EXPECT_EQ(older.exit_code, 0) << older.out;
  EXPECT_THAT(older.out, HasSubstr("ran hunt\n"));
  EXPECT_THAT(older.out, HasSubstr("though it is older"));
}

}  // namespace
}  // namespace finwait
