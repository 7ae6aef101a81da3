// SPDX-License-Identifier: Apache-2.0
#include "diff/beside.h"

#include <array>
#include <utility>

#include "diff/solo_text.h"

namespace finwait {
namespace {

// A schedule that differs is run again so often before it is believed.
constexpr int kRepeats = 3;
constexpr int kShrinkRunsMax = 400;

// Each makes a schedule duller, or leaves it as it is.
constexpr std::array<void (*)(Solo&), 9> kDuller = {
    [](Solo& s) {
      s.connection.options.timestamps = false;
      s.connection.options.peer_tsval = 0;
      for (SoloEvent& e : s.events) {
        e.event.segment.timestamps = false;
        e.event.segment.tsval = e.event.segment.tsecr = 0;
      }
    },
    [](Solo& s) {
      s.connection.options.window_scaling = false;
      s.connection.options.snd_wscale = 0;
    },
    [](Solo& s) { s.connection.options.sack = false; },
    [](Solo& s) { s.connection.linger_on = false; },
    [](Solo& s) { s.connection.linger2_s = 0; },
    [](Solo& s) { s.connection.opener = Opener::kPassive; },
    [](Solo& s) {
      s.listen_on = Duration{};
      for (SoloEvent& e : s.events) e.wait = Duration{};
    },
    [](Solo& s) {
      s.connection.peer_window = Connection{}.peer_window;
      s.connection.peer_mss = Connection{}.peer_mss;
      for (SoloEvent& e : s.events) e.event.segment.wnd = Connection{}.peer_window;
    },
    [](Solo& s) {
      for (SoloEvent& e : s.events) e.event.segment.flags &= static_cast<uint8_t>(~kPsh & 0xFF);
    },
};

}  // namespace

absl::Status Beside::Once(const Solo& solo, bool every_state, std::optional<Mismatch>& mismatch) {
  mismatch.reset();
  Watch watch = watch_;
  watch.states |= every_state;
  const absl::Status status = RunAndObserve(solo, watch, stack_, seen_);
  // The stack is a model, too, and its queue is full; or a peer that overlaps its own FIN has made
  // the kernel hand out bytes that were never sent, and no number after that is what it seems.
  bound_ = absl::IsResourceExhausted(status) || absl::IsDataLoss(status);
  if (bound_) return absl::OkStatus();
  if (!status.ok()) return status;
  Tally tally = tally_;
  mismatch = Accept(solo, seen_, model_, slack_, tally, bound_);
  // A run that is repeated, since a tick overtook it, must not count twice.
  if (!mismatch.has_value()) tally_ = std::move(tally);
  return absl::OkStatus();
}

absl::Status Beside::Always(const Solo& solo, std::optional<Mismatch>& mismatch) {
  for (int i = 0; i < kRepeats; ++i) {
    if (absl::Status status = Once(solo, true, mismatch); !status.ok()) return status;
    if (!mismatch.has_value()) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status Beside::Try(Solo smaller, Shrinking& s, bool& shrunk) {
  std::optional<Mismatch> still;
  if (absl::Status status = Always(smaller, still); !status.ok()) return status;
  ++s.runs;
  shrunk = still.has_value() && still->rule == s.mismatch.rule &&
           still->counter == s.mismatch.counter && s.same(smaller);
  if (!shrunk) return absl::OkStatus();
  s.solo = std::move(smaller);
  s.mismatch = *still;
  return absl::OkStatus();
}

absl::Status Beside::TryDuller(Shrinking& s, bool& any) {
  for (const auto& dull : kDuller) {
    Solo duller = s.solo;
    dull(duller);
    if (SoloText(duller) == SoloText(s.solo)) continue;
    bool shrunk = false;
    if (absl::Status status = Try(std::move(duller), s, shrunk); !status.ok()) return status;
    any |= shrunk;
  }
  return absl::OkStatus();
}

absl::Status Beside::Shrink(Solo& solo, Mismatch& mismatch,
                            const std::function<bool(const Solo&)>& same) {
  Shrinking s{.solo = solo, .mismatch = mismatch, .same = same};
  bool any = false;
  if (mismatch.event < solo.events.size()) {
    Solo shorter = solo;
    shorter.events.resize(mismatch.event + 1);
    shorter.listen_on = Duration{};
    if (absl::Status status = Try(std::move(shorter), s, any); !status.ok()) return status;
  }
  any = true;
  while (any && s.runs < kShrinkRunsMax) {
    any = false;
    for (size_t at = solo.events.size(); at-- > 0;) {
      Solo smaller = solo;
      smaller.events.erase(smaller.events.begin() + static_cast<ptrdiff_t>(at));
      bool shrunk = false;
      if (absl::Status status = Try(std::move(smaller), s, shrunk); !status.ok()) return status;
      any |= shrunk;
    }
    if (absl::Status status = TryDuller(s, any); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace finwait
