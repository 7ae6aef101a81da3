// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/ktap.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace finwait::pkt {
namespace {

// A description may not hold what begins a directive.
std::string Description(const std::string& text) {
  return absl::StrReplaceAll(text, {{"#", "\\#"}, {"\n", " "}});
}

void AppendLine(const LineResult& line, size_t number, std::string& out) {
  const bool failed = line.outcome == Outcome::kFailed;
  absl::StrAppend(&out, "  ", failed ? "not ok " : "ok ", number, " line ", line.line, " ",
                  Description(line.text));
  if (line.outcome == Outcome::kNotRun) absl::StrAppend(&out, " # SKIP an earlier line failed");
  absl::StrAppend(&out, "\n");
  if (!failed) return;
  absl::StrAppend(&out, "  # expected: ", line.expected, "\n  # came: ", line.came, "\n");
}

void AppendFile(const FileResult& result, std::string& out) {
  const auto tells = [](const LineResult& line) { return line.outcome != Outcome::kSetUp; };
  const auto count = std::count_if(result.ran.lines.begin(), result.ran.lines.end(), tells);
  absl::StrAppend(&out, "  KTAP version 1\n  1..", count, "\n");
  size_t number = 0;
  for (const LineResult& line : result.ran.lines) {
    if (tells(line)) AppendLine(line, ++number, out);
  }
  for (const std::string& segment : result.ran.unasked) {
    absl::StrAppend(&out, "  # left behind the last line: ", segment, "\n");
  }
}

}  // namespace

std::string KtapText(const std::vector<FileResult>& results) {
  std::string out = absl::StrCat("KTAP version 1\n1..", results.size(), "\n");
  size_t number = 0, held = 0, refused = 0;
  for (const FileResult& result : results) {
    if (result.refusal.empty()) {
      AppendFile(result, out);
    } else {
      absl::StrAppend(&out, "# ", result.refusal, "\n");
      ++refused;
    }
    held += result.Held() ? 1 : 0;
    absl::StrAppend(&out, result.Held() ? "ok " : "not ok ", ++number, " ",
                    Description(result.path),
                    result.ran.target.empty() ? "" : absl::StrCat(" on ", result.ran.target), "\n");
  }
  absl::StrAppend(&out, "# Totals: pass:", held, " fail:", results.size() - held - refused,
                  " xfail:0 xpass:0 skip:0 error:", refused, "\n");
  return out;
}

}  // namespace finwait::pkt
