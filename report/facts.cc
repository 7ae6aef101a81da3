// SPDX-License-Identifier: Apache-2.0
#include "report/facts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/matrix.h"
#include "fuzz/origin.h"
#include "fuzz/view.h"
#include "model/tcp/profile.h"
#include "model/tcp/rule.h"
#include "report/wrap.h"

namespace finwait {
namespace {

constexpr size_t kIndent = 10;

// "  label   text", the text wrapped below itself.
std::string Fact(std::string_view label, const std::string& text) {
  return absl::StrFormat("  %-8s%s\n", View(label), Wrapped(text, kIndent));
}

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

// Modes of the losing end that hide the case on the same kernel, asked of the model.
std::string Avoid(const Story& story) {
  const MatrixSubject subject{story.property, story.violation->actor};
  const std::string_view kernel = story.schedule.setup[subject.varied].host.kernel.name;
  std::string modes;
  for (const MatrixRow& row : Matrix(story.schedule, subject)) {
    if (row.kernel != kernel || !std::holds_alternative<Holds>(row.verdict)) continue;
    if (row.mode == Mode::kLingerN) continue;  // A matter of luck: when the sleeper runs.
    absl::StrAppend(&modes, modes.empty() ? "" : ", ", View(Name(row.mode)));
  }
  if (modes.empty()) return "";
  return absl::StrCat(modes, " on ", std::string(1, Letter(subject.varied)),
                      " in this schedule; ./x replay --matrix says why");
}

std::string Change(std::string_view commit) {
  if (commit.empty()) return "";
  const std::string_view releases = ReleasesOf(commit);
  return Fact("change", absl::StrCat(View(commit), releases.empty() ? "" : " ", View(releases)));
}

// The commit that changed the rule; where the violation comes from something else, that.
std::string Origin(const Story& story, const Rule& rule) {
  const std::vector<TraitValue> origins = OriginsOf(story.schedule, story.property);
  if (std::any_of(origins.begin(), origins.end(), [&](const TraitValue& o) {
        return !o.trait->commit.empty() && rule.commit.starts_with(o.trait->commit);
      })) {
    return Change(rule.commit);
  }
  const KernelProfile& kernel = story.schedule.setup[story.violation->actor].host.kernel;
  std::string text;
  for (const TraitValue& origin : origins) {
    const Trait& trait = *origin.trait;
    text += Fact("origin", absl::StrCat(View(trait.name), ": ", View(trait.about), ": ",
                                        View(trait.values[trait.get(kernel)]), "; with \"",
                                        View(origin.Words()), "\" it holds"));
    text += Change(trait.commit);
  }
  return text.empty() ? Change(rule.commit) : text;
}

}  // namespace

std::string FactsText(const Story& story) {
  if (!story.violation.has_value()) return "";
  const Rule& rule = RuleOf(story.violation->rule);
  std::string text;
  if (story.violation->limit > Duration(0)) text += Fact("cost", Cost(*story.violation));
  text += Fact("rule", absl::StrCat(View(rule.name), "   kernel: ", View(rule.function)));
  if (const std::string on_host = OnHost(rule); !on_host.empty()) text += Fact("on host", on_host);
  text += Origin(story, rule);
  if (const std::string avoid = Avoid(story); !avoid.empty()) text += Fact("avoid", avoid);
  return text;
}

}  // namespace finwait
