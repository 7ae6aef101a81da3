// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/write.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "model/world/notation.h"
#include "packetdrill/segment_text.h"
#include "packetdrill/words.h"

namespace finwait::pkt {
namespace {

std::string SecondsText(Duration t) {
  const int64_t seconds = t.count() / 1'000'000;
  std::string text = seconds == 0 && t.count() != 0 ? "" : absl::StrCat(seconds);
  std::string fraction = absl::StrFormat(".%06d", t.count() % 1'000'000);
  fraction.erase(fraction.find_last_not_of("0.") + 1);
  return text + fraction;
}

// Lines with their times, each relative to the one before.
class Writer {
 public:
  void Comment(const std::string& text) { absl::StrAppend(&out_, "// ", text, "\n"); }
  void Plain(const std::string& text) { absl::StrAppend(&out_, text, "\n"); }
  void Blank() { out_ += "\n"; }

  void Put(Duration at, const std::string& what, Duration late_max = {}) {
    const Duration after = at - time_;
    std::string when = first_ ? SecondsText(after) : "+" + SecondsText(after);
    if (late_max > Duration{}) absl::StrAppend(&when, "~+", SecondsText(after + late_max));
    out_ += absl::StrFormat("%6s %s\n", when, what);
    time_ = at;
    first_ = false;
  }

