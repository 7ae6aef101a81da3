// SPDX-License-Identifier: Apache-2.0
#include "cli/hunt_output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/finding_output.h"
#include "fuzz/view.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string PairName(const PairSetup& setup) {
  const std::string a(setup[Side::kA].host.kernel.name);
  const std::string b(setup[Side::kB].host.kernel.name);
  return a == b ? a : absl::StrCat(a, "/", b);
}

Json ToJson(const HuntOptions& hunt, const HuntResult& result, const Timing& timing) {
  const std::string_view a = hunt.setup[Side::kA].host.kernel.name;
  const std::string_view b = hunt.setup[Side::kB].host.kernel.name;
  Json applied = Json::object();
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (hunt.properties.Has(i)) applied[std::string(kProperties[i].name)] = result.applied[i];
  }
  Json rules_hit = Json::object();
  for (const Rule& rule : Rules())
    rules_hit[std::string(rule.name)] = result.rules_hit[Index(rule.id)];
  Json violations = Json::array();
  for (const Finding& finding : result.findings) violations.push_back(ToJson(finding));
  return Json{{"a", a},
              {"b", b},
              {"kernel", PairName(hunt.setup)},
              {"seed", hunt.seed},
              {"schedules", result.schedules},
              {"truncated", result.bound},
              {"interrupted", result.stopped},
              {"applied", applied},
              {"rules_hit", rules_hit},
              {"never_shown", NamesOf(NeverShown(hunt, result))},
              {"violations", violations},
              {"timing", {{"seconds", timing.seconds}, {"found_after", timing.found_after}}}};
}

std::string HeldText(const HuntOptions& hunt, const HuntResult& result, double seconds,
                     const Output& output) {
  size_t asked = 0;
  size_t applied = 0;
  std::vector<std::string> vacuous;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!hunt.properties.Has(i)) continue;
    ++asked;
    if (result.applied[i] > 0) {
      ++applied;
    } else {
      vacuous.emplace_back(kProperties[i].name);
    }
  }
  const std::string green = output.colour ? "\x1b[1;32m" : "";
  const std::string plain = output.colour ? "\x1b[0m" : "";
  std::string text =
      absl::StrFormat("%s  %s%s%s      %d of %d properties applied, %s schedules in %.1f s\n",
                      PairName(hunt.setup), green, result.stopped ? "STOPPED" : "HELD", plain,
                      applied, asked, Grouped(result.schedules), seconds);
  if (!vacuous.empty()) {
    absl::StrAppend(&text, "  vacuous, never applied: ", absl::StrJoin(vacuous, ", "), "\n");
  }
  return text;
}

std::string ProgressText(const std::string& name, uint64_t done, uint64_t all, double seconds,
                         size_t findings) {
  const double rate = static_cast<double>(done) / std::max(seconds, 1e-3);
  const double left = static_cast<double>(all - done) / std::max(rate, 1.0);
  const std::string found =
      findings == 0 ? "" : absl::StrCat(", ", findings, findings == 1 ? " finding" : " findings");
  return absl::StrFormat("hunt     %s  %.0f %%, %s/s, %.0f s left%s", name,
                         100.0 * static_cast<double>(done) / static_cast<double>(all),
                         Grouped(static_cast<uint64_t>(rate)), left, found)
      .substr(0, 79);
}

std::string NeverShownText(const HuntOptions& hunt, const HuntResult& result,
                           const Output& output) {
  const char* const red = output.colour ? "\x1b[1;31m" : "";
  const char* const plain = output.colour ? "\x1b[0m" : "";
  const PropertySet never = NeverShown(hunt, result);
  std::string text;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!never.Has(i)) continue;
    absl::StrAppendFormat(&text, "%s  %sNEVER SHOWN%s  %s, in %s schedules\n  %s\n",
                          PairName(hunt.setup), red, plain, View(kProperties[i].name),
                          Grouped(result.schedules), Wrapped(std::string(kProperties[i].never), 2));
  }
  return text;
}

std::string FindingsText(const HuntResult& result, const Timing& timing, const Output& output) {
  std::vector<size_t> order(result.findings.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t one, size_t other) {
    return result.findings[one].property < result.findings[other].property;
  });
  std::string text;
  for (const size_t i : order) {
    const Finding& finding = result.findings[i];
    if (i != order[0]) text += "\n";
    text += FindingHeadline(finding, timing.found_after[i], output);
    if (i == order[0]) text += FindingLadder(finding, output);
  }
  return text;
}

}  // namespace finwait
