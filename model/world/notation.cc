// SPDX-License-Identifier: Apache-2.0
#include "model/world/notation.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace finwait {

std::string SegmentText(const Segment& segment) {
  struct Letter {
    Flag flag;
    char letter;
  };
  constexpr std::array kLetters = {Letter{kSyn, 'S'}, Letter{kFin, 'F'}, Letter{kRst, 'R'},
                                   Letter{kPsh, 'P'}, Letter{kAck, '.'}};
  std::string text;
  for (const Letter& l : kLetters) {
    if (segment.Has(l.flag)) text += l.letter;
  }
  const SeqNum end = segment.seq + segment.len;
  text += ' ' + std::to_string(segment.seq.raw) + ':' + std::to_string(end.raw) + '(' +
          std::to_string(segment.len) + ')';
  if (segment.Has(kAck)) text += " ack " + std::to_string(segment.ack.raw);
  if (segment.wnd == 0 && !segment.Has(kRst)) text += " win 0";
  if (segment.timestamps) {
    text += " TS val " + std::to_string(segment.tsval) + " ecr " + std::to_string(segment.tsecr);
  }
  if (!segment.sack.Empty()) text += " sack";
  for (const SackBlock& block : segment.sack) {
    text += ' ' + std::to_string(block.begin.raw) + ':' + std::to_string(block.end.raw);
  }
  return text;
}

std::string ResultText(const CallResult& result) {
  if (!result.returned) return "sleeps";
  switch (result.error) {
    case Errno::kNone:
      return "returns " + std::to_string(result.bytes);
    case Errno::kAgain:
      return "fails with EAGAIN";
    case Errno::kPipe:
      return "fails with EPIPE";
    case Errno::kConnReset:
      return "fails with ECONNRESET";
    case Errno::kTimedOut:
      return "fails with ETIMEDOUT";
    case Errno::kNotConn:
      return "fails with ENOTCONN";
  }
  return "";
}

std::string CallText(const Event& call) {
  constexpr std::array<std::string_view, 3> kHows = {"SHUT_WR", "SHUT_RDWR", "SHUT_RD"};
  const std::string amount = call.amount == 0 ? "" : std::to_string(call.amount);
  switch (call.kind) {
    case EventKind::kSend:
      return "send(" + amount + ")";
    case EventKind::kRecv:
      return "recv(" + amount + ")";
    case EventKind::kShutdown:
      return "shutdown(" + std::string(kHows[call.amount % kHows.size()]) + ")";
    case EventKind::kClose:
      return "close()";
    case EventKind::kWake:
      return "close() runs again";
    case EventKind::kSegment:
    case EventKind::kTimer:
      break;
  }
  return "";
}

std::string CallText(const Choice& call) {
  switch (call.op) {
    case Op::kShutdown:
      return CallText(Event{.kind = EventKind::kShutdown, .amount = call.extra});
    case Op::kClose:
      return CallText(Event{.kind = EventKind::kClose});
    case Op::kSend:
      return CallText(Event{.kind = EventKind::kSend, .amount = call.extra});
    default:
      return CallText(Event{.kind = EventKind::kRecv, .amount = call.extra});
  }
}

std::string Capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

// No more than three decimals, and none that says nothing.
std::string DurationText(Duration duration) {
  const double ms = static_cast<double>(duration.count()) / 1000.0;
  const auto plain = [](double number, const char* unit) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g %s", number, unit);
    return std::string(text.data());
  };
  if (ms < 10'000) return plain(ms, "ms");
  const bool minutes = ms >= 600'000 && duration % std::chrono::minutes(1) == Duration(0);
  return minutes ? plain(ms / 60'000, "min") : plain(std::round(ms / 100) / 10, "s");
}

}  // namespace finwait