  Duration time() const { return time_; }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
  Duration time_{};
  bool first_ = true;
};

std::string FdText(const Script& script) {
  return script.connection.opener == Opener::kActive ? "3" : "4";
}

void WriteOptions(const Connection& connection, Writer& writer) {
  if (connection.linger_on) {
    writer.Put(writer.time(), absl::StrFormat("setsockopt(3, SOL_SOCKET, SO_LINGER, "
                                              "{onoff=1, linger=%d}, 8) = 0",
                                              connection.linger_s));
  }
  if (connection.linger2_s != 0) {
    writer.Put(writer.time(), absl::StrFormat("setsockopt(3, SOL_TCP, TCP_LINGER2, [%d], 4) = 0",
                                              connection.linger2_s));
  }
}

constexpr const char* kSetNonblocking = "fcntl(%s, F_SETFL, O_RDWR|O_NONBLOCK) = 0";

Segment HandshakeSegment(const Connection& connection, uint8_t flags) {
  const bool syn = (flags & kSyn) != 0;
  return Segment{.seq = SeqNum{syn ? 0U : 1U},
                 .ack = SeqNum{(flags & kAck) != 0 ? 1U : 0U},
                 .wnd = connection.peer_window,
                 .flags = flags,
                 .timestamps = connection.options.timestamps,
                 .tsval = connection.options.peer_tsval};
}

void PutArrival(const Connection& connection, uint8_t flags, Duration at, Writer& writer) {
  SynOptions syn;
  if ((flags & kSyn) != 0) {
    syn.mss = connection.peer_mss;
    syn.sack_permitted = connection.options.sack;
    if (connection.options.window_scaling) syn.wscale = connection.options.snd_wscale;
  }
  const Segment segment = HandshakeSegment(connection, flags);
  writer.Put(at, absl::StrCat("< ", TextOf(segment, segment.wnd, syn)));
}

// The stack's third segment carries timestamps where they were agreed on.
std::string OwnAckText(const Connection& connection) {
  return connection.options.timestamps ? "> . 1:1(0) ack 1 <...>" : "> . 1:1(0) ack 1";
}

void WriteHandshake(const Connection& connection, Writer& writer) {
  writer.Put(Duration{}, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
  WriteOptions(connection, writer);
  if (connection.opener == Opener::kActive) {
    writer.Put(Duration{}, absl::StrFormat(kSetNonblocking, "3"));
    writer.Put(Duration{}, "connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)");
    writer.Put(Duration{}, "> S 0:0(0) <...>");
    PutArrival(connection, kSyn | kAck, connection.rtt, writer);
    writer.Put(connection.rtt, OwnAckText(connection));
    return;
  }
  writer.Put(Duration{}, "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0");
  writer.Put(Duration{}, "bind(3, ..., ...) = 0");
  writer.Put(Duration{}, "listen(3, 1) = 0");
  PutArrival(connection, kSyn, Duration{}, writer);
  writer.Put(Duration{}, "> S. 0:0(0) ack 1 <...>");
  PutArrival(connection, kAck, connection.rtt, writer);
  writer.Put(connection.rtt, "accept(3, ..., ...) = 4");
  writer.Put(connection.rtt, absl::StrFormat(kSetNonblocking, "4"));
}

std::string ReturnText(const CallResult& result) {
  if (result.error == Errno::kNone) return absl::StrCat(" = ", result.bytes);
  return absl::StrCat(" = -1 ", std::string(ErrnoName(result.error)), " (",
                      std::string(ErrnoText(result.error)), ")");
}

std::string CallTextOf(const ScriptEvent& event, const std::string& fd) {
  const std::string result = ReturnText(event.expected->result);
  const Event& call = event.event;
  constexpr std::array<const char*, 3> kHows = {"SHUT_WR", "SHUT_RDWR", "SHUT_RD"};
  switch (call.kind) {
    case EventKind::kSend:
      return absl::StrCat("send(", fd, ", ..., ", call.amount, ", 0)", result);
    case EventKind::kRecv:
      return absl::StrCat("recv(", fd, ", ..., ", call.amount, ", 0)", result);
    case EventKind::kShutdown:
      return absl::StrCat("shutdown(", fd, ", ", kHows[call.amount % kHows.size()], ")", result);
    default:
      return absl::StrCat("close(", fd, ")", result);
  }
}

void PutDeparture(const Departure& departure, Duration at, Duration late_max, Writer& writer) {
  const Segment& segment = departure.segment;
  const auto window = segment.wnd == 0 ? std::optional<uint16_t>(0) : std::nullopt;
  writer.Put(at, absl::StrCat("> ", TextOf(segment, window)), late_max);
}

// The event, what leaves at once, the state if it is new, what timers send.
absl::Status WriteEvent(const ScriptEvent& event, const Script& script, State& state,
                        Writer& writer) {
  if (!event.expected.has_value()) {
    return absl::InvalidArgumentError("an event without expectation cannot be written");
  }
  const bool arrives = event.event.kind == EventKind::kSegment;
  if (!arrives && !event.expected->result.returned) {
    return absl::InvalidArgumentError("not supported: writing a close() that sleeps");
  }
  const Duration offset = script.connection.rtt;  // The script's time at the handshake's end.
  const Segment& segment = event.event.segment;
  writer.Put(SinceStart(event.at) + offset, arrives
                                                ? absl::StrCat("< ", TextOf(segment, segment.wnd))
                                                : CallTextOf(event, FdText(script)));
  const auto put_state = [&] {
    const bool is_new = std::exchange(state, event.expected->state) != event.expected->state;
    if (!is_new || event.event.kind == EventKind::kClose) return;
    writer.Put(writer.time(), absl::StrFormat("%%{ assert tcpi_state == %d }%%  // %s",
                                              KernelNumber(state), KernelName(state)));
  };
  bool state_due = true;
  for (const Departure& departure : event.expected->sent) {
    const bool at_once = departure.at == event.at;
    if (!at_once && std::exchange(state_due, false)) put_state();
    const Duration late_max =
        at_once ? Duration{} : SinceStart(departure.at) / 8 + std::chrono::milliseconds(10);
    PutDeparture(departure, SinceStart(departure.at) + offset, late_max, writer);
  }
  if (state_due) put_state();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> WriteScript(const Script& script, const Heading& heading) {
  const Script renumbered = Renumbered(script);
  Writer writer;
  writer.Comment("SPDX-License-Identifier: " + heading.licence);
  writer.Comment(heading.intent);
  if (!heading.reference.empty()) writer.Comment(heading.reference);
  writer.Blank();
  if (heading.kselftest) writer.Plain("`./defaults.sh`\n");
  WriteHandshake(renumbered.connection, writer);
  State state = State::kEstablished;
  for (const ScriptEvent& event : renumbered.events) {
    if (event.event.kind == EventKind::kClose || event.event.kind == EventKind::kSegment ||
        !event.expected.has_value() || !event.expected->sent.empty()) {
      writer.Blank();
    }
    const absl::Status status = WriteEvent(event, renumbered, state, writer);
    if (!status.ok()) return status;
  }
  return writer.Take();
}

}  // namespace finwait::pkt
