// SPDX-License-Identifier: Apache-2.0
#include "report/junit.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace finwait {
namespace {

// Control characters but tab and line feed are not XML, escaped or not.
std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\t' ? '?' : c;
    }
  }
  return out;
}

std::string CaseXml(const CheckedCase& one) {
  std::string xml = absl::StrFormat("    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"",
                                    Escaped(one.suite), Escaped(one.name), one.seconds);
  switch (one.outcome) {
    case Outcome::kSkipped:
      absl::StrAppend(&xml, ">\n      <skipped message=\"", Escaped(one.why), "\"/>\n");
      break;
    case Outcome::kFailed:
      absl::StrAppend(&xml, ">\n      <failure message=\"", Escaped(one.why), "\">");
      absl::StrAppend(&xml, Escaped(one.detail), "&#10;again  ", Escaped(one.repeat));
      absl::StrAppend(&xml, "</failure>\n");
      break;
    case Outcome::kPassed:
      if (one.why.empty()) return absl::StrCat(xml, "/>\n");
      absl::StrAppend(&xml, ">\n      <system-out>", Escaped(one.why), "</system-out>\n");
      break;
  }
  return absl::StrCat(xml, "    </testcase>\n");
}

struct Suite {
  std::string name;
  std::string cases;
  size_t tests = 0, failures = 0, skipped = 0;
  double seconds = 0;
};

std::vector<Suite> SuitesOf(const CheckReport& report) {
  std::vector<Suite> suites;
  for (const CheckedCase& one : report.cases) {
    const auto is = [&](const Suite& suite) { return suite.name == one.suite; };
    auto at = std::find_if(suites.begin(), suites.end(), is);
    if (at == suites.end()) at = suites.insert(at, Suite{.name = one.suite, .cases = ""});
    at->cases += CaseXml(one);
    ++at->tests;
    at->failures += one.outcome == Outcome::kFailed ? 1 : 0;
    at->skipped += one.outcome == Outcome::kSkipped ? 1 : 0;
    at->seconds += one.seconds;
  }
  return suites;
}

}  // namespace

std::string JUnitXml(const CheckReport& report) {
  std::string xml = absl::StrFormat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\" time=\"%.3f\">\n",
      Escaped(report.title), report.cases.size(), report.Count(Outcome::kFailed),
      report.Count(Outcome::kSkipped), report.seconds);
  for (const Suite& suite : SuitesOf(report)) {
    absl::StrAppendFormat(&xml,
                          "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" "
                          "skipped=\"%d\" time=\"%.3f\">\n",
                          Escaped(suite.name), suite.tests, suite.failures, suite.skipped,
                          suite.seconds);
    absl::StrAppend(&xml, suite.cases, "  </testsuite>\n");
  }
  return absl::StrCat(xml, "</testsuites>\n");
}

}  // namespace finwait
