// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/scenario.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>
#include <utility>

#include "tests/testing/notation.h"

namespace finwait::testing {
namespace {

constexpr std::array kQuietRules = {
    RuleId::kChallengeLimited,
    RuleId::kDuplicateAckLimited,
    RuleId::kTimeWaitLimited,
    RuleId::kSegmentQueueDrained,
    RuleId::kSegmentFinOldAckTaken,
    RuleId::kTimewaitTableFull,
    RuleId::kRecvAcks,
    RuleId::kSendRemovesFin,
    RuleId::kCloseLingers,
};

constexpr uint16_t kPeerWindow = 29200;

// Initial sequence numbers, ours and the peer's: plain, wrapping at the first byte of either, and
// passing the sign bit.
constexpr std::array kNumberings = {
    Bases{SeqNum{0}, SeqNum{0}},
    Bases{SeqNum{0xFFFFFFFF}, SeqNum{0x12345678}},
    Bases{SeqNum{0x7FFFFFFE}, SeqNum{0xFFFFFFF0}},
};

std::vector<KernelProfile> ProfilesOf(Kernels kernels) {
  const KernelProfile& older = *FindProfile("linux-5.10");
  const KernelProfile& newer = *FindProfile("linux-6.12");
  KernelProfile changed = kernels == Kernels::kLimitByWindowAlone ? older : newer;
  switch (kernels) {
    case Kernels::kEvery:
      return {older, newer};
    case Kernels::kDiscardOldAck:
      return {older};
    case Kernels::kAcceptOldAck:
      return {newer};
    case Kernels::kOldest:
      return {*FindProfile("linux-5.10.46")};
    case Kernels::kLimitByWindowAlone:
      changed.too_old_limit = TooOldLimit::kMaxWindow;
      return {changed};
    case Kernels::kChallengeUnsentAck:
      changed.unsent_ack_when_established = UnsentAckWhenEstablished::kChallenged;
      return {changed};
  }
  return {};
}

Host HostOf(const KernelProfile& kernel, const Conditions& conditions) {
  Host host{kernel, Environment{}};
  host.environment.hz = conditions.hz;
  host.environment.tcp_fin_timeout = conditions.tcp_fin_timeout;
  host.environment.tcp_retries2 = conditions.tcp_retries2;
  host.environment.tcp_orphan_retries = conditions.tcp_orphan_retries;
  host.environment.tcp_rfc1337 = conditions.tcp_rfc1337;
  host.environment.tw_buckets_left = conditions.tw_buckets_left;
  host.environment.mss = 1000;
  return host;
}

std::string_view ErrnoName(Errno error) {
  switch (error) {
    case Errno::kNone:
      return "0";
    case Errno::kAgain:
      return "EAGAIN";
    case Errno::kPipe:
      return "EPIPE";
    case Errno::kConnReset:
      return "ECONNRESET";
    case Errno::kTimedOut:
      return "ETIMEDOUT";
    case Errno::kNotConn:
      return "ENOTCONN";
  }
  return "?";
}

bool IsCall(EventKind kind) { return kind != EventKind::kSegment && kind != EventKind::kTimer; }

// What an event returned, as Row::returns has it.
std::string Returned(EventKind kind, const CallResult& result, const Endpoint& endpoint) {
  if (result.returned) {
    if (result.error != Errno::kNone) return std::string(ErrnoName(result.error));
    return std::to_string(result.bytes);
  }
  if (IsCall(kind)) return "sleeps";
  return SleeperMayWake(endpoint) ? "wakes" : "";
}

std::string Expected(const Row& row, const Event& event) {
  if (!row.returns.empty() || !IsCall(event.kind)) return std::string(row.returns);
  return event.kind == EventKind::kSend ? std::to_string(event.amount) : "0";
}

// The text after `word`, when `text` starts with it.
std::optional<std::string_view> After(std::string_view word, std::string_view text) {
  if (!text.starts_with(word)) return std::nullopt;
  return text.substr(word.size());
}

std::optional<uint16_t> Amount(std::string_view text) {
  uint16_t amount = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, amount);
  if (error != std::errc() || end != last) return std::nullopt;
  return amount;
}

std::optional<Event> CallOf(std::string_view what) {
  constexpr std::pair<std::string_view, Event> kFixed[] = {
      {"recv", {EventKind::kRecv, 0, {}}},
      {"shutdown wr", {EventKind::kShutdown, static_cast<uint16_t>(How::kWr), {}}},
      {"shutdown rd", {EventKind::kShutdown, static_cast<uint16_t>(How::kRd), {}}},
      {"shutdown rdwr", {EventKind::kShutdown, static_cast<uint16_t>(How::kRdwr), {}}},
      {"close", {EventKind::kClose, 0, {}}},
      {"wake", {EventKind::kWake, 0, {}}},
      {"timer", {EventKind::kTimer, 0, {}}},
  };
  for (const auto& [text, event] : kFixed) {
    if (what == text) return event;
  }
  for (const auto& [word, kind] :
       {std::pair{"send ", EventKind::kSend}, {"recv ", EventKind::kRecv}}) {
    const std::optional<std::string_view> rest = After(word, what);
    const std::optional<uint16_t> amount = rest ? Amount(*rest) : std::nullopt;
    if (amount) return Event{kind, *amount, {}};
  }
  return std::nullopt;
}

// One endpoint, driven row by row.
class Run {
 public:
  Run(const Host& host, Bases iss, const Conditions& conditions)
      : host_(host), out_bases_(iss), in_bases_{iss.ack, iss.seq} {
    endpoint_ = Established({.snd_nxt = iss.seq + 1U,
                             .rcv_nxt = iss.ack + 1U,
                             .opener = conditions.opener,
                             .rtt = conditions.rtt,
                             .peer_window = kPeerWindow},
                            host_);
    endpoint_.linger_on = conditions.linger_s >= 0;
    endpoint_.linger_s = static_cast<uint8_t>(std::max(conditions.linger_s, 0));
  }

