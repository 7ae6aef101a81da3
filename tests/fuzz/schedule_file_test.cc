// SPDX-License-Identifier: Apache-2.0
#include "fuzz/schedule_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/testing/schedules.h"

namespace finwait {
namespace {

using ::finwait::testing::AnyChoices;
using ::finwait::testing::Pair;
using ::testing::HasSubstr;

const char* const kDisorder =
    "finwait 1\n"
    "# What happened.\n"
    "A linux-5.10,shutdown-wr\n"
    "B linux-5.10,linger-5,hz=1000\n"
    "next 1 4294967295\n"
    "opener A\n"
    "latency 2500us\n"
    "label A server\n"
    "label B1 20622\n"
    "expect linux-5.10 violated fin-not-silently-dropped\n"
    "expect linux-6.12 holds\n"
    "A.shutdown WR\n"
    "B.shutdown WR\n"
    "deliver A1\n"
    "deliver B2\n"
    "deliver B1\n"
    "end\n";

absl::StatusOr<ScheduleFile> Parse(const std::string& text) {
  return ParseSchedule(text, TextSource{"t.sched"});
}

std::string ErrorOf(const std::string& text) {
  const absl::StatusOr<ScheduleFile> file = Parse(text);
  return file.ok() ? "no error" : std::string(file.status().message());
}

TEST(ScheduleFile, HasEveryPartOfTheText) {
  const absl::StatusOr<ScheduleFile> file = Parse(kDisorder);
  ASSERT_TRUE(file.ok()) << file.status();
  const PairSetup& setup = file->schedule.setup;
  EXPECT_EQ(setup[Side::kA].host.kernel.name, "linux-5.10");
  EXPECT_EQ(setup[Side::kB].host.environment.hz, 1000);
  EXPECT_TRUE(setup[Side::kB].linger_on);
  EXPECT_EQ(setup[Side::kB].linger_s, 5);
  EXPECT_EQ(setup[Side::kB].next, SeqNum{4294967295U});
  EXPECT_EQ(setup.opener, Side::kA);
  EXPECT_EQ(setup.latency, std::chrono::microseconds(2500));
  EXPECT_EQ(file->labels.ends[0], "server");
  EXPECT_EQ(file->labels.segments.at({Side::kB, 1}), "20622");
  ASSERT_EQ(file->expectations.size(), 2U);
  EXPECT_EQ(file->expectations[0].violated, FindProperty("fin-not-silently-dropped"));
  EXPECT_EQ(file->about, std::vector<std::string>{"What happened."});
  const Choices choices = {ShutdownBy(Side::kA, How::kWr), ShutdownBy(Side::kB, How::kWr),
                           Deliver(Side::kA, 0), Deliver(Side::kB, 1), Deliver(Side::kB, 0)};
  EXPECT_EQ(file->schedule.choices, choices);
}

TEST(ScheduleFile, IsWrittenAsItWasRead) {
  const absl::StatusOr<ScheduleFile> file = Parse(kDisorder);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(FormatSchedule(*file), kDisorder);
}

TEST(ScheduleFile, AOneLineFormNeedsNeitherVersionNorEnd) {
  const std::string line =
      "A linux-5.10; B linux-5.10; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1";
  const absl::StatusOr<ScheduleFile> file = ParseSchedule(line, TextSource{"-e", false});
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->schedule.choices.size(), 5U);
  EXPECT_EQ(FormatOneLine(file->schedule), line);
}

struct BadText {
  const char* text;
  const char* error;
};

TEST(ScheduleFile, ErrorsNameFileLineColumnAndReason) {
  const BadText kBad[] = {
      {"", "t.sched:1:1: empty"},
      {" \n\t\n", "t.sched:1:1: empty"},
      {"A linux-5.10\n", "t.sched:1:1: not a schedule: the first line must be 'finwait 1'"},
      {"finwait 2\nend\n", "t.sched:1:9: version '2' is not known"},
      {"finwait 1\nA.shutdown WR\n", "t.sched:2:1: the file ends without 'end'"},
      {"finwait 1\nA.shutdown WR\nen", "t.sched:3:1: unknown word 'en'"},
      {"finwait 1\nend\nA.close\n", "t.sched:3:1: text after 'end'"},
      {"finwait 1\n  A linux-9.9\nend\n", "t.sched:2:5: unknown kernel 'linux-9.9'"},
      {"finwait 1\nA linux-5.10,sloppy\nend\n", "t.sched:2:14: unknown mode 'sloppy'"},
      {"finwait 1\nA linux-5.10,hz=7\nend\n", "t.sched:2:17: '7' is out of range 100 to 1000"},
      {"finwait 1\nA linux-5.10,hz=300\nend\n", "t.sched:2:17: hz must divide 1000"},
      {"finwait 1\nA linux-5.10,linger-999\nend\n", "t.sched:2:21: '999' is out of range"},
      {"finwait 1\nnext 1\nend\n", "t.sched:2:1: 'next' needs 2 arguments, has 1"},
      {"finwait 1\nnext 1 4294967296\nend\n", "t.sched:2:8: '4294967296' is out of range"},
      {"finwait 1\nopener C\nend\n", "t.sched:2:8: opener is A or B, not 'C'"},
      {"finwait 1\nlatency 5\nend\n", "t.sched:2:9: latency ends in ms or us"},
      {"finwait 1\nlatency 0ms\nend\n", "t.sched:2:9: '0' is out of range"},
      {"finwait 1\nlabel C3 x\nend\n", "t.sched:2:7: a label is for A, B, or a segment"},
      {"finwait 1\nexpect linux-5.10 maybe\nend\n", "t.sched:2:19: expected 'holds' or 'violated'"},
      {"finwait 1\nexpect linux-5.10 violated x\nend\n", "t.sched:2:28: unknown property 'x'"},
      {"finwait 1\nA.jump\nend\n", "t.sched:2:1: unknown call 'A.jump'"},
      {"finwait 1\nA.shutdown UP\nend\n", "t.sched:2:12: shutdown takes WR, RD or RDWR"},
      {"finwait 1\nA.send 0\nend\n", "t.sched:2:8: '0' is out of range 1 to 255"},
      {"finwait 1\nA.send 256\nend\n", "t.sched:2:8: '256' is out of range"},
      {"finwait 1\nA.send ten\nend\n", "t.sched:2:8: 'ten' is not a number"},
      {"finwait 1\nA.send 99999999999999999999\nend\n", "is out of range"},
      {"finwait 1\nA.close now\nend\n", "t.sched:2:9: unexpected 'now'"},
      {"finwait 1\ndeliver\nend\n", "t.sched:2:1: 'deliver' needs 1 argument, has 0"},
      {"finwait 1\ndeliver A1\nend\n", "t.sched:2:9: A1 is not in flight: A has sent 0 segments"},
      {"finwait 1\nA.close\ndeliver A1 A1\nend\n", "t.sched:3:12: A1 is no longer in flight"},
      {"finwait 1\ndeliver X1\nend\n", "t.sched:2:9: a segment is named as A1 or B2, not 'X1'"},
      {"finwait 1\nA.close\nopener A\nend\n", "t.sched:3:1: 'opener' belongs before the first"},
      {"finwait 1\nlabel A \x1b[1m\nend\n", "t.sched:2:9: a label is printable ASCII"},
      {"finwait 1\nA.close\nfinwait 1\nend\n", "t.sched:3:1: unknown word 'finwait'"},
      {"finwait 1\nfly\nend\n", "t.sched:2:1: unknown word 'fly'"},
      {"finwait 1\n\x01\xff\x80\nend\n", "t.sched:2:1: unknown word '\?\?\?'"},
  };
  for (const BadText& bad : kBad) {
    EXPECT_THAT(ErrorOf(bad.text), HasSubstr(bad.error)) << bad.text;
    EXPECT_EQ(ErrorOf(bad.text).find('\n'), std::string::npos) << "one line";
  }
}

TEST(ScheduleFile, NoiseAndSizeAreRefusedInOneLine) {
  EXPECT_THAT(ErrorOf(std::string(kScheduleBytesMax + 1, 'x')), HasSubstr("larger than 1 MiB"));
  const std::string long_word = "finwait 1\n" + std::string(100'000, 'y') + "\nend\n";
  EXPECT_LT(ErrorOf(long_word).size(), 120U);
  std::string many = "finwait 1\n";
  for (size_t i = 0; i <= kScheduleChoicesMax; ++i) many += "A.recv\n";
  EXPECT_THAT(ErrorOf(many + "end\n"), HasSubstr("more than 4096 choices"));
}

RC_GTEST_PROP(ScheduleFileLaws, ParseInvertsFormat, ()) {
  ScheduleFile file;
  file.schedule.setup = Pair(*rc::gen::element("linux-5.10", "linux-6.12"));
  for (const Side side : {Side::kA, Side::kB}) {
    EndSetup& end = file.schedule.setup[side];
    file.modes[Index(side)] = static_cast<Mode>(*rc::gen::inRange<int>(0, 6));
    SetLinger(end, file.modes[Index(side)]);
    end.next = SeqNum{*rc::gen::arbitrary<uint32_t>()};
    end.host.environment.hz = *rc::gen::element<uint16_t>(100, 250, 1000);
  }
  file.schedule.setup.opener = *rc::gen::element(Side::kA, Side::kB);
  file.schedule.setup.latency = Duration(*rc::gen::inRange(1, 10'000'000));
  // Choices that do not act are kept, as long as they can be written: send(0) cannot.
  for (Choice choice : *AnyChoices()) {
    if (choice.op == Op::kShutdown) choice.extra %= 3;
    if (choice.op == Op::kSend && choice.extra == 0) choice.extra = 1;
    const bool takes_amount =
        choice.op == Op::kShutdown || choice.op == Op::kSend || choice.op == Op::kRecv;
    const bool takes_pick =
        choice.op == Op::kDeliver || choice.op == Op::kDuplicate || choice.op == Op::kDrop;
    if (!takes_amount) choice.extra = 0;
    if (!takes_pick) choice.pick = 0;
    if (choice.op == Op::kWait) choice.side = Side::kA;
    file.schedule.choices.push_back(choice);
  }
  const std::string text = FormatSchedule(file);
  const absl::StatusOr<ScheduleFile> read = Parse(text);
  RC_ASSERT(read.ok());
  RC_ASSERT(read->schedule.choices == file.schedule.choices);
  RC_ASSERT(read->modes == file.modes);
  RC_ASSERT(FormatSchedule(*read) == text);
}

RC_GTEST_PROP(ScheduleFileLaws, AnyTextIsAScheduleOrAnErrorInOneLine, ()) {
  const auto text = *rc::gen::arbitrary<std::string>();
  const absl::StatusOr<ScheduleFile> file = ParseSchedule(text, TextSource{"-e", false});
  if (!file.ok()) RC_ASSERT(file.status().message().find('\n') == absl::string_view::npos);
}

}  // namespace
}  // namespace finwait
