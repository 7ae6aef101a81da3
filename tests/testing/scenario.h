// SPDX-License-Identifier: Apache-2.0
//
// Tables of events in, segments out, for one endpoint of the model. Relative numbers: our first
// byte is 1, and so is the peer's.
#ifndef FINWAIT_TESTS_TESTING_SCENARIO_H_
#define FINWAIT_TESTS_TESTING_SCENARIO_H_

#include <chrono>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tcp/profile.h"
#include "model/tcp/rule.h"
#include "model/tcp/state.h"
#include "model/tcp/step.h"

namespace finwait::testing {

// One thing that happens, and what must come of it.
//
// event    [+MS | @MS] WHAT. At once after the row before, MS milliseconds later, or MS
// milliseconds
//          after the handshake. WHAT is a segment (its window 29200 unless written), `send N`,
//          `recv` or `recv N`, `shutdown wr|rd|rdwr`, `close`, `wake` (the sleeper in close()
//          runs), or `timer`, which must be due at that very instant. No other timer may be due
//          before it.
// rule     The rule that decides.
// then     The state of the connection at this end, CLOSED once it is gone.
// replies  The segments that leave, separated by " | ". PSH and a window not written do not matter.
// returns  What a call returns: a number, an errno, or `sleeps`. Empty: 0, and for send all bytes.
// At
//          a segment or a timer: what a sleeping close() returns then, `wakes` when it could.
// also     A rule that must fire too. The limiters and other quiet rules (kQuietRules in
//          scenario.cc) may fire only where they are named.
struct Row {
  std::string_view event;
  RuleId rule;
  State then;
  std::string_view replies = "";
  std::string_view returns = "";
  RuleId also = RuleId::kNone;
};

// The kernels a scenario holds for.
enum class Kernels : uint8_t {
  kEvery,               // linux-5.10 and linux-6.12.
  kDiscardOldAck,       // linux-5.10.
  kAcceptOldAck,        // linux-6.12.
  kOldest,              // linux-5.10.46.
  kLimitByWindowAlone,  // linux-5.10 as it was up to 5.10.203: TooOldLimit::kMaxWindow.
  kChallengeUnsentAck,  // linux-6.12 with UnsentAckWhenEstablished::kChallenged.
};

struct Conditions {
  Opener opener = Opener::kPassive;
  Duration rtt = std::chrono::microseconds(100);
  int linger_s = -1;  // SO_LINGER time; below 0 the option is off.
  uint16_t hz = 250;
  Duration tcp_fin_timeout = std::chrono::seconds(60);
  uint8_t tcp_retries2 = 15;
  uint8_t tcp_orphan_retries = 0;
  bool tcp_rfc1337 = false;
  bool tw_buckets_left = true;
};

struct Scenario {
  std::string_view name;         // What happens, as a test's name.
  std::span<const Row> rows;     // In order on one endpoint, after `setup`; or,
  bool each_row_afresh = false;  // when set, every row on an endpoint of its own, after `setup`.
  std::span<const Row> setup = {};
  Kernels on = Kernels::kEvery;
  Conditions conditions = {};
};

// Runs a scenario on every kernel it holds for, from several initial sequence numbers. Returns what
// was not as written, one complaint a row; adds the rules that fired to `fired`.
std::vector<std::string> RunScenario(const Scenario& scenario, std::set<RuleId>& fired);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_TESTING_SCENARIO_H_