  // What was not as written; empty when all was.
  std::string Play(const Row& row, std::set<RuleId>& fired) {
    const std::optional<std::string_view> what = TakeTime(row.event);
    if (!what) return "cannot read the time";
    const std::optional<Event> event = EventOf(*what);
    if (!event) return "cannot read the event";
    if (std::string wrong = CheckTimers(*event); !wrong.empty()) return wrong;
    if (IsCall(event->kind) && event->kind != EventKind::kWake && !UserMayCall(endpoint_)) {
      return "the descriptor is closed";
    }
    if (event->kind == EventKind::kWake && !SleeperMayWake(endpoint_)) return "nobody may wake";
    Effects out;
    Step(endpoint_, *event, now_, host_, out);
    fired.insert(out.fired.begin(), out.fired.end());
    return Judge(row, *event, out);
  }

 private:
  // Moves the clock to where the row's event happens and returns the rest of its text.
  std::optional<std::string_view> TakeTime(std::string_view event) {
    const char how = event.empty() ? ' ' : event.front();
    if (how != '+' && how != '@') return event;
    const size_t space = event.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    int64_t ms = 0;
    const auto [end, error] = std::from_chars(event.data() + 1, event.data() + space, ms);
    if (error != std::errc() || end != event.data() + space) return std::nullopt;
    const Time at = (how == '+' ? now_ : Time{}) + std::chrono::milliseconds(ms);
    if (at < now_) return std::nullopt;
    now_ = at;
    return event.substr(space + 1);
  }

  std::optional<Event> EventOf(std::string_view what) const {
    if (const std::optional<Event> call = CallOf(what)) return call;
    std::optional<WrittenSegment> written = ParseSegment(what, in_bases_);
    if (!written) return std::nullopt;
    if (!written->names_window) written->segment.wnd = kPeerWindow;
    return Event{EventKind::kSegment, 0, written->segment};
  }

  std::string CheckTimers(const Event& event) const {
    const Time due = NextTimer(endpoint_);
    const bool wrong = event.kind == EventKind::kTimer ? due != now_ : due < now_;
    if (!wrong) return "";
    if (due == kNever) return "no timer is armed";
    return "a timer is due at " + std::to_string(SinceStart(due).count()) + " us, now is " +
           std::to_string(SinceStart(now_).count()) + " us";
  }

  std::string Judge(const Row& row, const Event& event, const Effects& out) const {
    std::ostringstream wrong;
    if (out.rule != row.rule) wrong << " rule " << Name(out.rule) << ", not " << Name(row.rule);
    if (StateOf(endpoint_) != row.then) {
      wrong << " state " << Name(StateOf(endpoint_)) << ", not " << Name(row.then);
    }
    if (!RepliesMatch(row, out))
      wrong << " replies [" << Replies(out) << "], not [" << row.replies << "]";
    const std::string returned = Returned(event.kind, out.result, endpoint_);
    if (returned != Expected(row, event)) {
      wrong << " returns '" << returned << "', not '" << Expected(row, event) << "'";
    }
    const auto has = [&](RuleId id) { return std::ranges::count(out.fired, id) > 0; };
    if (row.also != RuleId::kNone && !has(row.also)) wrong << " no " << Name(row.also);
    for (const RuleId quiet : kQuietRules) {
      if (quiet != row.also && has(quiet)) wrong << " unexpected " << Name(quiet);
    }
    if (out.bound) wrong << " a queue was full";
    return wrong.str();
  }

  bool RepliesMatch(const Row& row, const Effects& out) const {
    const auto written = ParseSegments(row.replies, out_bases_);
    return written && std::ranges::equal(*written, out.sent, Matches);
  }

  std::string Replies(const Effects& out) const {
    std::string all;
    for (const Segment& segment : out.sent) {
      all += (all.empty() ? "" : " | ") + Print(segment, out_bases_);
    }
    return all;
  }

  Host host_;
  Bases out_bases_, in_bases_;
  Endpoint endpoint_;
  Time now_{};
};

}  // namespace

std::vector<std::string> RunScenario(const Scenario& scenario, std::set<RuleId>& fired) {
  std::vector<std::string> complaints;
  for (const KernelProfile& kernel : ProfilesOf(scenario.on)) {
    for (const Bases& iss : kNumberings) {
      const Host host = HostOf(kernel, scenario.conditions);
      std::optional<Run> run;
      const auto play = [&](const Row& row) {
        const std::string wrong = run->Play(row, fired);
        if (wrong.empty()) return;
        std::ostringstream complaint;
        complaint << scenario.name << " on " << kernel.name << ", ISS " << iss.seq.raw << ", at `"
                  << row.event << "`:" << wrong;
        complaints.push_back(complaint.str());
      };
      const auto begin = [&] {
        run.emplace(host, iss, scenario.conditions);
        for (const Row& row : scenario.setup) play(row);
      };
      for (const Row& row : scenario.rows) {
        if (!run || scenario.each_row_afresh) begin();
        play(row);
      }
    }
  }
  return complaints;
}

}  // namespace finwait::testing
