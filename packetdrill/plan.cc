// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/plan.h"

#include <string>
#include <utility>

namespace finwait::pkt {
namespace {

enum class Stage : uint8_t { kNothing, kSocket, kListens, kConnects, kSynSeen, kSynAckSeen, kDone };

class Planner {
 public:
  Planner(const File& file, const Settings& settings) : file_(file) {
    plan_.settings = settings;
    plan_.connection.peer_mss = plan_.settings.mss;
  }

  absl::StatusOr<Plan> Run() {
    for (size_t i = 0; i < file_.lines.size(); ++i) {
      line_ = i;
      const Line& line = file_.lines[i];
      time_ = InstantsOf(line.when, time_).from;
      if (const auto* const call = std::get_if<CallLine>(&line.what)) {
        TakeCall(*call);
      } else if (const auto* const segment = std::get_if<SegmentLine>(&line.what)) {
        TakeSegment(*segment);
      } else {
        Refuse("code before the handshake has ended");
      }
      if (!error_.ok()) return error_;
      if (stage_ == Stage::kDone) return Finished();
    }
    const Place end = file_.lines.empty() ? Place{} : file_.lines.back().place;
    return ErrorAt(file_.name, end, "the handshake never ends: no connection to test");
  }

 private:
  void Fail(const std::string& reason) {
    if (error_.ok()) error_ = ErrorAt(file_.name, file_.lines[line_].place, reason);
  }
  void Refuse(const std::string& what) { Fail("not supported: " + what); }

  bool Active() const { return plan_.connection.opener == Opener::kActive; }

  Plan Finished() {
    plan_.first_step = line_ + 1;
    plan_.handshake_ends = time_;
    return plan_;
  }

  void TakeCall(const CallLine& call) {
    const int known = plan_.listener >= 0 ? plan_.listener : plan_.socket;
    if (call.name != CallName::kSocket && call.fd != known) {
      return Fail("descriptor " + std::to_string(call.fd) + " is not open");
    }
    switch (call.name) {
      case CallName::kSocket:
        if (stage_ != Stage::kNothing) return Refuse("a second socket");
        if (call.returns < 0) return Refuse("a socket() that fails");
        stage_ = Stage::kSocket;
        plan_.socket = static_cast<int>(call.returns);
        plan_.nonblocking = call.nonblocking;
        return;
      case CallName::kBind:
        return;
      case CallName::kListen:
        stage_ = Stage::kListens;
        plan_.listener = std::exchange(plan_.socket, -1);
        plan_.nonblocking = false;  // accept() gives a blocking one.
        return;
      case CallName::kConnect:
        stage_ = Stage::kConnects;
        plan_.connection.opener = Opener::kActive;
        return;
      case CallName::kAccept:  // One that waits for the handshake.
        plan_.socket = static_cast<int>(call.returns);
        return;
      case CallName::kFcntl:
        if (stage_ == Stage::kListens || !call.returns_checked) return;
        plan_.nonblocking = call.nonblocking;
        return;
      case CallName::kSetsockopt:
        return TakeOption(call);
      default:
        return Refuse("this call before the handshake has ended");
    }
  }

  // A listener's options pass to what it accepts.
  void TakeOption(const CallLine& call) {
    if (!call.option.has_value()) return;
    Connection& connection = plan_.connection;
    switch (call.option->name) {
      case OptionName::kLinger:
        connection.linger_on = call.option->on;
        connection.linger_s = static_cast<uint8_t>(call.option->value);
        return;
      case OptionName::kLinger2:
        connection.linger2_s = static_cast<int16_t>(call.option->value);
        return;
      case OptionName::kReceiveBuffer:
        plan_.inherited.push_back(*call.option);
        return;
    }
  }

  // Whether this is the segment that comes next in the handshake.
  bool Next(const SegmentLine& line, bool arrives, uint8_t flags) const {
    return line.arrives == arrives && line.segment.flags == flags && line.segment.len == 0;
  }

