// SPDX-License-Identifier: Apache-2.0
//
// What fuzz targets do with an input, without the fuzzer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "diff/invariants.h"
#include "fuzz/codec.h"
#include "fuzz/corpus.h"
#include "fuzz/merge.h"
#include "fuzz/mutate.h"
#include "fuzz/random.h"
#include "fuzz/targets/pair.h"
#include "fuzz/targets/run_tree.h"
#include "fuzz/targets/solo.h"
#include "fuzz/targets/texts.h"
#include "fuzz/targets/transitions.h"
#include "tests/testing/schedules.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using ::testing::ExitedWithCode;
using ::testing::KilledBySignal;
using Bytes = std::vector<uint8_t>;

std::string Text(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path);
  EXPECT_TRUE(text.ok()) << text.status();
  return text.ok() ? *text : "";
}

Bytes Disorder() {
  const absl::StatusOr<ScheduleFile> file =
      ParseSchedule(Text("corpus/incident/disorder.sched"), TextSource{"disorder.sched"});
  EXPECT_TRUE(file.ok()) << file.status();
  return Encode(file->schedule);
}

// The settings are read once a process: each of these runs in one of its own.
using PairTargetDeathTest = ::testing::Test;

[[noreturn]] void JudgeOn(const char* kernels, const char* known, const std::string& findings) {
  setenv("FINWAIT_KERNELS", kernels, 1);
  if (known != nullptr) setenv("FINWAIT_KNOWN", known, 1);
  if (!findings.empty()) setenv("FINWAIT_FINDINGS", findings.c_str(), 1);
  JudgePair(Disorder());
  std::exit(0);
}

TEST(PairTargetDeathTest, AViolationEndsTheProgramAndIsKeptShrunk) {
  const std::string findings = ::testing::TempDir() + "target-findings";
  fs::remove_all(findings);
  EXPECT_EXIT(JudgeOn("linux-5.10", nullptr, findings), KilledBySignal(SIGABRT),
              "violated fin-not-silently-dropped, cause C-");
  const absl::StatusOr<std::vector<NamedSchedule>> kept = ReadSchedules(findings);
  ASSERT_TRUE(kept.ok()) << kept.status();
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ(kept->front().file.schedule.choices.size(), 5U);
  EXPECT_TRUE(OwnCause(kept->front().file.schedule).has_value());
  fs::remove_all(findings);
}

TEST(PairTargetDeathTest, AKnownCauseIsNoCrash) {
  EXPECT_EXIT(JudgeOn("linux-5.10", "corpus", ""), ExitedWithCode(0), "");
}

// The corpus of one case that loses text is enough to know the lost FIN by its origin.
TEST(PairTargetDeathTest, AnotherCauseOfAKnownOriginIsNoCrash) {
  EXPECT_EXIT(JudgeOn("linux-5.10", "corpus/causes/C-4a5a21.sched", ""), ExitedWithCode(0), "");
}

TEST(PairTargetDeathTest, AKernelThatTakesTheFinHolds) {
  EXPECT_EXIT(JudgeOn("linux-6.12", nullptr, ""), ExitedWithCode(0), "");
}

TEST(PairTargetDeathTest, NonsenseInTheEnvironmentIsRefused) {
  EXPECT_EXIT(JudgeOn("plan9", nullptr, ""), ExitedWithCode(2), "unknown kernel 'plan9'");
}

// What the pair target does, without its memory of earlier runs.
void RunPlainly(const Bytes& bytes) {
  const KernelProfile& newest = Profiles().back();
  const Schedule schedule = Decode(bytes, PairOf(newest, newest));
  World world = Start(schedule.setup);
  Monitors monitors(PropertiesByDefault(), schedule.setup);
  const auto observe = [&](const StepRecord& step) {
    monitors(step);
    NoteTransition(TransitionOf(step.effects.rule, step.before.state, step.after.state));
  };
  Runner runner(schedule.setup, world, observe);
  for (const Choice& choice : schedule.choices) runner.Apply(choice);
  runner.SettleWhile([&](const Choice&) { return monitors.Suspecting().bits != 0; });
}

TEST(PairTarget, ShowsWhatEachRunShowsWhateverRanBefore) {
  Random random(3);
  std::vector<Bytes> pool(1);
  for (int i = 0; i < 3000; ++i) {
    Bytes room = pool[random.Below(static_cast<uint32_t>(pool.size()))];
    size_t size = room.size();
    room.resize(kScheduleInput.header_bytes + 4 * kDecodedChoicesMax);
    size = Mutate(kScheduleInput, {room, size}, random);
    room.resize(size);
    transition_counters.fill(0);
    RunPlainly(room);
    const auto plain = transition_counters;
    transition_counters.fill(0);
    JudgePair(room);
    ASSERT_EQ(transition_counters, plain) << "run " << i;
    pool.push_back(room);
  }
}

