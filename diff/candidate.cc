// SPDX-License-Identifier: Apache-2.0
#include "diff/candidate.h"

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

Duration Lateness(const Candidate& c, size_t timer, const Slack& slack, Duration tick) {
  if (!slack.wheel) return slack.late;
  return slack.late + (c.due[timer] - c.armed[timer]) / 8 + 2 * tick;
}

bool Overdue(const Candidate& c, Time now, const Slack& slack, Duration tick) {
  for (size_t i = 0; i < c.due.size(); ++i) {
    if (c.due[i] != kNever && c.due[i] + Lateness(c, i, slack, tick) < now) return true;
  }
  return false;
}

void NoteArmed(Candidate& c, Time now) {
  const std::array<Time, 5> due = Deadlines(c.end);
  for (size_t i = 0; i < due.size(); ++i) {
    if (due[i] != c.due[i]) c.armed[i] = now;
  }
  c.due = due;
}

}  // namespace finwait
