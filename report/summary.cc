// SPDX-License-Identifier: Apache-2.0
#include "report/summary.h"

#include <map>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace finwait {
namespace {

// In a table's cell: no line breaks, and `|` is not its border.
std::string Cell(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// Fenced by more backquotes than the text has in a row.
std::string Fenced(const std::string& text) {
  std::string fence = "```";
  while (text.find(fence) != std::string::npos) fence += '`';
  return absl::StrCat(fence, "\n", text, text.ends_with('\n') ? "" : "\n", fence, "\n");
}

void AppendFailures(const CheckReport& report, std::string& out) {
  for (const CheckedCase& one : report.cases) {
    if (one.outcome != Outcome::kFailed) continue;
    absl::StrAppend(&out, "\n### ", one.suite, ": ", one.name, "\n\n", one.why, "\n\n");
    if (!one.detail.empty()) out += Fenced(one.detail);
    if (!one.repeat.empty()) absl::StrAppend(&out, "\nAgain:\n\n", Fenced(one.repeat));
  }
}

void AppendSuites(const CheckReport& report, std::string& out) {
  struct Line {
    size_t passed = 0, failed = 0, skipped = 0;
    double seconds = 0;
  };
  std::vector<std::string> order;
  std::map<std::string, Line> lines;
  for (const CheckedCase& one : report.cases) {
    if (!lines.contains(one.suite)) order.push_back(one.suite);
    Line& line = lines[one.suite];
    line.passed += one.outcome == Outcome::kPassed ? 1U : 0U;
    line.failed += one.outcome == Outcome::kFailed ? 1U : 0U;
    line.skipped += one.outcome == Outcome::kSkipped ? 1U : 0U;
    line.seconds += one.seconds;
  }
  out += "\n| suite | passed | failed | skipped | seconds |\n|---|--:|--:|--:|--:|\n";
  for (const std::string& suite : order) {
    const Line& line = lines[suite];
    absl::StrAppendFormat(&out, "| %s | %d | %d | %d | %.1f |\n", Cell(suite), line.passed,
                          line.failed, line.skipped, line.seconds);
  }
}

void AppendSkipped(const CheckReport& report, std::string& out) {
  std::map<std::string, std::set<std::string>> by_reason;
  for (const CheckedCase& one : report.cases) {
    if (one.outcome == Outcome::kSkipped) by_reason[one.why].insert(one.suite + ": " + one.name);
  }
  if (by_reason.empty()) return;
  out += "\n<details><summary>Skipped: not judged, so not green</summary>\n\n";
  for (const auto& [why, names] : by_reason) {
    absl::StrAppend(&out, "- ", why, ": ", absl::StrJoin(names, ", "), "\n");
  }
  out += "\n</details>\n";
}

}  // namespace

std::string SummaryMarkdown(const CheckReport& report) {
  const size_t failed = report.Count(Outcome::kFailed);
  const size_t passed = report.Count(Outcome::kPassed);
  std::string out =
      absl::StrFormat("## %s: %s\n\n%d passed, %d failed, %d skipped, in %.1f s\n", report.title,
                      failed > 0    ? "FAILED"
                      : passed == 0 ? "NOTHING APPLIED"
                                    : "held",
                      passed, failed, report.Count(Outcome::kSkipped), report.seconds);
  AppendFailures(report, out);
  AppendSuites(report, out);
  if (!report.notes.empty()) out += "\n";
  for (const std::string& note : report.notes) absl::StrAppend(&out, "- ", note, "\n");
  AppendSkipped(report, out);
  return out;
}

}  // namespace finwait
