// SPDX-License-Identifier: Apache-2.0
//
// What one event did: the rules that fired, the segments that left, the counters that moved, the
// states the socket was set to, the result of a call.
#ifndef FINWAIT_MODEL_TCP_EFFECTS_H_
#define FINWAIT_MODEL_TCP_EFFECTS_H_

#include <cstdint>

#include "model/tcp/counter.h"
#include "model/tcp/inline_list.h"
#include "model/tcp/rule.h"
#include "model/tcp/segment.h"
#include "model/tcp/state.h"

namespace finwait {

enum class Errno : uint8_t { kNone, kAgain, kPipe, kConnReset, kTimedOut, kNotConn };

// What a system call returned. recv() that returns 0 bytes without an error is end of file.
struct CallResult {
  bool returned = false;  // False: not a call, or a call that sleeps.
  Errno error = Errno::kNone;
  uint16_t bytes = 0;

  friend constexpr bool operator==(const CallResult&, const CallResult&) = default;
};

struct Effects {
  RuleId rule = RuleId::kNone;      // The rule that decided.
  InlineList<RuleId, 6> fired;      // Every rule that fired, in order, the deciding one among them.
  InlineList<Segment, 6> sent;      // In order of departure.
  InlineList<Counter, 14> counted;  // What it moved, but what `sent` tells: see Counts::Add.
  InlineList<State, 3> states;      // What the socket was set to, in order; perhaps what it was.
  CallResult result;
  uint8_t asked = 0;   // What of Event::memory decided.
  bool bound = false;  // An inline queue was full: the run says nothing from here on.

  // A rule that decides; a later one may decide further.
  constexpr void Decide(RuleId id) {
    rule = id;
    Note(id);
  }
  // A rule that had a part in it.
  constexpr void Note(RuleId id) {
    if (!fired.Full()) fired.PushBack(id);
  }
  constexpr void Count(Counter counter) {
    if (counted.Full()) {
      bound = true;
      return;
    }
    counted.PushBack(counter);
  }
  constexpr void Send(const Segment& segment) {
    if (sent.Full()) {
      bound = true;
      return;
    }
    sent.PushBack(segment);
  }
  // Ready for the next event; segments past `sent.count` keep their old values, unread.
  constexpr void Clear() {
    rule = RuleId::kNone;
    fired.count = 0;
    sent.count = 0;
    counted.count = 0;
    states.count = 0;
    result = CallResult{};
    asked = 0;
    bound = false;
  }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_EFFECTS_H_
