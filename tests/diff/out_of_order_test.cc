// SPDX-License-Identifier: Apache-2.0
//
// Text past a hole finds its place by way of a tree and of room in buffers, which the model does
// not know: both answers are a kernel's, and each is accepted.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "diff/acceptor.h"
#include "diff/observe.h"
#include "diff/solo_parse.h"
#include "diff/solo_text.h"
#include "model/tcp/event.h"
#include "stacks/model_stack.h"

namespace finwait {
namespace {

// What a model whose memory answers so sends last; the judge must take it.
std::string LastAnswer(const std::string& text, uint8_t memory) {
  const absl::StatusOr<Solo> solo = ParseSolo(text);
  if (!solo.ok()) return std::string(solo.status().message());
  const Host host{*FindProfile("linux-6.18"), Environment{}};
  ModelStack stack(host, memory);
  Observation seen;
  if (!RunAndObserve(*solo, Watch{}, stack, seen).ok()) return "not run";
  Tally tally;
  bool bound = false;
  if (const auto mismatch = Accept(*solo, seen, host, Slack{}, tally, bound); mismatch || bound) {
    return "not accepted; expected " + (mismatch ? mismatch->expected : "nothing: bound");
  }
  return seen.events.back().sent.empty()
             ? "nothing"
             : WholeSegmentText(seen.events.back().sent.front().segment);
}

// Each was answered so by a running 6.18.44, to which 3:709(706) finds no room.
TEST(OutOfOrder, WhatJoinsAnotherCoversNothing) {
  const std::string text =
      "open passively win 64240 mss 1460 sackOK; < . 2:3(1) ack 1 win 64240; "
      "< . 10:23(13) ack 1 win 64240; < . 3:103(100) ack 1 win 64240";
  EXPECT_EQ(LastAnswer(text, 0), ". 1:1(0) ack 1 win 64240 sack 2:103");
  EXPECT_EQ(LastAnswer(text, kStaysApart), ". 1:1(0) ack 1 win 64240 sack 10:23 2:103");
}

// Asked of a running 6.18.44, with the text in other orders: 10:23 lies inside 2:103, which is met
// on the way or is not.
TEST(OutOfOrder, TheWayDecidesWhatHasComeTwice) {
  const Host host{*FindProfile("linux-6.18"), Environment{}};
  Endpoint end =
      Established(Opening{.snd_nxt = {}, .rcv_nxt = {}, .options = {.sack = true}}, host);
  Effects out;
  const auto arrive = [&](uint32_t from, uint32_t to, uint8_t memory) {
    const SeqNum begin = end.socket.rcv_wup + from;
    Step(end,
         Event{.kind = EventKind::kSegment,
               .segment = {.seq = begin,
                           .ack = end.socket.snd_una,
                           .len = static_cast<uint16_t>(to - from),
                           .wnd = 64240,
                           .flags = kAck},
               .memory = memory},
         Time{}, host, out);
  };
  arrive(2, 3, 0);
  arrive(10, 23, 0);
  arrive(3, 103, 0);
  const Endpoint start = end;
  const auto duplicate = [&](uint32_t from, uint32_t to, uint8_t memory) {
    end = start;
    arrive(from, to, memory);
    const SackBlock block = out.sent[0].sack[0];
    return std::pair(block.begin - end.socket.rcv_nxt, block.end - end.socket.rcv_nxt);
  };
  EXPECT_EQ(duplicate(12, 40, 0), std::pair(12U, 40U));
  EXPECT_EQ(duplicate(12, 40, kStaysApart), std::pair(12U, 23U));
  EXPECT_EQ(duplicate(30, 40, 0), std::pair(2U, 103U));  // Past all: nothing is looked for.
}

}  // namespace
}  // namespace finwait
