// SPDX-License-Identifier: Apache-2.0
#include "cli/diff_output.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/command.h"
#include "diff/agreement.h"
#include "diff/solo_text.h"
#include "fuzz/view.h"
#include "model/tcp/counter.h"
#include "model/tcp/rule.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

std::string RepeatCommand(const DiffReport& report, const Solo& solo) {
  const std::string hz = report.hz_from == "given" ? absl::StrCat(" --hz ", report.hz) : "";
  return absl::StrCat("finwait diff ", ShellQuoted(report.x), " ", ShellQuoted(report.y), hz,
                      report.counters ? " --counters" : "", report.events ? " --events" : "",
                      " -e ", ShellQuoted(SoloLine(solo)));
}

// "old-ack-while-closing: on Y a FIN that arrives late ... is taken\n  commit ...".
std::string ExplanationText(const DiffReport& report, const TraitValue& value) {
  const Trait& trait = *value.trait;
  std::string text =
      absl::StrCat("  ", View(trait.name), ": on ", report.y, " ", value.Sentence(), "\n");
  if (trait.commit.empty()) return text;
  absl::StrAppend(&text, "  commit ", View(trait.commit));
  const std::string_view releases = ReleasesOf(trait.commit);
  if (!releases.empty()) absl::StrAppend(&text, ", ", View(releases));
  return text + "\n";
}

std::string DivergenceText(const DiffReport& report, const Divergence& d, size_t number) {
  const size_t width = std::max(report.x.size(), report.y.size());
  std::string text = absl::StrFormat("\n%d  at step %d", number, d.mismatch.event + 1);
  if (d.mismatch.event >= d.solo.events.size()) absl::StrAppend(&text, ", the end");
  if (d.more > 0) absl::StrAppend(&text, "; ", Grouped(d.more), " more of the kind");
  absl::StrAppend(&text, "\n");
  if (d.explanation.has_value()) absl::StrAppend(&text, ExplanationText(report, *d.explanation));
  absl::StrAppend(&text, SoloText(d.solo));
  const auto line = [&](const std::string& who, const std::string& did, RuleId rule) {
    absl::StrAppend(&text, absl::StrFormat("  %-*s  %s", static_cast<int>(width), who, did));
    if (rule != RuleId::kNone) absl::StrAppend(&text, "   (", View(Name(rule)), ")");
    absl::StrAppend(&text, "\n");
  };
  line(report.x, d.mismatch.expected, d.mismatch.rule);
  line(report.y, d.mismatch.seen, d.other_rule);
  absl::StrAppend(&text, "  again  ", RepeatCommand(report, d.solo), "\n");
  return text;
}

Json CounterJson(Counter counter) {
  return counter == Counter::kNone ? Json(nullptr) : Json(Name(counter));
}

// What was not compared, in words.
std::vector<std::string> NotComparedBy(const DiffReport& report) {
  std::vector<std::string> lines;
  for (const std::string_view what : NotCompared()) lines.emplace_back(what);
  if (!report.counters) return lines;
  for (const auto& [names, why] : CountersLeftOut()) {
    lines.push_back(absl::StrCat(View(names), ": ", View(why)));
  }
  return lines;
}

}  // namespace

