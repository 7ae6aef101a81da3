// SPDX-License-Identifier: Apache-2.0
#include "report/facts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "fuzz/view.h"
#include "model/tcp/profile.h"
#include "model/tcp/rule.h"
#include "model/world/notation.h"
#include "report/wrap.h"

namespace finwait {
namespace {

std::string Cost(const Violated& v) {
  const double limit_ms = static_cast<double>(v.limit.count()) / 1000.0;
  if (!v.recovered.has_value())
    return absl::StrFormat("never made good; limit 1 RTO = %g ms", limit_ms);
  return absl::StrFormat(
      "%g ms from first departure to taken = %.2f RTO (limit 1.00 = %g ms)",
      static_cast<double>(v.recovered->count()) / 1000.0,
      static_cast<double>(v.recovered->count()) / static_cast<double>(v.limit.count()), limit_ms);
}

std::string OnHost(const Rule& rule) {
  std::string text;
  if (rule.counter != Counter::kNone) {
    const CounterRow& counter = RowOf(rule.counter);
    text = absl::StrCat(View(counter.group), View(counter.name), " +1");
  }
  if (!rule.drop_reason.empty()) {
    absl::StrAppend(&text, text.empty() ? "" : "; ", "drop reason ", View(rule.drop_reason),
                    " (kernels have reasons from 5.19 on)");
  }
  return text;
}

// Modes of the end at fault that hide the case on the same kernels.
std::string Avoid(const Finding& finding) {
  const std::string modes =
      absl::StrJoin(finding.avoided_by, ", ",
                    [](std::string* out, Mode mode) { absl::StrAppend(out, View(Name(mode))); });
  if (modes.empty()) return "";
  return absl::StrCat(modes, " on ", std::string(1, Letter(finding.violation.actor)),
                      " in this schedule");
}

std::string Kernels(const std::vector<std::string_view>& names) {
  return absl::StrJoin(names, ", ", [](std::string* out, std::string_view name) {
    absl::StrAppend(out, View(name));
  });
}

std::string Change(std::string_view commit) {
  if (commit.empty()) return "";
  const std::string_view releases = ReleasesOf(commit);
  return Fact("change", absl::StrCat(View(commit), releases.empty() ? "" : " ", View(releases)));
}

// The commit that changed the rule; where the violation comes from something else, that.
std::string Origin(const Finding& finding, const Rule& rule) {
  const auto names_the_rule = [&](const TraitValue& o) {
    return !o.trait->commit.empty() && rule.commit.starts_with(o.trait->commit);
  };
  if (std::any_of(finding.origins.begin(), finding.origins.end(), names_the_rule)) {
    return Change(rule.commit);
  }
  const KernelProfile& kernel = finding.minimal.setup[finding.violation.actor].host.kernel;
  std::string text;
  for (const TraitValue& origin : finding.origins) {
    const TraitValue here{origin.trait, origin.trait->get(kernel)};
    text +=
        Fact("origin", absl::StrCat(View(origin.trait->name), ". ", Capitalized(here.Sentence()),
                                    ". The claim holds where it ", View(origin.Words()), "."));
    text += Change(origin.trait->commit);
  }
  return text.empty() ? Change(rule.commit) : text;
}

}  // namespace

std::string FactsText(const Finding& finding) {
  const Violated& violation = finding.violation;
  const Rule& rule = RuleOf(violation.rule);
  std::string text;
  if (violation.limit > Duration(0)) text += Fact("cost", Cost(violation));
  if (violation.rule != RuleId::kNone) {
    text += Fact("rule", absl::StrCat(View(rule.name), "   kernel: ", View(rule.function)));
  }
  if (const std::string on_host = OnHost(rule); !on_host.empty()) text += Fact("on host", on_host);
  text += Origin(finding, rule);
  const bool everywhere = finding.violated_on.size() == Profiles().size();
  if (everywhere) text += Fact("fails on", "every profile");
  if (!everywhere && !finding.violated_on.empty()) {
    text += Fact("fails on", Kernels(finding.violated_on));
  }
  if (!finding.holds_on.empty()) text += Fact("holds on", Kernels(finding.holds_on));
  if (const std::string avoid = Avoid(finding); !avoid.empty()) text += Fact("avoid", avoid);
  return text;
}

}  // namespace finwait
