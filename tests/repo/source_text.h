// SPDX-License-Identifier: Apache-2.0
//
// C++ source as text, taken apart just far enough for the checks of layout_checks.h.
#ifndef FINWAIT_TESTS_REPO_SOURCE_TEXT_H_
#define FINWAIT_TESTS_REPO_SOURCE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace finwait::repo {

// The same text with each character of a comment replaced by a space. Lines stay where they are.
std::string WithoutComments(std::string_view text);

// The same, with what stands inside string and character literals replaced too.
std::string WithoutCommentsAndLiterals(std::string_view text);

// The lines, without their line ends. A last line needs no line end.
std::vector<std::string_view> LinesOf(std::string_view text);

// How many columns a line of UTF-8 takes: code points, not bytes.
std::size_t ColumnsOf(std::string_view line);

struct FunctionSpan {
  int first_line = 0;  // Counted from 1: where the head begins.
  int last_line = 0;   // Of the closing brace.
};

// The functions of a source file, found by their braces, which is a heuristic: a block outside any
// function is a function's body when the text before its `{`, back to the last `;`, `{` or `}`, has
// balanced parentheses, is no namespace, type or initialiser, and contains a parameter list. A
// lambda or a local class counts as part of the function around it.
std::vector<FunctionSpan> FunctionsOf(std::string_view text);

}  // namespace finwait::repo

#endif  // FINWAIT_TESTS_REPO_SOURCE_TEXT_H_
