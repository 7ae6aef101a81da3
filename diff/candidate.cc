// SPDX-License-Identifier: Apache-2.0
#include "diff/candidate.h"

#include <algorithm>

#include "diff/agreement.h"

namespace finwait {

std::array<Time, 5> Deadlines(const Endpoint& end) {
  const bool bucket = end.entry == Entry::kTimewait;
  const Tcb& tcb = end.socket;
  return {bucket ? end.bucket.expires_at : kNever, tcb.delayed_ack_at, tcb.retransmit_at,
          tcb.fin_wait_2_at, tcb.linger_at};
}

void SetDeadline(Endpoint& end, size_t timer, Time due) {
  Tcb& tcb = end.socket;
  const std::array<Time*, 5> fields = {&end.bucket.expires_at, &tcb.delayed_ack_at,
                                       &tcb.retransmit_at, &tcb.fin_wait_2_at, &tcb.linger_at};
  *fields[timer] = due;
}

void NoteArmed(Candidate& c, Time now) {
  const std::array<Time, 5> due = Deadlines(c.end);
  for (size_t i = 0; i < due.size(); ++i) {
    if (due[i] != c.due[i]) c.armed[i] = now;
  }
  c.due = due;
}

Due Earliest(const Candidate& c) {
  Due due;
  for (size_t i = 1; i < c.due.size(); ++i) {
    if (c.due[i] < c.due[due.first]) due.first = i;
  }
  for (size_t i = 0; i < c.due.size(); ++i) {
    if (i != due.first) due.second = std::min(due.second, c.due[i]);
  }
  return due;
}

Duration Lateness(const Candidate& c, size_t timer, const Slack& slack, Duration tick) {
  if (!slack.wheel) return slack.late;
  return slack.late + (c.due[timer] - c.armed[timer]) / 8 + 2 * tick;
}

bool MayFireAt(const Candidate& c, size_t timer, Time at, const Slack& slack, Duration tick) {
  return at + tick + tick / 8 >= c.due[timer] &&
         at <= c.due[timer] + Lateness(c, timer, slack, tick);
}

bool Overdue(const Candidate& c, Time now, const Slack& slack, Duration tick) {
  for (size_t i = 0; i < c.due.size(); ++i) {
    if (c.due[i] == kNever) continue;
    if (c.due[i] + Lateness(c, i, slack, tick) < now) return true;
  }
  return false;
}

bool IsAmong(const Candidate& c, std::span<const Candidate> others) {
  const auto bytes = [](const Candidate& one) { return std::as_bytes(std::span(&one.end, 1)); };
  return std::any_of(others.begin(), others.end(), [&](const Candidate& other) {
    return c.armed == other.armed && c.due == other.due && c.told == other.told &&
           std::equal(bytes(c).begin(), bytes(c).end(), bytes(other).begin());
  });
}

size_t TakeSent(const Effects& effects, std::span<const Departure> segments, Endpoint& end) {
  const size_t count = effects.sent.count;
  if (count > segments.size()) return kNoMatch;
  for (size_t i = 0; i < count; ++i) {
    const Segment& sent = effects.sent[static_cast<uint8_t>(i)];
    const Segment& seen = segments[i].segment;
    if (!Agree(sent, seen) || !MayOpen(sent, seen, end)) return kNoMatch;
    TakeOverWindow(end, seen);
  }
  return count;
}

}  // namespace finwait
