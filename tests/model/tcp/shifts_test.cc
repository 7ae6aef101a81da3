// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/shifts.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>

#include "model/tcp/state.h"

namespace finwait {
namespace {

constexpr StateSet kSynchronized =
    Of(State::kEstablished, State::kFinWait1, State::kFinWait2, State::kCloseWait, State::kClosing,
       State::kLastAck, State::kTimeWait);

// What is true of a connection in each state after the handshake.
constexpr StateSet kOurFinQueued =
    Of(State::kFinWait1, State::kFinWait2, State::kClosing, State::kLastAck, State::kTimeWait);
constexpr StateSet kOurFinAcknowledged = Of(State::kFinWait2, State::kTimeWait);
constexpr StateSet kPeerFinTaken =
    Of(State::kCloseWait, State::kClosing, State::kLastAck, State::kTimeWait);

constexpr State StateAt(size_t index) { return static_cast<State>(index); }

// `table` moves exactly the states of `from`, each by one row.
template <size_t kRows>
void ExpectMovesExactly(const std::array<Shift, kRows>& table, StateSet from) {
  for (size_t i = 0; i < kStateCount; ++i) {
    const State state = StateAt(i);
    size_t rows = 0;
    for (const Shift& shift : table) rows += shift.from == state ? 1 : 0;
    EXPECT_EQ(rows, from.Has(state) ? 1U : 0U) << Name(state);
    EXPECT_EQ(Next(table, state) != state, from.Has(state)) << Name(state);
  }
}

TEST(Shifts, SendShutdownMovesEveryStateWithoutOurFin) {
  StateSet from;
  for (size_t i = 0; i < kStateCount; ++i) {
    const State state = StateAt(i);
    if (kSynchronized.Has(state) && !kOurFinQueued.Has(state)) from.bits |= Of(state).bits;
  }
  ExpectMovesExactly(kOnSendShutdown, from);
  for (const Shift& shift : kOnSendShutdown) {
    EXPECT_TRUE(kOurFinQueued.Has(shift.to));
    EXPECT_FALSE(kOurFinAcknowledged.Has(shift.to));
    EXPECT_EQ(kPeerFinTaken.Has(shift.from), kPeerFinTaken.Has(shift.to));
  }
}

TEST(Shifts, FinMovesEveryStateWithoutThePeersFin) {
  StateSet from;
  for (size_t i = 0; i < kStateCount; ++i) {
    const State state = StateAt(i);
    if (kSynchronized.Has(state) && !kPeerFinTaken.Has(state)) from.bits |= Of(state).bits;
  }
  ExpectMovesExactly(kOnFin, from);
  for (const Shift& shift : kOnFin) {
    EXPECT_TRUE(kPeerFinTaken.Has(shift.to));
    EXPECT_EQ(kOurFinQueued.Has(shift.from), kOurFinQueued.Has(shift.to));
    EXPECT_EQ(kOurFinAcknowledged.Has(shift.from), kOurFinAcknowledged.Has(shift.to));
  }
}

TEST(Shifts, AckOfFinMovesEveryStateThatAwaitsIt) {
  StateSet from;
  for (size_t i = 0; i < kStateCount; ++i) {
    const State state = StateAt(i);
    if (kOurFinQueued.Has(state) && !kOurFinAcknowledged.Has(state)) from.bits |= Of(state).bits;
  }
  ExpectMovesExactly(kOnFinAcknowledged, from);
  for (const Shift& shift : kOnFinAcknowledged) {
    if (shift.to == State::kClosed) continue;  // LAST-ACK: the peer has nothing left to wait for.
    EXPECT_TRUE(kOurFinAcknowledged.Has(shift.to));
    EXPECT_EQ(kPeerFinTaken.Has(shift.from), kPeerFinTaken.Has(shift.to));
  }
}

// The FIN and the acknowledgement of ours may change places on the way, and must not matter.
TEST(Shifts, FinAndAckOfFinCommute) {
  constexpr State kStart = State::kFinWait1;
  EXPECT_EQ(Next(kOnFin, Next(kOnFinAcknowledged, kStart)), State::kTimeWait);
  EXPECT_EQ(Next(kOnFinAcknowledged, Next(kOnFin, kStart)), State::kTimeWait);
}

// Our FIN and the peer's, each end reached whatever comes first.
TEST(Shifts, EveryOrderOfTheThreeEventsEndsTheConnection) {
  const State est = State::kEstablished;
  const auto shut = [](State s) { return Next(kOnSendShutdown, s); };
  const auto fin = [](State s) { return Next(kOnFin, s); };
  const auto acked = [](State s) { return Next(kOnFinAcknowledged, s); };
  EXPECT_EQ(fin(acked(shut(est))), State::kTimeWait);
  EXPECT_EQ(acked(fin(shut(est))), State::kTimeWait);
  EXPECT_EQ(acked(shut(fin(est))), State::kClosed);
}

TEST(Shifts, NothingLeavesClosedOrTimeWait) {
  for (const State state : {State::kClosed, State::kTimeWait}) {
    EXPECT_EQ(Next(kOnSendShutdown, state), state);
    EXPECT_EQ(Next(kOnFin, state), state);
    EXPECT_EQ(Next(kOnFinAcknowledged, state), state);
  }
}

TEST(State, SetHasWhatItIsOf) {
  for (size_t i = 0; i < kStateCount; ++i) {
    for (size_t j = 0; j < kStateCount; ++j) {
      EXPECT_EQ(Of(StateAt(i)).Has(StateAt(j)), i == j);
      EXPECT_TRUE(Of(StateAt(i), StateAt(j)).Has(StateAt(j)));
    }
  }
}

TEST(State, NamesAreThoseOfTheRfc) {
  EXPECT_EQ(Name(State::kClosed), "CLOSED");
  EXPECT_EQ(Name(State::kSynReceived), "SYN-RECEIVED");
  EXPECT_EQ(Name(State::kFinWait2), "FIN-WAIT-2");
  EXPECT_EQ(Name(State::kLastAck), "LAST-ACK");
  EXPECT_EQ(Name(State::kTimeWait), "TIME-WAIT");
}

}  // namespace
}  // namespace finwait
