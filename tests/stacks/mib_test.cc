// SPDX-License-Identifier: Apache-2.0
#include "stacks/mib.h"

#include <gtest/gtest.h>

namespace finwait {
namespace {

TEST(Mib, TakesCountersFromPairsOfLines) {
  Counts counts;
  counts[Counter::kBeyondWindow] = 9;
  ASSERT_TRUE(TakeCounters("Ip: Forwarding OutRsts\nIp: 1 77\n"
                           "Tcp: MaxConn OutSegs OutRsts\nTcp: -1 12 3\n",
                           counts)
                  .ok());
  ASSERT_TRUE(TakeCounters("TcpExt: OutSegs TCPChallengeACK\nTcpExt: 5 4294967297\n", counts).ok());
  EXPECT_EQ(counts[Counter::kOutSegs], 12U);
  EXPECT_EQ(counts[Counter::kOutRsts], 3U);
  EXPECT_EQ(counts[Counter::kTcpChallengeAck], 1U);  // Modulo 2^32: differences are what counts.
  EXPECT_EQ(counts[Counter::kBeyondWindow], 9U);     // A kernel without it.
}

TEST(Mib, RefusesWhatAreNoPairs) {
  Counts counts;
  EXPECT_TRUE(absl::IsDataLoss(TakeCounters("Tcp: OutSegs\nTcp: 1 2\n", counts)));
  EXPECT_TRUE(absl::IsDataLoss(TakeCounters("Tcp: OutSegs\nUdp: 1\n", counts)));
  EXPECT_TRUE(absl::IsDataLoss(TakeCounters("Tcp: OutSegs\nTcp: many\n", counts)));
}

}  // namespace
}  // namespace finwait
