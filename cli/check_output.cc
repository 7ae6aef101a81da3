// SPDX-License-Identifier: Apache-2.0
#include "cli/check_output.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/whole_file.h"
#include "report/junit.h"
#include "report/summary.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

const char* Word(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPassed:
      return "passed";
    case Outcome::kFailed:
      return "failed";
    case Outcome::kSkipped:
      return "skipped";
  }
  return "";
}

Json JsonOf(const CheckReport& report) {
  Json cases = Json::array();
  for (const CheckedCase& one : report.cases) {
    cases.push_back(Json{{"suite", one.suite},
                         {"name", one.name},
                         {"outcome", Word(one.outcome)},
                         {"why", one.why},
                         {"repeat", one.repeat},
                         {"seconds", one.seconds}});
  }
  return Json{{"title", report.title},
              {"passed", report.Count(Outcome::kPassed)},
              {"failed", report.Count(Outcome::kFailed)},
              {"skipped", report.Count(Outcome::kSkipped)},
              {"notes", report.notes},
              {"cases", cases},
              {"timing", {{"seconds", report.seconds}}}};
}

std::string TextOf(const CheckReport& report) {
  std::string text;
  for (const CheckedCase& one : report.cases) {
    if (one.outcome != Outcome::kFailed) continue;
    absl::StrAppend(&text, one.suite, ": ", one.name, ": ", one.why, "\n", one.detail, "  again  ",
                    one.repeat, "\n\n");
  }
  std::map<std::string, size_t> skipped;
  for (const CheckedCase& one : report.cases) {
    if (one.outcome == Outcome::kSkipped) ++skipped[one.why];
  }
  for (const auto& [why, count] : skipped) absl::StrAppend(&text, count, " skipped, ", why, "\n");
  for (const std::string& note : report.notes) absl::StrAppend(&text, note, "\n");
  absl::StrAppendFormat(&text, "%d passed, %d failed, %d skipped, in %.1f s\n",
                        report.Count(Outcome::kPassed), report.Count(Outcome::kFailed),
                        report.Count(Outcome::kSkipped), report.seconds);
  return text;
}

absl::Status Append(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::app);
  out << text;
  out.close();
  if (out) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(path, ": cannot be written"));
}

}  // namespace

void AddCheckOutput(CLI::App& app, CheckOutput& output) {
  if (const char* const page = std::getenv("GITHUB_STEP_SUMMARY")) output.summary = page;
  app.add_flag("--json", output.json, "Print JSON instead of text");
  app.add_option("--junit", output.junit, "Write JUnit XML to this file");
  app.add_option("--summary", output.summary, "Append a summary in Markdown to this file");
}

CommandResult Publish(const CheckReport& report, const CheckOutput& output) {
  if (!output.junit.empty()) {
    if (absl::Status status = WriteWhole(output.junit, JUnitXml(report)); !status.ok()) {
      return status;
    }
  }
  if (!output.summary.empty()) {
    if (absl::Status status = Append(output.summary, SummaryMarkdown(report)); !status.ok()) {
      return status;
    }
  }
  std::printf("%s", output.json ? (JsonOf(report).dump(2) + "\n").c_str() : TextOf(report).c_str());
  const bool green = report.Count(Outcome::kFailed) == 0 && report.Count(Outcome::kPassed) > 0;
  return green ? kExitHeld : kExitViolated;
}

}  // namespace finwait
