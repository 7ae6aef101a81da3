// SPDX-License-Identifier: Apache-2.0
//
// The rules of docs/architecture.md that can be read off the source text. Each check takes a file's
// path, relative to the root of the repository, and its text, and returns what is wrong with it, as
// "file:line: reason". None of them opens a file, so each is tested on small bad examples.
#ifndef FINWAIT_TESTS_REPO_LAYOUT_CHECKS_H_
#define FINWAIT_TESTS_REPO_LAYOUT_CHECKS_H_

#include <string>
#include <string_view>
#include <vector>

namespace finwait::repo {

using Findings = std::vector<std::string>;

inline constexpr int kHeaderLinesMax = 150;
inline constexpr int kSourceLinesMax = 250;
inline constexpr int kTestLinesMax = 400;  // Everything under tests/, and *_test.cc anywhere.
inline constexpr int kFuzzTargetLinesMax = 30;
inline constexpr int kFunctionLinesMax = 70;
inline constexpr int kColumnsMax = 100;

// #include lines keep to the arrows between the boxes. Library headers stay where they belong: the
// model knows the standard library only, GoogleTest and RapidCheck are for tests/ and
// props/*_test.cc, an operating system's headers for stacks/ (and <unistd.h> for cli/).
Findings CheckIncludes(std::string_view path, std::string_view text);

// libFuzzer's entry points are named in fuzz/targets/ only.
Findings CheckFuzzerNames(std::string_view path, std::string_view text);

// Lines a C++ file, columns a line of any file.
Findings CheckLengths(std::string_view path, std::string_view text);

// Lines a function; see FunctionsOf() for what it takes to be one.
Findings CheckFunctions(std::string_view path, std::string_view text);

// The first line, or the second of a script that begins with #!, is the SPDX line.
Findings CheckLicence(std::string_view path, std::string_view text);

// Only model/tcp/profiles.cc knows a kernel's version number. What looks like one elsewhere in
// model/ is reported unless it stands in a comment or, as a section number, behind "RFC".
Findings CheckKernelVersions(std::string_view path, std::string_view text);

// A header model/tcp/seq.h is guarded by FINWAIT_MODEL_TCP_SEQ_H_.
Findings CheckIncludeGuard(std::string_view path, std::string_view text);

}  // namespace finwait::repo

#endif  // FINWAIT_TESTS_REPO_LAYOUT_CHECKS_H_
