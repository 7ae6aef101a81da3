// SPDX-License-Identifier: Apache-2.0
#include "report/ladder_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "model/world/notation.h"
#include "report/canvas.h"

namespace finwait {
namespace {

Event EventOf(const Choice& choice) {
  switch (choice.op) {
    case Op::kShutdown:
      return Event{.kind = EventKind::kShutdown, .amount = choice.extra};
    case Op::kClose:
      return Event{.kind = EventKind::kClose};
    case Op::kSend:
      return Event{.kind = EventKind::kSend, .amount = choice.extra};
    default:
      return Event{.kind = EventKind::kRecv, .amount = choice.extra};
  }
}

// The step at which `side` first ends sending; the header tells its call.
const StepRecord* FirstEnding(const Story& story, Side side) {
  for (const StepRecord& step : story.trace) {
    const bool call = step.kind == StepKind::kCall && step.actor == side;
    if (call && EndsSending(step.choice)) return &step;
  }
  return nullptr;
}

bool Fired(const StepRecord& step, RuleId rule) {
  for (const RuleId fired : step.effects.fired) {
    if (fired == rule) return true;
  }
  return false;
}

}  // namespace

std::string HeaderOf(const Story& story, Side side) {
  std::string header(1, Letter(side));
  const std::string& label = story.labels.ends[Index(side)];
  if (!label.empty()) absl::StrAppend(&header, " (", label, ")");
  const StepRecord* const ending = FirstEnding(story, side);
  if (ending != nullptr) absl::StrAppend(&header, "  ", CallText(EventOf(ending->choice)));
  const EndSetup& end = story.schedule.setup[side];
  if (end.linger_on) absl::StrAppend(&header, " linger ", end.linger_s, " s");
  return header.substr(0, 30);
}

std::string DurationText(Duration duration) {
  const double ms = static_cast<double>(duration.count()) / 1000.0;
  return ms >= 10'000 ? absl::StrFormat("%.4g s", ms / 1000) : absl::StrFormat("%g ms", ms);
}

bool IsViolating(const Story& story, const StepRecord& step) {
  return ViolatingStep(story) == &step;
}

bool Discards(const Story& story, const StepRecord& step) {
  return IsViolating(story, step) && story.violation->limit > Duration(0);
}

std::string Comparison(const StepRecord& step) {
  const Segment& seg = step.segment.segment;
  switch (step.effects.rule) {
    case RuleId::kSegmentAckOld:
    case RuleId::kSegmentAckTooOld:
      return absl::StrCat("ack ", seg.ack.raw, " < SND.UNA ", step.before.snd_una.raw);
    case RuleId::kSegmentAckUnsent:
      return absl::StrCat("ack ", seg.ack.raw, " > SND.NXT ", step.before.snd_nxt.raw);
    default: {
      const std::string_view name = Name(step.effects.rule);
      return std::string(name);
    }
  }
}

std::string NoteOnArrival(const Story& story, const StepRecord& step) {
  if (IsViolating(story, step))
    return absl::StrCat("VIOLATED: ", std::string(Name(step.effects.rule)));
  if (!story.violation.has_value() || !story.violation->recovered.has_value()) return "";
  const bool good = step.at == story.violation->departed + *story.violation->recovered &&
                    step.actor == story.violation->actor &&
                    step.after.rcv_nxt != step.before.rcv_nxt;
  return good ? "taken" : "";
}

std::string NoteOnDeparture(const Story& story, const StepRecord& step) {
  if (Discards(story, step)) return "challenge ACK";
  if (step.effects.rule == RuleId::kTimerDelayedAck) return "delayed ACK";
  if (step.effects.rule != RuleId::kTimerRetransmit) return "";
  return step.effects.sent[0].Has(kFin) ? "RTO: FIN again" : "RTO: text again";
}

std::string Legend(const std::map<int, std::string>& labels) {
  constexpr size_t kLegendIndent = 10;
  std::string legend;
  CanvasRow row;
  row.Write(2, "ids");
  size_t column = kLegendIndent;
  for (const auto& [number, label] : labels) {
    const bool last = number == labels.rbegin()->first;
    const std::string entry = absl::StrCat(number, " = ", label, last ? "" : ",");
    if (column > kLegendIndent && column + entry.size() > kCanvasColumns) {
      absl::StrAppend(&legend, row.Encode(/*ascii=*/true), "\n");
      row = CanvasRow();
      column = kLegendIndent;
    }
    row.Write(column, entry);
    column += entry.size() + 1;
  }
  return labels.empty() ? "" : absl::StrCat(legend, row.Encode(/*ascii=*/true), "\n");
}

std::string WordsOn(const Story& story, const StepRecord& step) {
  if (Fired(step, RuleId::kChallengeLimited) || Fired(step, RuleId::kDuplicateAckLimited)) {
    return "no answer: limited to one in 500 ms";
  }
  if (step.kind == StepKind::kWake) return "close() returns";
  if (step.kind == StepKind::kTimer && step.effects.sent.Empty()) {
    return std::string(Name(step.effects.rule));
  }
  if (step.kind != StepKind::kCall || &step == FirstEnding(story, step.actor)) return "";
  std::string call = CallText(EventOf(step.choice));
  const CallResult& result = step.effects.result;
  if (result.returned && result.error == Errno::kNone && step.choice.op != Op::kRecv) return call;
  return absl::StrCat(call, " ", ResultText(result));
}

size_t LastStepToDraw(const Story& story) {
  size_t end = 0;
  int in_flight = 0;
  const bool cut = story.violation.has_value() && story.violation->recovered.has_value();
  for (size_t i = 0; i < story.trace.size(); ++i) {
    const StepRecord& step = story.trace[i];
    in_flight += step.effects.sent.count;
    if (step.kind == StepKind::kArrival || step.kind == StepKind::kLost) --in_flight;
    if (step.kind == StepKind::kCopied) ++in_flight;
    const bool silent = step.kind == StepKind::kTimer && step.effects.sent.Empty();
    if (!silent || !step.settling) end = i + 1;
    if (cut && in_flight == 0 &&
        step.at >= story.violation->departed + *story.violation->recovered) {
      break;
    }
  }
  return end;
}

}  // namespace finwait
