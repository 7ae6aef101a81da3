// SPDX-License-Identifier: Apache-2.0
#include "report/wrap.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "fuzz/view.h"
#include "report/canvas.h"

namespace finwait {

std::string Wrapped(const std::string& text, size_t indent) {
  std::string out;
  size_t column = indent;
  for (size_t from = 0; from < text.size();) {
    const size_t space = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, space - from);
    if (column > indent && column + 1 + word.size() > kCanvasColumns) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    from = space + 1;
  }
  return out;
}

std::string Fact(std::string_view label, const std::string& text) {
  constexpr size_t kIndent = 11;
  return absl::StrFormat("  %-9s%s\n", View(label), Wrapped(text, kIndent));
}

}  // namespace finwait
