// SPDX-License-Identifier: Apache-2.0
#include "diff/generate.h"

#include <algorithm>
#include <span>

#include "diff/forge.h"
#include "model/tcp/live.h"

namespace finwait {
namespace {

// All that is ever sent fits one segment: how Linux splits what does not is no part of the model.
constexpr uint16_t kSendMax = 50;

// A Random with the ways to draw that are wanted here.
template <typename T, size_t kCount>
T OneOf(Random& random, const std::array<T, kCount>& values) {
  return values[random.Below(kCount)];
}

Connection DrawConnection(Random& random) {
  Connection c = HandshakeOf(random.Below(kHandshakes));
  c.peer_window = OneOf(random, std::array<uint16_t, 3>{64240, 29200, 5000});
  c.peer_mss = OneOf(random, std::array<uint16_t, 2>{1460, 1000});
  if (random.Below(8) == 0) c.linger_on = true;
  if (random.Below(8) == 0) {
    c.linger2_s = OneOf(random, std::array<int16_t, 3>{-1, 5, 62});
  }
  if (c.options.window_scaling) c.options.snd_wscale = static_cast<uint8_t>(random.Below(4));
  return c;
}

Event DrawCall(Random& random) {
  switch (random.Below(28)) {
    case 0 ... 7:
      return {.kind = EventKind::kSend,
              .amount = static_cast<uint16_t>(1 + random.Below(kSendMax))};
    case 8 ... 15:
      return {.kind = EventKind::kRecv,
              .amount = static_cast<uint16_t>(random.Below(2) == 0 ? 0 : 1 + random.Below(20))};
    case 16 ... 23:
      return {.kind = EventKind::kShutdown, .amount = static_cast<uint16_t>(random.Below(3))};
    default:
      return {.kind = EventKind::kClose};
  }
}

// Often the close() that lingers, which is what the schedule is for.
Event DrawCall(Random& random, bool lingers) {
  if (lingers && random.Below(2) == 0) return {.kind = EventKind::kClose};
  return DrawCall(random);
}

// Times around the deadlines of the kernel, never so near that a tick more or less decides.
Duration DrawWait(Random& random, Duration wait_max) {
  constexpr std::array<int, 12> kMs = {1, 15, 30, 60, 100, 150, 300, 450, 600, 1000, 3000, 70000};
  const Duration wait = std::chrono::milliseconds(kMs[random.Below(kMs.size())]);
  return wait <= wait_max ? wait : wait_max;
}

size_t IndexOf(const Connection& c) {
  return (c.opener == Opener::kActive ? 1U : 0U) | (c.options.sack ? 2U : 0U) |
         (c.options.timestamps ? 4U : 0U) | (c.options.window_scaling ? 8U : 0U);
}

// Most segments come once; some are duplicated by the network, and a few come in such numbers that
// budgets run out. Duplicate acknowledgements are what a peer sends that has lost something.
uint32_t DrawCopies(Random& random, bool duplicate_ack) {
  const uint32_t draw = random.Below(256);
  if (draw == 0) return 18;
  if (duplicate_ack && draw < 224) return 3;
  return draw < 16 ? 1 + random.Below(3) : 0;
}

bool IsDuplicateAck(const Segment& segment, const Tcb& tcb) {
  return segment.flags == kAck && segment.len == 0 && segment.ack == tcb.snd_una &&
         tcb.snd_una != tcb.snd_nxt;
}

class Generator {
 public:
  Generator(Random& random, const SoloRules& rules, const Host& host, Solo& solo)
      : random_(random), rules_(rules), host_(host), solo_(solo) {}

  void Run() {
    Begin();
    const uint32_t count = 8 + random_.Below(9);
    for (uint32_t i = 0; i < count && MayGoOn(); ++i) DrawEvent();
    // After a SYN has opened it, what follows is another connection.
    if (waits_ && MayGoOn() && random_.Below(2) == 0) {
      solo_.listen_on = DrawWait(random_, rules_.wait_max);
    }
  }

  void RunFrom(std::span<const uint32_t> draws) {
    Begin();
    for (const uint32_t draw : draws) {
      if (!MayGoOn() || solo_.events.size() >= kEventsMax) return;
      random_ = Random(draw);
      DrawEvent();
    }
  }

 private:
  static constexpr size_t kEventsMax = 64;

  void Begin() {
    solo_.events.clear();
    solo_.listen_on = Duration{};
    solo_.connection = DrawConnection(random_);
    if (rules_.linger) {
      solo_.connection.linger_on = true;
      solo_.connection.linger_s = OneOf(random_, std::array<uint8_t, 2>{1, 2});
    }
    guide_ = StartOf(solo_.connection, rules_.terms[IndexOf(solo_.connection)], host_);
    waits_ = random_.Below(100) < rules_.waits_percent;
    often_long_ = random_.Below(16) == 0;
  }

  bool MayGoOn() const { return guide_.entry != Entry::kRequest && !bound_; }

  void DrawEvent() {
    SoloEvent next;
    if (waits_ && random_.Below(4) == 0) next.wait = DrawWait(random_, rules_.wait_max);
    now_ += next.wait;
    LiveUntil(guide_, now_, host_, effects_, [](Time) {});
    if (UserMayCall(guide_) && random_.Below(100) < 30) {
      next.event = DrawCall(random_, rules_.linger);
      return Take(next);
    }
    next.event = {.kind = EventKind::kSegment,
                  .segment = Forge(random_, solo_.connection, guide_, often_long_)};
    const bool duplicate_ack = IsDuplicateAck(next.event.segment, guide_.socket);
    Take(next);
    next.wait = Duration{};
    for (uint32_t copies = DrawCopies(random_, duplicate_ack); copies > 0 && MayGoOn(); --copies)
      Take(next);
  }

  // What the model cannot follow is no part of the schedule.
  void Take(const SoloEvent& next) {
    Happen(guide_, next.event, now_, host_, effects_, [&](Time) { bound_ |= effects_.bound; });
    if (!bound_) solo_.events.push_back(next);
  }

  Random& random_;
  const SoloRules& rules_;
  const Host& host_;
  Solo& solo_;
  Endpoint guide_;
  Effects effects_;
  Time now_{};
  bool bound_ = false;
  bool waits_ = false;
  bool often_long_ = false;
};

}  // namespace

Connection HandshakeOf(size_t index) {
  Connection c;
  c.next = c.peer_next = kSoloNext;
  c.opener = (index & 1U) != 0 ? Opener::kActive : Opener::kPassive;
  c.options.sack = (index & 2U) != 0;
  c.options.timestamps = (index & 4U) != 0;
  c.options.window_scaling = (index & 8U) != 0;
  if (c.options.timestamps) c.options.peer_tsval = 100'000;
  return c;
}

void Generate(Random& random, const SoloRules& rules, const Host& host, Solo& solo) {
  Generator(random, rules, host, solo).Run();
}

void GenerateFrom(std::span<const uint32_t> draws, const SoloRules& rules, const Host& host,
                  Solo& solo) {
  Random random(draws.empty() ? 0 : draws.front());
  Generator(random, rules, host, solo).RunFrom(draws.subspan(draws.empty() ? 0 : 1));
}

}  // namespace finwait
