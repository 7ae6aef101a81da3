// SPDX-License-Identifier: Apache-2.0
#include "diff/forge.h"

#include <array>
#include <cstdint>

#include "diff/target.h"

namespace finwait {
namespace {

struct Kind {
  uint32_t weight;
  uint8_t flags;
  bool text;
};

constexpr std::array kKinds = {
    Kind{26, kAck, false},       Kind{20, kFin | kAck, false},
    Kind{22, kAck, true},        Kind{9, kFin | kAck, true},
    Kind{6, kRst, false},        Kind{3, kRst | kAck, false},
    Kind{4, kSyn, false},        Kind{2, kSyn | kAck, false},
    Kind{2, kFin, false},        Kind{1, 0, true},
    Kind{1, 0, false},           Kind{1, kSyn | kFin, false},
    Kind{1, kSyn | kRst, false}, Kind{1, kRst | kFin, true},
    Kind{1, kSyn | kAck, true},
};

constexpr uint32_t TotalWeight() {
  uint32_t total = 0;
  for (const Kind& kind : kKinds) total += kind.weight;
  return total;
}

const Kind& DrawKind(Random& random) {
  uint32_t at = random.Below(TotalWeight());
  for (const Kind& kind : kKinds) {
    if (at < kind.weight) return kind;
    at -= kind.weight;
  }
  return kKinds.front();
}

constexpr uint16_t kLong = 500;  // About what a segment has room for that knows no better.

uint16_t DrawLength(Random& random, bool often_long) {
  const uint32_t roll = random.Below(40);
  if (roll == 0 || (often_long && roll < 24)) {
    return static_cast<uint16_t>(kLong + random.Below(kLong));
  }
  return static_cast<uint16_t>(1 + random.Below(roll < 20 ? 10 : 40));
}

SeqNum DrawSeq(Random& random, const Target& t, uint16_t len) {
  switch (random.Below(40)) {
    case 0 ... 17:
      return t.rcv_nxt;
    case 18 ... 20:
      return t.rcv_nxt - 1U;
    case 21 ... 23:
      return t.rcv_nxt + 1U;
    case 24 ... 26:
      return t.rcv_nxt + 1U + random.Below(40);
    case 27 ... 29:
      return t.rcv_nxt - 1U - random.Below(20);
    case 30 ... 31:
      return t.rcv_nxt - len;
    case 32:
      return t.rcv_wup - 1U;
    case 33:
      return t.rcv_wup - len;
    case 34:
      return t.edge_known ? t.edge : t.rcv_nxt;
    case 35:
      return t.edge_known ? t.edge + 1U : t.edge + 100'000U;
    case 36:
      return t.edge_known ? t.edge - len : t.rcv_nxt + 2U;
    case 37:
      return t.edge_known ? t.edge - 1U : t.rcv_nxt - 100U;
    case 38:
      // Wherever the edge has moved to by a little: on both sides of it.
      return len >= kLong ? t.edge - len / 2U : t.edge + 200'000U;
    default:
      return t.rcv_nxt - 100'000U;
  }
}

SeqNum DrawAck(Random& random, const Target& t) {
  switch (random.Below(40)) {
    case 0 ... 16:
      return t.snd_nxt;
    case 17 ... 23:
      return t.snd_una;
    case 24 ... 27:
      return t.snd_una - 1U;
    case 28 ... 29:
      return t.snd_nxt + 1U;
    case 30 ... 31:
      return t.snd_nxt - 1U;
    case 32 ... 33:
      return t.snd_una + random.Below(t.snd_nxt - t.snd_una + 1U);
    case 34:
      return t.snd_una - t.bytes_acked;
    case 35:
      return t.snd_una - t.bytes_acked - 1U;
    case 36 ... 37:
      return t.snd_una - 5U;
    case 38:
      return t.snd_una - 100'000'000U;
    default:
      return t.snd_nxt + 1000U;
  }
}

// Small ones only while nothing is outstanding: how Linux splits a retransmission for which the
// window has become too small is no part of the model.
uint16_t DrawWindow(Random& random, const Connection& connection, const Target& t) {
  const uint32_t draw = random.Below(16);
  switch (draw == 1 && t.snd_una != t.snd_nxt ? 3 : draw) {
    case 0:
      return 0;
    case 1:
      return static_cast<uint16_t>(1 + random.Below(20));
    case 2:
      return 65535;
    default:
      return connection.peer_window;
  }
}

uint32_t DrawTsval(Random& random, const Target& t) {
  constexpr std::array<int32_t, 12> kAges = {0, 0, 0, 0, 1, 10, 100, -1, -2, -10, -150, -100'000};
  const uint32_t draw = random.Below(kAges.size() + 1);
  if (draw == kAges.size()) return t.ts_recent - t.rto_ms * 11 / 10;
  return t.ts_recent + static_cast<uint32_t>(kAges[draw]);
}

}  // namespace

Segment Forge(Random& random, const Connection& connection, const Endpoint& end, bool often_long) {
  const Target target = TargetOf(end, connection);
  const Kind& kind = DrawKind(random);
  Segment segment{.flags = kind.flags};
  if (kind.text) segment.len = DrawLength(random, often_long);
  if (kind.text && random.Below(2) == 0) segment.flags |= kPsh;
  segment.seq = DrawSeq(random, target, segment.len);
  if (segment.Has(kAck)) segment.ack = DrawAck(random, target);
  segment.wnd = DrawWindow(random, connection, target);
  // Now and then without what was agreed on, or with what was not.
  const bool as_agreed = random.Below(32) < 30;
  if (as_agreed == connection.options.timestamps) {
    segment.timestamps = true;
    segment.tsval = DrawTsval(random, target);
  }
  return segment;
}

}  // namespace finwait