  void TakeSegment(const SegmentLine& line) {
    const Segment& segment = line.segment;
    const uint8_t syn_ack = kSyn | kAck;
    Connection& connection = plan_.connection;
    if (stage_ == Stage::kListens && Next(line, true, kSyn)) {
      TakePeerSyn(line);
      stage_ = Stage::kSynSeen;
    } else if (stage_ == Stage::kConnects && Next(line, false, kSyn)) {
      TakeOwnSyn(line);
      round_trip_begins_ = time_;
      stage_ = Stage::kSynSeen;
    } else if (stage_ == Stage::kSynSeen && !Active() && Next(line, false, syn_ack)) {
      TakeOwnSyn(line);
      round_trip_begins_ = time_;
      stage_ = Stage::kSynAckSeen;
    } else if (stage_ == Stage::kSynSeen && Active() && Next(line, true, syn_ack)) {
      TakePeerSyn(line);
      connection.rtt = time_ - round_trip_begins_;
      stage_ = Stage::kSynAckSeen;
    } else if (stage_ == Stage::kSynAckSeen && Next(line, !Active(), kAck)) {
      if (!Active()) {
        connection.peer_window = segment.wnd;
        connection.rtt = time_ - round_trip_begins_;
        if (connection.options.timestamps) connection.options.peer_tsval = segment.tsval;
      }
      const SeqNum ours = Active() ? segment.seq : segment.ack;
      const SeqNum peers = Active() ? segment.ack : segment.seq;
      if (ours != connection.next || peers != connection.peer_next) {
        Refuse("a handshake whose numbers do not follow each other");
      }
      stage_ = Stage::kDone;
    } else {
      Refuse("this segment before the handshake has ended");
    }
  }

  void TakePeerSyn(const SegmentLine& line) {
    Connection& connection = plan_.connection;
    const Settings& settings = plan_.settings;
    connection.peer_next = line.segment.seq + 1U;
    connection.peer_window = line.segment.wnd;
    if (line.syn.mss != 0) connection.peer_mss = line.syn.mss;
    TcpOptions& options = connection.options;
    options.sack = line.syn.sack_permitted && settings.sack;
    options.timestamps = line.segment.timestamps && settings.timestamps;
    if (options.timestamps) options.peer_tsval = line.segment.tsval;
    options.window_scaling = line.syn.wscale.has_value() && settings.window_scaling;
    if (options.window_scaling) options.snd_wscale = *line.syn.wscale;
  }

  void TakeOwnSyn(const SegmentLine& line) {
    plan_.connection.next = line.segment.seq + 1U;
    plan_.terms.line = line_;
    plan_.terms.window = line.window;
    if (line.syn.mss != 0) plan_.terms.mss = line.syn.mss;
    plan_.terms.wscale = line.syn.wscale;
  }

  const File& file_;
  Plan plan_;
  Stage stage_ = Stage::kNothing;
  size_t line_ = 0;
  Duration time_{}, round_trip_begins_{};
  absl::Status error_;
};

// Time never goes back from line to line, though a line may say an instant counted from the start.
absl::Status TimeGoesForward(const File& file) {
  Duration time{};
  for (const Line& line : file.lines) {
    const Duration before = time;
    time = InstantsOf(line.when, before).from;
    if (time < before) {
      return ErrorAt(file.name, line.place, "earlier than the line before");
    }
  }
  return absl::OkStatus();
}

}  // namespace

Instants InstantsOf(const When& when, Duration before) {
  if (when.base == Base::kAnyTime) return Instants{.from = before, .to = {}, .returns_at = {}};
  const Duration base = when.base == Base::kLineBefore ? before : Duration{};
  Instants instants{.from = base + when.from, .to = base + when.to, .returns_at = {}};
  if (when.returns_at.has_value()) instants.returns_at = base + *when.returns_at;
  return instants;
}

absl::StatusOr<Plan> PlanOf(const File& file) {
  const absl::StatusOr<Settings> settings = SettingsOf(file);
  if (!settings.ok()) return settings.status();
  if (absl::Status status = TimeGoesForward(file); !status.ok()) return status;
  return Planner(file, *settings).Run();
}

}  // namespace finwait::pkt
