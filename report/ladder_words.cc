// SPDX-License-Identifier: Apache-2.0
#include "report/ladder_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "fuzz/view.h"
#include "model/world/notation.h"
#include "props/segments.h"
#include "report/canvas.h"

namespace finwait {
std::string HeaderOf(const Story& story, Side side) {
  std::string header(1, Letter(side));
  const std::string& label = story.labels.ends[Index(side)];
  if (!label.empty()) absl::StrAppend(&header, " (", label, ")");
  const EndSetup& end = story.schedule.setup[side];
  absl::StrAppend(&header, "  ", View(end.host.kernel.name));
  if (end.quirk != nullptr) absl::StrAppend(&header, " ", View(end.quirk->name));
  if (end.linger_on) absl::StrAppend(&header, ", linger ", end.linger_s, " s");
  return header.substr(0, 31);
}

bool IsViolating(const Story& story, const StepRecord& step) {
  return ViolatingStep(story) == &step;
}

bool Discards(const Story& story, const StepRecord& step) {
  return IsViolating(story, step) && step.kind == StepKind::kArrival &&
         story.violation->limit > Duration(0) && step.before.rcv_nxt == step.after.rcv_nxt;
}

std::string Comparison(const StepRecord& step) {
  const Segment& seg = step.segment.segment;
  const Numbers& at = step.before;
  switch (step.effects.rule) {
    case RuleId::kSegmentAckOld:
    case RuleId::kSegmentAckTooOld:
      return absl::StrCat("ack ", seg.ack.raw, " < SND.UNA ", at.snd_una.raw);
    case RuleId::kSegmentAckUnsent:
      return absl::StrCat("ack ", seg.ack.raw, " > SND.NXT ", at.snd_nxt.raw);
    case RuleId::kSegmentSequenceBeyondWindow:
      return absl::StrCat("seq ", seg.seq.raw, " > right edge ", at.rcv_edge.raw);
    case RuleId::kSegmentSequenceEndsBeyondWindow:
      return absl::StrCat("ends at ", seg.End().raw, " > right edge ", at.rcv_edge.raw);
    default: {
      const std::string_view name = Name(step.effects.rule);
      return std::string(name);
    }
  }
}

std::string NoteOnArrival(const Story& story, const StepRecord& step) {
  if (IsViolating(story, step)) {
    const std::string_view rule = Name(step.effects.rule);
    return step.effects.rule == RuleId::kNone ? "VIOLATED" : absl::StrCat("VIOLATED: ", View(rule));
  }
  if (!story.violation.has_value() || !story.violation->recovered.has_value()) return "";
  const bool good = step.at == story.violation->departed + *story.violation->recovered &&
                    step.actor == story.violation->actor &&
                    step.after.rcv_nxt != step.before.rcv_nxt;
  return good ? "taken" : "";
}

std::string NoteOnDeparture(const StepRecord& step, uint8_t index) {
  const Segment& segment = step.effects.sent[index];
  const auto& counted = step.effects.counted;
  if (segment.Has(kRst)) return "RESET";
  if (std::find(counted.begin(), counted.end(), Counter::kTcpChallengeAck) != counted.end()) {
    return "challenge ACK";
  }
  const char* const what = segment.Has(kFin) ? segment.len > 0 ? "text+FIN" : "FIN"
                           : segment.len > 0 ? "text"
                                             : "ACK";
  switch (step.effects.rule) {
    case RuleId::kTimerDelayedAck:
      return "delayed ACK";
    case RuleId::kTimerRetransmit:
      return absl::StrCat("RTO: ", what, " again");
    case RuleId::kTimerLossProbe:
      return absl::StrCat("loss probe: ", what);
    case RuleId::kTimerWindowProbe:
      return "window probe";
    case RuleId::kSegmentAckFastRetransmit:
      return segment.Length() > 0 ? absl::StrCat("resent at once: ", what) : "";
    default:
      return "";
  }
}

std::string Legend(const std::map<int, std::string>& labels) {
  constexpr size_t kLegendIndent = 11;
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

namespace {

// "tcp_invalid_ratelimit, 500 ms", as it is set at that end.
std::string Limit(const Story& story, const StepRecord& step) {
  const Environment& env = story.schedule.setup[step.actor].host.environment;
  return absl::StrCat("tcp_invalid_ratelimit ", DurationText(env.tcp_invalid_ratelimit));
}

}  // namespace

std::string WordsOn(const Story& story, const StepRecord& step) {
  if (Fired(step, RuleId::kChallengeLimited) || Fired(step, RuleId::kDuplicateAckLimited)) {
    return absl::StrCat("no answer: ", Limit(story, step));
  }
  if (step.kind == StepKind::kWake) return "close() returns";
  if (step.kind == StepKind::kTimer && step.effects.sent.Empty()) {
    return std::string(Name(step.effects.rule));
  }
  if (step.kind != StepKind::kCall) return "";
  const std::string call = CallText(step.choice);
  const CallResult& result = step.effects.result;
  const bool plain = result.returned && result.error == Errno::kNone;
  const bool tells = plain && step.choice.op != Op::kRecv &&
                     (step.choice.op != Op::kSend || result.bytes == step.choice.extra);
  return tells ? call : absl::StrCat(call, " ", ResultText(result));
}

std::string FoldText(const StepRecord& step, const Piece& piece) {
  const char* what = "such turns";
  switch (step.effects.rule) {
    case RuleId::kTimerWindowProbe:
    case RuleId::kTimerLossProbe:
      what = "probes";
      break;
    case RuleId::kTimerRetransmit:
      what = "time-outs";
      break;
    default:
      break;
  }
  const std::string most = DurationText(piece.gap_max);
  return absl::StrCat(piece.folded, " more ", what,
                      DurationText(piece.gap_min) == most ? ", every " : ", up to ", most,
                      DurationText(piece.gap_min) == most ? "" : " apart");
}

}  // namespace finwait
