// SPDX-License-Identifier: Apache-2.0
//
// Rules and counters tell the same: a rule that names a counter moves it. A difference in nothing
// but a counter is found, and named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

#include "diff/diff.h"
#include "diff/solo_parse.h"
#include "model/tcp/counts.h"
#include "model/tcp/step.h"
#include "stacks/model_stack.h"

namespace finwait {
namespace {

using ::testing::IsEmpty;

// The rules that named a counter and moved it, in many random schedules.
class Counting {
 public:
  void Run(const Host& host) {
    SoloRules rules;
    rules.waits_percent = 50;
    rules.wait_max = std::chrono::seconds(70);
    rules.terms.fill(Terms{.window = host.environment.rcv_buffer, .mss = 1460});
    Solo solo;
    for (uint64_t i = 0; i < 100'000; ++i) {
      Random random = Random::ForCase(7, i);
      Generate(random, rules, host, solo);
      Endpoint end = StartOf(solo.connection, rules.terms[0], host);
      Time now{};
      for (SoloEvent event : solo.events) {
        if (end.entry == Entry::kRequest) break;
        now += event.wait;
        Live(end, now, host);
        event.event.memory = i % 2 == 0 ? kPredictsHeader : 0;
        Take(end, event.event, now, host);
      }
      Live(end, now + std::chrono::minutes(3), host);
    }
  }

  // Names of rules with a counter that they never moved.
  std::vector<std::string> Idle() const {
    std::vector<std::string> idle;
    for (const Rule& rule : Rules()) {
      if (rule.counter != Counter::kNone && !moved_.contains(rule.id)) idle.emplace_back(rule.name);
    }
    return idle;
  }

 private:
  void Live(Endpoint& end, Time until, const Host& host) {
    for (Time due = NextTimer(end); due <= until; due = NextTimer(end)) {
      Take(end, Event{.kind = EventKind::kTimer}, due, host);
    }
  }

  void Take(Endpoint& end, const Event& event, Time now, const Host& host) {
    Step(end, event, now, host, effects_);
    Counts counts;
    counts.Add(effects_);
    for (const RuleId rule : effects_.fired) {
      if (counts[RuleOf(rule).counter] > 0) moved_.insert(rule);
    }
  }

  Effects effects_;
  std::set<RuleId> moved_;
};

TEST(Counters, OfARuleAreMovedByIt) {
  Counting counting;
  Host host{.kernel = *FindProfile("linux-5.10.46"), .environment = {}};
  counting.Run(host);
  host.environment.tcp_retries2 = 1;
  host.environment.tw_buckets_left = false;
  host.environment.rcv_buffer = 10;
  counting.Run(host);
  counting.Run({.kernel = *FindProfile("linux-6.18"), .environment = {}});
  EXPECT_THAT(counting.Idle(), IsEmpty());
}

TEST(Counters, AreNamedAsInProcfs) {
  EXPECT_EQ(Name(Counter::kTcpAckSkippedFinWait2), "TCPACKSkippedFinWait2");
  EXPECT_EQ(RowOf(Counter::kTcpAckSkippedFinWait2).group, "TcpExt");
  EXPECT_EQ(RowOf(Counter::kEstabResets).group, "Tcp");
  EXPECT_TRUE(Name(Counter::kNone).empty());
  std::set<std::string_view> names;
  for (const CounterRow& row : Counters()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
}

// What counts is what left, and why: a retransmission is no OutSegs.
TEST(Counters, OfARetransmissionAndAReset) {
  Effects effects;
  effects.Send({.flags = kFin | kAck});
  effects.Count(Counter::kRetransSegs);
  effects.Send({.flags = kRst});
  Counts counts;
  counts.Add(effects);
  EXPECT_EQ(counts[Counter::kOutSegs], 1U);
  EXPECT_EQ(counts[Counter::kRetransSegs], 1U);
  EXPECT_EQ(counts[Counter::kOutRsts], 1U);
}

DiffResult PawsInTimeWait(bool counters) {
  const Host model{.kernel = *FindProfile("linux-6.12"), .environment = {}};
  const Host other{.kernel = *FindProfile("linux-6.18"), .environment = {}};
  ModelStack stack(other);
  DiffOptions options;
  options.watch.counters = counters;
  options.slack.wheel = false;
  options.other = other;
  const Solo solo = *ParseSolo(
      "open passively TS val 100000; shutdown(SHUT_RDWR);"
      "< F. 1:1(0) ack 2 win 64240 TS val 100000 ecr 0;"
      "< F. 2:2(0) ack 2 win 64240 TS val 99000 ecr 0");
  Observation seen;
  const absl::StatusOr<DiffResult> result = DiffOne(model, stack, options, solo, seen);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : DiffResult{};
}

TEST(Counters, ThatDifferAloneAreADifference) {
  EXPECT_TRUE(PawsInTimeWait(false).divergences.empty());
  const DiffResult result = PawsInTimeWait(true);
  ASSERT_EQ(result.divergences.size(), 1U);
  const Divergence& d = result.divergences[0];
  EXPECT_EQ(d.mismatch.counter, Counter::kPawsEstab);
  EXPECT_EQ(d.mismatch.expected, "counts PAWSEstab 1, PAWSTimewait 0");
  EXPECT_EQ(d.mismatch.seen, "counts PAWSEstab 0, PAWSTimewait 1");
  ASSERT_TRUE(d.explanation.has_value());
  EXPECT_EQ(d.explanation->trait->name, "time-wait-paws");
}

// 5.10 counts a bucket that expires. When it did, and whether a reset found it, nobody saw.
TEST(Counters, OfTimersThatSayNothing) {
  const Host host{.kernel = *FindProfile("linux-5.10"), .environment = {}};
  ModelStack stack(host);
  const Solo solo = *ParseSolo(
      "open passively linger2 62; shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240; close();"
      "+70000ms < R. 2:2(0) ack 1 win 64240");
  DiffOptions options;
  options.watch.counters = true;
  Observation seen;
  const absl::StatusOr<DiffResult> result = DiffOne(host, stack, options, solo, seen);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ((*seen.counts)[Counter::kTwKilled], 1U);
  EXPECT_TRUE(result->divergences.empty()) << result->divergences[0].mismatch.expected;
}

}  // namespace
}  // namespace finwait