Json ToJson(const DiffReport& report, const DiffResult& result) {
  Json rules_hit = Json::object();
  for (const Rule& rule : Rules()) {
    rules_hit[std::string(rule.name)] = result.tally.rules[Index(rule.id)];
  }
  Json divergences = Json::array();
  for (const Divergence& d : result.divergences) {
    divergences.push_back({{"schedule", SoloLine(d.solo)},
                           {"step", d.mismatch.event + 1},
                           {"x", d.mismatch.expected},
                           {"y", d.mismatch.seen},
                           {"rule", Name(d.mismatch.rule)},
                           {"counter", CounterJson(d.mismatch.counter)}});
  }
  Json counters;
  if (report.counters) {
    counters = Json::array();
    for (const CounterRow& row : Counters()) counters.push_back(row.name);
  }
  Json timing{{"seconds", report.seconds}, {"rate_vs_bare_loop", nullptr}};
  if (report.rate_vs_bare_loop.has_value()) {
    timing["rate_vs_bare_loop"] = *report.rate_vs_bare_loop;
  }
  return Json{{"x", report.x},
              {"y", report.y},
              {"release", report.release},
              {"schedules", result.schedules},
              {"events", result.events},
              {"rules_hit", rules_hit},
              {"divergences", divergences},
              {"counters", counters},
              {"events_compared", report.events},
              {"not_compared", NotComparedBy(report)},
              {"timing", timing}};
}

std::string DiffText(const DiffReport& report, const DiffResult& result) {
  std::string text;
  for (size_t i = 0; i < result.divergences.size(); ++i) {
    absl::StrAppend(&text, DivergenceText(report, result.divergences[i], i + 1));
  }
  const size_t found = result.divergences.size();
  const std::string verdict =
      found == 0 ? "AGREE" : absl::StrCat("DIFFER, in ", found, found == 1 ? " way" : " ways");
  absl::StrAppend(&text, "\n", report.x, " and ", report.y, " (", report.release, ")  ", verdict,
                  "\n");
  const double rate =
      report.seconds > 0 ? static_cast<double>(result.schedules) / report.seconds : 0;
  absl::StrAppend(&text, "  ", Grouped(result.schedules), " schedules, ", Grouped(result.events),
                  " events, ", Grouped(result.tally.segments), " segments seen");
  absl::StrAppend(&text, absl::StrFormat(" in %.1f s: %s schedules/s", report.seconds,
                                         Grouped(static_cast<uint64_t>(rate))));
  if (report.rate_vs_bare_loop.has_value()) {
    absl::StrAppend(&text, absl::StrFormat(", %.3f of the rate of a bare inject-and-read loop",
                                           *report.rate_vs_bare_loop));
  }
  absl::StrAppend(&text, "\n  HZ ", report.hz, " (", report.hz_from, "); ", Grouped(result.bound),
                  " not judged to the end, ", Grouped(result.repeated),
                  " differed once and not again\n");
  for (const TraitValue& change : result.not_shown) {
    absl::StrAppend(&text, "  by their profiles they also differ in ", View(change.trait->name),
                    ", which no schedule showed: on ", report.y, " ", change.Sentence(), "\n");
  }
  if (report.counters) {
    absl::StrAppend(&text, "  ", Counters().size(), " MIB counters compared, too\n");
  }
  if (report.events) absl::StrAppend(&text, "  state changes compared, too\n");
  for (const std::string& what : NotComparedBy(report)) {
    absl::StrAppend(&text, "  not compared: ", what, "\n");
  }
  return text;
}

std::string RunText(const Solo& solo, const Observation& seen) {
  std::string text =
      absl::StrCat(SoloLine(Solo{.connection = solo.connection, .events = {}}), "\n");
  const auto between = [&](const std::vector<Departure>& sent) {
    if (sent.empty()) return;
    absl::StrAppend(&text, absl::StrFormat("%8s  %s\n", "", Account(sent, nullptr, {})));
  };
  for (size_t i = 0; i < seen.events.size(); ++i) {
    const Observed& o = seen.events[i];
    between(o.before);
    const Event& event = solo.events[i].event;
    const bool call = event.kind != EventKind::kSegment;
    absl::StrAppend(&text,
                    absl::StrFormat("%8.1f  %s\n          %s\n",
                                    static_cast<double>(SinceStart(o.at).count()) / 1000.0,
                                    call ? CallText(event) : "< " + SegmentText(event.segment),
                                    Account(o.sent, call ? &o.result : nullptr, o.state)));
  }
  between(seen.after);
  return text;
}

}  // namespace finwait
