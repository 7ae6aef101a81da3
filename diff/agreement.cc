// SPDX-License-Identifier: Apache-2.0
#include "diff/agreement.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "model/tcp/poll.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

constexpr uint8_t WithoutPush(uint8_t flags) { return static_cast<uint8_t>(flags & ~kPsh); }

constexpr std::array<std::string_view, 6> kNotCompared = {
    "the size of a window, but whether it is zero",
    "PSH",
    "TSval; the timestamp echoed is compared",
    "the first number of a new connection where it comes from a clock, but that it does",
    "what depends on memory (whether a window may grow, whether header prediction applies): both "
    "ways are accepted",
    "a close() that lingers, but for schedules that ask for one (--linger, linger N): then whether "
    "it sleeps after each event, and when its time is over",
};

}  // namespace

bool Agree(const Segment& model, const Segment& seen) {
  if (WithoutPush(model.flags) != WithoutPush(seen.flags) || model.len != seen.len) return false;
  const bool from_clock = model.Has(kSyn) && model.seq == SeqNum{};
  if (model.Has(kSyn)) return model.ack == seen.ack && (from_clock || model.seq == seen.seq);
  if (model.seq != seen.seq || (model.Has(kAck) && model.ack != seen.ack)) return false;
  if (model.timestamps != seen.timestamps) return false;
  if (model.timestamps && model.tsecr != seen.tsecr) return false;
  return (model.wnd == 0) == (seen.wnd == 0) && model.sack == seen.sack;
}

bool MayOpen(const Segment& model, const Segment& seen, const Endpoint& end) {
  if (!model.Has(kSyn) || model.seq != SeqNum{}) return true;
  return seen.seq != IssPast(end.bucket);
}

void TakeOverWindow(Endpoint& end, const Segment& seen) {
  if (!seen.Has(kAck) || seen.Has(kSyn)) return;
  if (end.entry == Entry::kTimewait) {
    // The acknowledgement that left with the change of hands is the socket's.
    end.bucket.rcv_wnd = uint32_t{seen.wnd} << end.bucket.rcv_wscale;
    return;
  }
  end.socket.rcv_wnd = uint32_t{seen.wnd} << end.socket.options.rcv_wscale;
}

bool MayGrow(const Tcb& before, const Effects& effects, const Segment* next, bool grows) {
  if (grows || next == nullptr || !next->Has(kAck)) return true;
  const uint32_t scale = before.options.rcv_wscale;
  uint32_t window = (before.RcvWindow() + (1U << scale) - 1U) >> scale;
  // What was read since the last acknowledgement may be offered again.
  for (const Segment& sent : effects.sent) window = std::max<uint32_t>(window, sent.wnd);
  return next->wnd <= window;
}

Ending EndingOf(const Endpoint& end) {
  Ending ending{.state = StateOf(end)};
  ending.sleeps = end.socket.lingering;
  if (end.socket.close_called) return ending;
  ending.open = true;
  ending.unread = end.socket.Unread();
  ending.poll = PollBitsOf(end.socket);
  ending.error = PendingError(end.socket);
  return ending;
}

bool ShowsEnding(const Endpoint& end, const Ending& seen) {
  if (end.entry == Entry::kRequest) return true;
  Ending expected = EndingOf(end);
  if (!seen.sleeps.has_value()) expected.sleeps.reset();
  return expected == seen;
}

std::string Account(const std::vector<Departure>& sent, const CallResult* result,
                    const std::optional<State>& state) {
  std::string text = "sends nothing";
  if (!sent.empty()) {
    text = absl::StrCat("sends '",
                        absl::StrJoin(sent, "; ",
                                      [](std::string* out, const auto& d) {
                                        absl::StrAppend(out, SegmentText(d.segment), " win ",
                                                        d.segment.wnd);
                                      }),
                        "'");
  }
  if (result != nullptr) absl::StrAppend(&text, "; ", ResultText(*result));
  if (state.has_value()) absl::StrAppend(&text, "; ", absl::string_view(Name(*state).data()));
  return text;
}

std::string EndingText(const Ending& ending) {
  if (!ending.open) return ending.sleeps.value_or(false) ? "; close() sleeps" : "; closed";
  return absl::StrCat("; unread ", ending.unread, ", poll ", static_cast<int>(ending.poll),
                      ", SO_ERROR ", static_cast<int>(ending.error));
}

std::span<const std::string_view> NotCompared() { return kNotCompared; }

}  // namespace finwait
