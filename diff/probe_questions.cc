// SPDX-License-Identifier: Apache-2.0
//
// The schedules were found by random search between models that differ in one trait, made small,
// and put into plain numbers; tests/diff/probe_test.cc holds them to telling the values apart.
#include "diff/probe.h"

namespace finwait {
namespace {

constexpr std::string_view kCounted = "not asked: only a counter tells it";
constexpr std::string_view kTimed = "not asked: a matter of jiffies";

constexpr std::array kQuestions = {
    Question{"old-ack-while-closing",
             {"open passively; shutdown(SHUT_WR); < . 1:1(0) ack 2 win 64240;"
              "< F. 1:1(0) ack 1 win 64240"}},
    Question{"too-old-limit", {"open passively; < F. 1:1(0) ack 0 win 64240"}},
    Question{"unsent-ack-when-established", {"open passively; < . 1:11(10) ack 1001 win 64240"}},
    Question{"paws-old-ack",
             {"open passively TS val 100000; < . 1:11(10) ack 1 win 64240 TS val 100010 ecr 0;"
              "< . 1:1(0) ack 1 win 64240 TS val 10 ecr 0"}},
    Question{"paws-replay", {}, kTimed},
    Question{"paws-syn",
             {"open passively sackOK TS val 100000;"
              "< S. 0:0(0) ack 1 win 64240 TS val 99850 ecr 0"}},
    Question{"segment-end",
             {"open passively sackOK; < . 1:11(10) ack 1 win 64240;"
              "< . 64200:64300(100) ack 1 win 64240",
              "open passively sackOK; < . 1:11(10) ack 1 win 64240;"
              "< F. 64200:64241(41) ack 1 win 64240"}},
    Question{"right-edge", {}, "not asked: needs a window that shrinks"},
    Question{"fin-at-zero-window", {}, "not asked: needs a receive buffer that is full"},
    Question{"zero-window-update", {"open passively; < . 1:1(0) ack 1 win 0; send(10)"}},
    Question{"old-ack-ts-recent",
             {"open passively TS val 100000; send(10); < . 1:1(0) ack 11 win 64240 TS val 100000 "
              "ecr 0; < . 1:1(0) ack 6 win 64240 TS val 100100 ecr 0; send(10)"}},
    Question{"drained-dsack",
             {"open passively sackOK; < . 11:21(10) ack 1 win 64240;"
              "< . 1:31(30) ack 1 win 64240"}},
    Question{"quick-ack-spent-by",
             {"open passively; < . 1:11(10) ack 1 win 64240; +100ms send(1);"
              "< . 11:11(0) ack 2 win 64240; send(1); < . 11:11(0) ack 3 win 64240; send(1);"
              "< . 11:11(0) ack 4 win 64240; send(1); < . 11:11(0) ack 5 win 64240; send(1);"
              "< . 11:11(0) ack 6 win 64240; send(1); < . 11:11(0) ack 7 win 64240; send(1);"
              "< . 11:11(0) ack 8 win 64240; send(1); < . 11:11(0) ack 9 win 64240; send(1);"
              "< . 11:11(0) ack 10 win 64240; send(1); < . 11:11(0) ack 11 win 64240; send(1);"
              "< . 11:11(0) ack 12 win 64240; send(1); < . 11:11(0) ack 13 win 64240; send(1);"
              "< . 11:11(0) ack 14 win 64240; send(1); < . 11:11(0) ack 15 win 64240; send(1);"
              "< . 11:11(0) ack 16 win 64240; send(1); < . 11:11(0) ack 17 win 64240; send(1);"
              "< . 11:11(0) ack 18 win 64240; < . 11:21(10) ack 18 win 64240"}},
    Question{
        "out-of-order-mss", {}, "not asked: whether an acknowledgement waits depends on memory"},
    Question{"loss-probe-rounding", {}, kTimed},
    Question{"fin-and-cwnd", {}, kTimed},
    Question{"predicted-ack",
             {"open passively; < . 1:11(10) ack 1 win 64240;"
              "< . 11:21(10) ack 4194967296 win 64240"}},
    Question{"close-unread", {"open passively; < F. 4294967295:1(2) ack 1 win 64240; close()"}},
    Question{"failing-send",
             {"open passively; < . 10:10(0) ack 1 win 0; shutdown(SHUT_WR); send(1);"
              "< . 11:11(0) ack 1 win 64240"}},
    Question{"time-wait-iss", {}, "not asked: the number comes from a clock otherwise"},
    Question{"time-wait-paws", {}, kCounted},
    Question{"bucket-counted", {}, kCounted},
    Question{"pingpong-replies",
             {"open passively; < . 1:11(10) ack 1 win 64240; send(10);"
              "< . 11:21(10) ack 11 win 64240"}},
};

}  // namespace

std::span<const Question> Questions() { return kQuestions; }

}  // namespace finwait
