// SPDX-License-Identifier: Apache-2.0
//
// Holds the source tree to the layout rules, and first the rules to small examples, good and bad.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/repo/layout_checks.h"
#include "tests/repo/source_text.h"

namespace finwait::repo {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string Lines(int count, std::string_view line = "int x;\n") {
  std::string text;
  for (int i = 0; i < count; ++i) text += line;
  return text;
}

std::string FunctionOf(std::string_view head, int lines) {
  return std::string(head) + " {\n" + Lines(lines - 2, "  if (x) { y(); }\n") + "}\n";
}

// ---- Includes -----------------------------------------------------------------------------------

struct IncludeRow {
  std::string_view path;
  std::string_view line;
  std::string_view reason;  // Part of the finding; empty: allowed.
};

constexpr IncludeRow kIncludes[] = {
    // Along the arrows.
    {"model/tcp/ack.cc", "#include \"model/tcp/seq.h\"", ""},
    {"model/tcp/ack.cc", "#include <cstdint>", ""},
    {"model/world/world.h", "#include \"model/tcp/seq.h\"", ""},
    {"props/catalog.cc", "#include \"model/world/world.h\"", ""},
    {"fuzz/judge.cc", "#include \"props/property.h\"", ""},
    {"report/ladder.cc", "#include \"fuzz/finding.h\"", ""},
    {"stacks/linux_host.cc", "#include \"model/tcp/seq.h\"", ""},
    {"cli/main.cc", "#include \"stacks/stack.h\"", ""},
    {"packetdrill/run.cc", "#include \"stacks/stack.h\"", ""},
    {"cli/replay_pkt.cc", "#include \"packetdrill/run.h\"", ""},
    {"props/linger_test.cc", "#include \"report/ladder.h\"", ""},
    {"tests/model/tcp/ack_test.cc", "#include \"tests/testing/tables.h\"", ""},
    // Against them.
    {"model/tcp/ack.cc", "#include \"model/world/world.h\"", "does not include model/world/"},
    {"model/world/world.h", "#include \"props/property.h\"", "does not include props/"},
    {"props/catalog.cc", "#include \"fuzz/judge.h\"", "does not include fuzz/"},
    {"props/catalog.cc", "# include \"report/ladder.h\"", "does not include report/"},
    {"fuzz/judge.cc", "#include \"report/ladder.h\"", "does not include report/"},
    {"stacks/stack.h", "#include \"props/property.h\"", "does not include props/"},
    {"report/ladder.cc", "#include \"stacks/stack.h\"", "does not include stacks/"},
    {"packetdrill/run.cc", "#include \"fuzz/judge.h\"", "does not include fuzz/"},
    {"report/facts.cc", "#include \"fuzz/matrix.h\"", "only draws"},
    {"report/story.cc", "#include \"model/world/play.h\"", "only draws"},
    {"stacks/script.cc", "#include \"packetdrill/write.h\"", "does not include packetdrill/"},
    {"fuzz/judge.cc", "#include \"cli/exit.h\"", "does not include cli/"},
    {"cli/main.cc", "#include \"tests/testing/tables.h\"", "does not include tests/"},
    {"model/tcp/ack.cc", "#include \"seq.h\"", "begins with its box"},
    {"model/seq.h", "#include <cstdint>", "none of the boxes"},
    // Libraries.
    {"fuzz/codec.h", "#include \"absl/status/status.h\"", ""},
    {"model/tcp/ack.cc", "#include \"absl/status/status.h\"", "does not use this library"},
    {"tests/a_test.cc", "#include \"gtest/gtest.h\"", ""},
    {"props/a_test.cc", "#include <rapidcheck.h>", ""},
    {"props/catalog.h", "#include <rapidcheck.h>", "does not use this library"},
    {"fuzz/judge.cc", "#include \"gtest/gtest.h\"", "does not use this library"},
    {"model/tcp/ack_test.cc", "#include <gtest/gtest.h>", "does not use this library"},
    {"report/ladder.cc", "#include \"CLI/CLI.hpp\"", "does not use this library"},
    {"fuzz/targets/pair_fuzzer.cc", "#include <fuzzer/FuzzedDataProvider.h>", ""},
    {"fuzz/targets/solo.cc", "#include \"diff/acceptor.h\"", ""},
    {"fuzz/judge.cc", "#include \"diff/acceptor.h\"", "does not include diff/"},
    {"fuzz/targets/solo.cc", "#include \"report/ladder.h\"", "does not include report/"},
    {"fuzz/judge.cc", "#include \"fuzz/targets/pair.h\"", "does not include fuzz/targets/"},
    {"fuzz/whole_file.cc", "#include <unistd.h>", ""},
    {"fuzz/judge.cc", "#include <unistd.h>", "stacks/ only"},
    {"fuzz/codec.cc", "#include <fuzzer/FuzzedDataProvider.h>", "fuzz/targets/ only"},
    // Operating systems.
    {"stacks/linux_host.cc", "#include <sys/socket.h>", ""},
    {"tests/stacks/linux_host_test.cc", "#include <sched.h>", ""},
    {"cli/main.cc", "#include <unistd.h>", ""},
    {"cli/main.cc", "#include <sys/socket.h>", "stacks/ only"},
    {"report/pcapng.cc", "#include <unistd.h>", "stacks/ only"},
    {"model/tcp/time.h", "#include <linux/tcp.h>", "stacks/ only"},
    {"fuzz/explore.cc", "#include \"sys/mman.h\"", "begins with its box"},
    // Not an include.
    {"model/tcp/ack.cc", "// #include <linux/tcp.h>", ""},
    {"model/tcp/ack.cc", "/*\n#include <linux/tcp.h>\n*/", ""},
};

TEST(Includes, KeepToTheArrows) {
  for (const IncludeRow& row : kIncludes) {
    SCOPED_TRACE(std::string(row.path) + ": " + std::string(row.line));
    const Findings findings = CheckIncludes(row.path, row.line);
    if (row.reason.empty()) {
      EXPECT_THAT(findings, IsEmpty());
    } else {
      EXPECT_THAT(findings, ElementsAre(HasSubstr(std::string(row.reason))));
    }
  }
}

TEST(Includes, TellFileAndLine) {
  EXPECT_THAT(CheckIncludes("fuzz/judge.cc", "// Judges.\n\n#include <unistd.h>\n"),
              ElementsAre(StartsWith("fuzz/judge.cc:3: unistd.h: ")));
}

TEST(FuzzerNames, AreForTargetsOnly) {
  constexpr std::string_view kText = "int LLVMFuzzerTestOneInput();\n";
  EXPECT_THAT(CheckFuzzerNames("fuzz/codec.cc", kText),
              ElementsAre(StartsWith("fuzz/codec.cc:1:")));
  EXPECT_THAT(CheckFuzzerNames("fuzz/targets/pair_fuzzer.cc", kText), IsEmpty());
  EXPECT_THAT(CheckFuzzerNames("fuzz/codec.cc", "// LLVMFuzzerTestOneInput\n"), IsEmpty());
}

// ---- Lengths ------------------------------------------------------------------------------------

TEST(Lengths, OfFiles) {
  const std::pair<std::string_view, int> limits[] = {
      {"model/tcp/a.h", 150},          {"model/tcp/a.cc", 250},  {"tests/model/a_test.cc", 400},
      {"tests/testing/a.h", 400},      {"props/a_test.cc", 400}, {"fuzz/a.cc", 250},
      {"fuzz/targets/a_fuzzer.cc", 30}};
  for (const auto& [path, lines_max] : limits) {
    EXPECT_THAT(CheckLengths(path, Lines(lines_max)), IsEmpty()) << path;
    EXPECT_THAT(CheckLengths(path, Lines(lines_max + 1)), ElementsAre(HasSubstr("split"))) << path;
  }
  EXPECT_THAT(CheckLengths("x", Lines(1000)), IsEmpty());
}

TEST(Lengths, OfLinesInColumnsNotBytes) {
  const std::string hundred(100, 'a');
  EXPECT_THAT(CheckLengths("x", hundred), IsEmpty());
  EXPECT_THAT(CheckLengths("x", "a\n" + hundred + "a\n"),
              ElementsAre("x:2: 101 columns, at most 100"));
  EXPECT_THAT(CheckLengths("x", Lines(100, "\u2502")), IsEmpty());  // Three bytes a column.
  EXPECT_EQ(ColumnsOf("\u2502\u00e9a"), 3u);
}

TEST(Functions, AreMeasuredFromHeadToBrace) {
  for (const std::string_view head :
       {"void F()", "static Flow Check(Arrival a) noexcept", "A::A(int x) : x_(x), y_{x}",
        "template <class T = int>\nauto F(T t) -> int", "bool operator==(A a, A b)",
        "TEST(Suite, Name)", "constexpr auto kF = [](int x)", "extern \"C\" int F(char c = '{')",
        "// struct\nint F(Row r = {})"}) {
    const int extra = static_cast<int>(std::count(head.begin(), head.end(), '\n')) -
                      (head.starts_with("//") ? 1 : 0);
    EXPECT_THAT(CheckFunctions("a.cc", FunctionOf(head, 70 - extra)), IsEmpty()) << head;
    EXPECT_THAT(CheckFunctions("a.cc", FunctionOf(head, 71 - extra)),
                ElementsAre(HasSubstr("a function of 71 lines, at most 70")))
        << head;
  }
}

TEST(Functions, AreNotTypesNamespacesOrTables) {
  for (const std::string_view head :
       {"namespace finwait", "class A final : public B", "template <class T>\nstruct S",
        "enum class State : int",
        "constexpr Row kRows[] =", "inline constexpr auto kAll = std::array"}) {
    EXPECT_THAT(CheckFunctions("a.cc", FunctionOf(head, 200)), IsEmpty()) << head;
  }
}

TEST(Functions, AreFoundInsideClassesAndNamespaces) {
  const std::string text = "namespace a {\nclass B {\n public:\n\n" + FunctionOf("  int F()", 80) +
                           "  int y = 1'000;\n" + FunctionOf("  int G()", 5) + "};\n}\n";
  EXPECT_THAT(CheckFunctions("a.cc", text), ElementsAre(StartsWith("a.cc:5: a function of 80 ")));
  EXPECT_EQ(FunctionsOf(text).size(), 2u);
}

// ---- Licence, versions, guards ------------------------------------------------------------------

TEST(Licence, IsTheFirstLine) {
  EXPECT_THAT(CheckLicence("a.cc", "// SPDX-License-Identifier: Apache-2.0\n"), IsEmpty());
  EXPECT_THAT(CheckLicence("x", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"), IsEmpty());
  EXPECT_THAT(CheckLicence("a.cmake", "# SPDX-License-Identifier: Apache-2.0\n"), IsEmpty());
  EXPECT_THAT(CheckLicence("a.cc", "\n// SPDX-License-Identifier: Apache-2.0\n"),
              ElementsAre(StartsWith("a.cc:1: ")));
  EXPECT_THAT(CheckLicence("a.h", "// SPDX-License-Identifier: MIT\n"),
              ElementsAre(HasSubstr("a.h")));
  EXPECT_THAT(CheckLicence("x", "#!/bin/sh\n"), ElementsAre(StartsWith("x:2: ")));
  EXPECT_THAT(CheckLicence("a.cc", ""), ElementsAre(HasSubstr("Apache-2.0")));
}

TEST(KernelVersions, AreForProfilesOnly) {
  for (const std::string_view line : {"if (name == \"linux-5.10\")", "\"v6.12\"", "from 6.6.130 on",
                                      "double version = 4.19;", "\"fixed in 6.9.\""}) {
    EXPECT_THAT(CheckKernelVersions("model/tcp/ack.cc", line),
                ElementsAre(StartsWith("model/tcp/ack.cc:1: ")))
        << line;
    EXPECT_THAT(CheckKernelVersions("model/tcp/profiles.cc", line), IsEmpty()) << line;
    EXPECT_THAT(CheckKernelVersions("report/ladder.cc", line), IsEmpty()) << line;
  }
  for (const std::string_view line : {"// Since 5.10.", "\"RFC 5961 5.2\"", "\"4.2.2.13\"", "15.10",
                                      "x = 1.5;", "/* 6.9 */ int y;", "\"RFC 9293 3.10.7.4\""}) {
    EXPECT_THAT(CheckKernelVersions("model/tcp/ack.cc", line), IsEmpty()) << line;
  }
}

TEST(IncludeGuard, IsMadeOfThePath) {
  const std::string good =
      "// SPDX\n#ifndef FINWAIT_MODEL_TCP_SEQ_H_\n#define FINWAIT_MODEL_TCP_SEQ_H_\n"
      "#include <array>\n#endif  // FINWAIT_MODEL_TCP_SEQ_H_\n";
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.h", good), IsEmpty());
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.cc", "int x;\n"), IsEmpty());
  EXPECT_THAT(CheckIncludeGuard("model/tcp/ack.h", good), ElementsAre(HasSubstr("ack.h:2: ")));
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.h", "#pragma once\n"),
              ElementsAre(HasSubstr(":1: ")));
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.h", "int x;\n"), ElementsAre(HasSubstr("#ifndef")));
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.h", "#ifndef FINWAIT_MODEL_TCP_SEQ_H_\n#endif\n"),
              ElementsAre(HasSubstr("#define")));
  EXPECT_THAT(CheckIncludeGuard("model/tcp/seq.h", good + "\nint x;\n"),
              ElementsAre(HasSubstr("seq.h:7: the last line")));
}

// ---- Taking text apart --------------------------------------------------------------------------

TEST(SourceText, BlanksCommentsAndLiterals) {
  EXPECT_EQ(WithoutComments("a // b\nc"), "a     \nc");
  EXPECT_EQ(WithoutComments("a /* b\n */ \"//\" c"), "a     \n    \"//\" c");
  EXPECT_EQ(WithoutComments("a // b\\\nc\nd"), "a      \n \nd");
  EXPECT_EQ(WithoutCommentsAndLiterals("f(\"a\\\"}\", '}', 1'000, \"\")"),
            "f(\"    \", ' ', 1'000, \"\")");
  EXPECT_EQ(WithoutCommentsAndLiterals("R\"x(}\")\n)x\" }"), "R\"     \n  \" }");
  EXPECT_EQ(WithoutComments("\"unterminated\n// c"), "\"unterminated\n    ");
}

// ---- The tree -----------------------------------------------------------------------------------

struct File {
  std::string path;
  std::string text;
};

std::vector<File> FilesOf(const std::vector<std::string>& places,
                          const std::vector<std::string>& endings) {
  namespace fs = std::filesystem;
  const fs::path root = FINWAIT_SOURCE_DIR;
  std::vector<File> files;
  const auto take = [&](const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    files.push_back({path.lexically_relative(root).generic_string(),
                     {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
  };
  for (const std::string& place : places) {
    if (fs::is_regular_file(root / place)) take(root / place);
    if (!fs::is_directory(root / place)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / place)) {
      const std::string name = entry.path().filename().string();
      const auto ends = [&](const std::string& ending) { return name.ends_with(ending); };
      if (entry.is_regular_file() && std::any_of(endings.begin(), endings.end(), ends))
        take(entry.path());
    }
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

const std::vector<File>& Sources() {
  static const std::vector<File> kFiles =
      FilesOf({"model", "props", "fuzz", "stacks", "diff", "packetdrill", "report", "cli", "tests",
               "bench"},
              {".h", ".cc"});
  return kFiles;
}

const std::vector<File>& Scripts() {
  static const std::vector<File> kFiles = [] {
    std::vector<File> files = FilesOf(
        {"x", ".clusterfuzzlite/build.sh", ".ci/run", "CMakeLists.txt", "cmake", "model", "props",
         "fuzz", "stacks", "diff", "packetdrill", "report", "cli", "tests", "bench"},
        {".cmake", "CMakeLists.txt", ".sh", ".py"});
    for (File& script : FilesOf({"scripts"}, {""})) files.push_back(std::move(script));
    return files;
  }();
  return kFiles;
}

using Check = Findings (*)(std::string_view path, std::string_view text);

void ExpectEach(const std::vector<File>& files, Check check) {
  std::string all;
  for (const File& file : files) {
    for (const std::string& finding : check(file.path, file.text)) all += finding + "\n";
  }
  if (!all.empty()) ADD_FAILURE() << all;
}

TEST(Tree, IsReadAtAll) {
  const auto has = [](const std::vector<File>& files, std::string_view path) {
    return std::any_of(files.begin(), files.end(),
                       [&](const File& file) { return file.path == path && !file.text.empty(); });
  };
  EXPECT_TRUE(has(Sources(), "tests/repo/layout_test.cc"));
  EXPECT_TRUE(has(Sources(), "tests/repo/layout_checks.h"));
  EXPECT_TRUE(has(Scripts(), "x"));
  EXPECT_TRUE(has(Scripts(), "scripts/guests"));
  EXPECT_TRUE(has(Scripts(), "tests/repo/CMakeLists.txt"));
}

TEST(Tree, IncludesKeepToTheArrows) { ExpectEach(Sources(), CheckIncludes); }
TEST(Tree, NamesLibFuzzerInTargetsOnly) { ExpectEach(Sources(), CheckFuzzerNames); }
TEST(Tree, FilesAndLinesAreShort) { ExpectEach(Sources(), CheckLengths); }
TEST(Tree, LinesOfScriptsAreShort) { ExpectEach(Scripts(), CheckLengths); }
TEST(Tree, FunctionsAreShort) { ExpectEach(Sources(), CheckFunctions); }
TEST(Tree, SourcesNameTheLicence) { ExpectEach(Sources(), CheckLicence); }
TEST(Tree, ScriptsNameTheLicence) { ExpectEach(Scripts(), CheckLicence); }
TEST(Tree, KernelVersionsAreInProfilesOnly) { ExpectEach(Sources(), CheckKernelVersions); }
TEST(Tree, HeadersAreGuarded) { ExpectEach(Sources(), CheckIncludeGuard); }

}  // namespace
}  // namespace finwait::repo
