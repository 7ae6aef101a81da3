// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/ktap.h"

#include <gtest/gtest.h>

namespace finwait::pkt {
namespace {

TEST(Ktap, NestsLinesInFiles) {
  FileResult held{.path = "a.pkt", .ran = {}, .tries = 1, .refusal = ""};
  held.ran.target = "model:linux-6.12";
  held.ran.lines = {{1, "0 socket", Outcome::kSetUp, "", ""}, {2, "+0 x", Outcome::kHeld, "", ""}};
  held.ran.unasked = {"R 1:1(0) at 5.0 ms"};
  FileResult failed{.path = "b#.pkt", .ran = {}, .tries = 1, .refusal = ""};
  failed.ran.lines = {{7, "+0 > y", Outcome::kFailed, "y", "z"},
                      {8, "+0 z", Outcome::kNotRun, "", ""}};
  const FileResult refused{.path = "c.pkt", .ran = {}, .tries = 1, .refusal = "c.pkt:1:1: no"};
  EXPECT_EQ(KtapText({held, failed, refused}),
            "KTAP version 1\n"
            "1..3\n"
            "  KTAP version 1\n"
            "  1..1\n"
            "  ok 1 line 2 +0 x\n"
            "  # left behind the last line: R 1:1(0) at 5.0 ms\n"
            "ok 1 a.pkt on model:linux-6.12\n"
            "  KTAP version 1\n"
            "  1..2\n"
            "  not ok 1 line 7 +0 > y\n"
            "  # expected: y\n"
            "  # came: z\n"
            "  ok 2 line 8 +0 z # SKIP an earlier line failed\n"
            "not ok 2 b\\#.pkt\n"
            "# c.pkt:1:1: no\n"
            "not ok 3 c.pkt\n"
            "# Totals: pass:1 fail:1 xfail:0 xpass:0 skip:0 error:1\n");
}

}  // namespace
}  // namespace finwait::pkt