TEST(RunTree, KnowsBranchesUntilThereIsNoRoom) {
  RunTree tree(4, 2);
  const uint32_t close = RunTree::Of(CloseBy(Side::kA)), wait = RunTree::Of(Wait());
  EXPECT_EQ(tree.Follow(1, close).end.node, RunTree::kUnknown);
  const Enabled timer{.timer = true};
  const RunTree::Node closed = tree.Add(1, close, timer, std::vector<uint16_t>{7, 9});
  const RunTree::Node waited = tree.Add(closed, wait, Enabled{}, {});
  EXPECT_EQ(tree.Follow(2, close).end.node, RunTree::kUnknown) << "another beginning";
  EXPECT_EQ(tree.Follow(1, close).end.node, closed);
  EXPECT_TRUE(tree.Follow(1, close).end.enabled.timer);
  EXPECT_THAT(tree.Follow(1, close).transitions, ::testing::ElementsAre(7, 9));
  EXPECT_EQ(tree.Follow(closed, wait).end.node, waited);
  EXPECT_THAT(tree.Follow(closed, wait).transitions, ::testing::IsEmpty());
  EXPECT_FALSE(tree.MakeRoom(2));
  EXPECT_TRUE(tree.MakeRoom(3));
  EXPECT_EQ(tree.Follow(1, close).end.node, RunTree::kUnknown);
  EXPECT_EQ(tree.branches(), 0U);
}

TEST(SoloTargets, HoldForWhateverIsDrawn) {
  Random random(7);
  transition_counters.fill(0);
  for (int i = 0; i < 300; ++i) {
    Bytes room(kSoloInput.header_bytes + kSoloInput.choices_max * kSoloInput.choice_bytes);
    size_t size = 0;
    for (int round = 0; round < 10; ++round) size = Mutate(kSoloInput, {room, size}, random);
    room.resize(size);
    JudgeSolo(room);
    CompareProfiles(room);
  }
  const auto seen = std::ranges::count(transition_counters, 1);
  EXPECT_GT(seen, 100) << "forged segments fire more rules than that";
}

TEST(TextTargets, HoldForTheCorpus) {
  size_t files = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator("corpus")) {
    const std::string path = entry.path().string();
    if (path.ends_with(".sched")) CheckScheduleText(Text(path));
    if (path.ends_with(".pkt")) CheckScriptText(Text(path));
    files += path.ends_with(".sched") || path.ends_with(".pkt") ? 1 : 0;
  }
  EXPECT_GT(files, 40U);
}

TEST(Transitions, OneRuleInItsStatesHasCountersOfItsOwn) {
  transition_counters.fill(0);
  for (const State state : {State::kEstablished, State::kFinWait1, State::kFinWait2}) {
    NoteTransition(RuleId::kSegmentAckAdvances, state, state);
  }
  NoteTransition(RuleId::kSegmentAckAdvances, State::kFinWait1, State::kFinWait2);
  NoteTransition(RuleId::kSegmentAckOld, State::kFinWait1, State::kFinWait1);
  EXPECT_EQ(std::ranges::count(transition_counters, 1), 5);
  EXPECT_THAT(TransitionsText(),
              ::testing::HasSubstr("segment.ack.advances FIN-WAIT-1 FIN-WAIT-2\n"));
}

// Each invariant is broken by a step made for it, and by no other of these.
TEST(InvariantsOfASolo, EachIsBrokenByItsOwnStep) {
  Endpoint plain;
  plain.entry = Entry::kSocket;
  plain.socket.state = State::kEstablished;
  plain.socket.snd_una = plain.socket.snd_nxt = plain.socket.write_seq = SeqNum{100};
  plain.socket.rcv_nxt = plain.socket.copied_seq = SeqNum{500};
  const auto broken = [&](void (*step)(Endpoint & before, Endpoint & after)) {
    Endpoint before = plain, after = plain;
    step(before, after);
    const std::optional<size_t> at = BrokenInvariant(before, after);
    return at.has_value() ? std::string(Invariants()[*at].claim) : "";
  };
  using E = Endpoint&;
  EXPECT_EQ(broken([](E, E) {}), "");
  EXPECT_EQ(broken([](E, E b) { b.socket.snd_una = SeqNum{99}; }), "SND.UNA does not go back");
  EXPECT_EQ(broken([](E, E b) { b.socket.snd_una = SeqNum{101}; }), "SND.UNA is not past SND.NXT");
  EXPECT_EQ(broken([](E, E b) { b.socket.snd_nxt = SeqNum{101}; }),
            "nothing is sent that was not queued");
  EXPECT_EQ(broken([](E, E b) {
              b.socket.snd_nxt = b.socket.write_seq = SeqNum{110};
              b.socket.sent.PushBack(SentSegment{SeqNum{100}, 5, false, false, {}, {}});
            }),
            "the retransmission queue is without gaps and ends at SND.NXT");
  EXPECT_EQ(broken([](E, E b) { b.socket.rcv_nxt = b.socket.copied_seq = SeqNum{499}; }),
            "RCV.NXT does not go back");
  EXPECT_EQ(broken([](E, E b) { b.socket.copied_seq = SeqNum{501}; }), "nobody reads past RCV.NXT");
  EXPECT_EQ(broken([](E, E b) {
              b.socket.out_of_order.PushBack(OutOfOrder{SeqNum{490}, SeqNum{500}, 0});
            }),
            "what waits out of order ends past RCV.NXT");
  EXPECT_EQ(broken([](E a, E) { a.socket.fin_received = true; }),
            "a FIN that was taken stays taken");
  EXPECT_EQ(broken([](E, E b) { b.socket.orphan = true; }), "an orphan's user has called close()");
  EXPECT_EQ(broken([](E, E b) {
              b.entry = Entry::kTimewait;
              b.bucket.substate = State::kClosing;
            }),
            "a bucket is in FIN-WAIT-2 or TIME-WAIT");
  EXPECT_EQ(broken([](E a, E) { a.entry = Entry::kNone; }), "what is gone stays gone");
}

}  // namespace
}  // namespace finwait
