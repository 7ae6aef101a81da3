// SPDX-License-Identifier: Apache-2.0
#include "report/trace_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "fuzz/view.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

std::string SegmentName(Side sender, uint16_t serial) {
  return absl::StrCat(std::string(1, Letter(sender)), serial);
}

std::string Happening(const StepRecord& step) {
  switch (step.kind) {
    case StepKind::kArrival:
      return absl::StrCat("< ", SegmentName(Peer(step.actor), step.segment.serial));
    case StepKind::kLost:
      return absl::StrCat("lost ", SegmentName(step.actor, step.segment.serial));
    case StepKind::kCopied:
      return absl::StrCat("copied ", SegmentName(step.actor, step.segment.serial));
    case StepKind::kTimer:
      return "timer";
    case StepKind::kWake:
      return "wakes";
    case StepKind::kCall:
      break;
  }
  switch (step.choice.op) {
    case Op::kShutdown: {
      constexpr std::array kHows = {"shutdown WR", "shutdown RDWR", "shutdown RD"};
      return kHows.at(step.choice.extra);
    }
    case Op::kClose:
      return "close";
    case Op::kSend:
      return absl::StrCat("send ", step.choice.extra);
    default:
      return step.choice.extra == 0 ? "recv" : absl::StrCat("recv ", step.choice.extra);
  }
}

std::string Change(const StepRecord& step) {
  if (step.before.state == step.after.state) return "";
  return absl::StrCat(View(Name(step.before.state)), " -> ", View(Name(step.after.state)));
}

}  // namespace

std::string TraceText(const Trace& trace) {
  std::string text;
  for (const StepRecord& step : trace) {
    const bool network = step.kind == StepKind::kLost || step.kind == StepKind::kCopied;
    std::string line = absl::StrFormat(
        "%8.3f %c%c  %-13s  %-34s  %-25s", static_cast<double>(SinceStart(step.at).count()) / 1e6,
        step.settling ? '~' : ' ', Letter(step.actor), Happening(step),
        network ? "" : View(Name(step.effects.rule)), Change(step));
    const CallResult& result = step.effects.result;
    const bool plain = result.returned && result.error == Errno::kNone;
    if (step.kind == StepKind::kCall && (!plain || step.choice.op == Op::kRecv)) {
      absl::StrAppend(&line, "  ", ResultText(result));
    }
    uint16_t serial = step.first_serial;
    for (const Segment& segment : step.effects.sent) {
      absl::StrAppend(&line, "  > ", SegmentName(step.actor, serial++), " ", SegmentText(segment));
    }
    while (line.ends_with(' ')) line.pop_back();
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

}  // namespace finwait
