// SPDX-License-Identifier: Apache-2.0
//
// The passes of the shrinker. Where choices are taken out, the others keep the segments they mean
// (named.h).
#include <algorithm>

#include "fuzz/generate.h"
#include "fuzz/shrinker.h"

namespace finwait {
namespace {

constexpr size_t kChoicesMax = 14;  // Of more, single ones can still be spared.

NamedChoices Without(const NamedChoices& choices, size_t at, size_t count) {
  NamedChoices fewer = choices;
  const auto from = fewer.begin() + static_cast<std::ptrdiff_t>(at);
  fewer.erase(from, from + static_cast<std::ptrdiff_t>(std::min(count, fewer.size() - at)));
  return fewer;
}

// Choices duller than this one that may do the same: an earlier segment, a plainer call, fewer
// bytes; a delivery for what the network or the clock does.
Choices Duller(const Choice& choice) {
  Choices duller;
  const auto offer = [&](Choice c) {
    if (c < choice) duller.push_back(c);
  };
  switch (choice.op) {
    case Op::kDeliver:
    case Op::kDrop:
    case Op::kDuplicate:
      for (uint8_t pick = 0; pick < choice.pick; ++pick) {
        offer(Choice{choice.op, choice.side, pick, 0});
      }
      break;
    case Op::kClose:
    case Op::kShutdown:
      for (const How how : {How::kWr, How::kRdwr, How::kRd}) offer(ShutdownBy(choice.side, how));
      break;
    case Op::kRecv:
      offer(RecvBy(choice.side, 0));
      break;
    case Op::kSend:
      offer(SendBy(choice.side, 1));
      break;
    default:
      break;
  }
  if (choice.op == Op::kWait || choice.op == Op::kDuplicate) {
    for (const Side side : {Side::kA, Side::kB}) offer(Deliver(side, 0));
  }
  return duller;
}

// What one choice may do that two did, of so many; where there are few, the plainest.
Choices SubstitutesIn(size_t choices) {
  constexpr size_t kFew = 5;
  Choices all;
  for (const Side side : {Side::kA, Side::kB}) {
    all.push_back(ShutdownBy(side, How::kWr));
    all.push_back(Drop(side, 0));
    if (choices < kFew) all.push_back(SendBy(side, 1));
  }
  if (choices <= kFew) return all;
  all.push_back(Wait());
  for (const Side side : {Side::kA, Side::kB}) {
    all.push_back(CloseBy(side));
    all.push_back(Duplicate(side, 0));
    all.push_back(SendBy(side, 1));
    all.push_back(Deliver(side, 0));
  }
  return all;
}

}  // namespace

// Everything of one kind at once: most of a random schedule has no part in its failure.
bool Shrinker::DeleteKinds() {
  bool better = false;
  for (const Op op : {Op::kRecv, Op::kWait, Op::kDuplicate, Op::kWake, Op::kDrop, Op::kSend}) {
    NamedChoices fewer = best_.choices;
    std::erase_if(fewer, [&](const NamedChoice& named) { return named.choice.op == op; });
    if (fewer.size() < size()) better |= Improve(fewer);
  }
  return better;
}

// Halves, quarters, ..., single choices (ddmin).
bool Shrinker::DeleteChunks() {
  bool better = false;
  for (size_t chunk = std::max<size_t>(size() / 2, 1); chunk > 0; chunk /= 2) {
    for (size_t done = 0; done < size();) {
      const size_t at = from_the_end_ ? size() - std::min(size(), done + chunk) : done;
      if (Improve(Without(best_.choices, at, chunk))) {
        better = true;
      } else {
        done += chunk;
      }
    }
  }
  return better;
}

bool Shrinker::DeletePairs() {
  if (size() > kChoicesMax) return false;
  bool better = false;
  for (size_t first = 0; first + 1 < size(); ++first) {
    for (size_t second = first + 1; second < size(); ++second) {
      better |= Improve(Without(Without(best_.choices, second, 1), first, 1));
    }
  }
  return better;
}

// A reset is the shortest end: close() with SO_LINGER 0 for a call and another choice.
bool Shrinker::AbortInstead() {
  if (size() > kChoicesMax) return false;
  for (const Side side : {Side::kA, Side::kB}) {
    if (best_.setup[side].linger_on) continue;
    PairSetup setup = best_.setup;
    SetLinger(setup[side], Mode::kLinger0);
    for (size_t out = 0; out < size(); ++out) {
      for (size_t at = 0; at + 1 < size(); ++at) {
        NamedChoices fewer = Without(best_.choices, out, 1);
        const Choice& call = fewer[at].choice;
        if (call.side != side || PicksSegment(call.op) || call.op == Op::kWait) continue;
        fewer[at] = NamedChoice{CloseBy(side)};
        if (Improve(setup, fewer)) return true;
      }
    }
  }
  return false;
}

// One choice is taken out, another becomes something else: where there are few, a call that ends
// sending.
bool Shrinker::PutOneForTwo() {
  const Choices substitutes = SubstitutesIn(size());
  for (size_t out = size(); out-- > 0;) {
    for (size_t at = 0; at + 1 < size(); ++at) {
      for (const Choice& choice : substitutes) {
        NamedChoices fewer = Without(best_.choices, out, 1);
        if (fewer[at].choice.op == choice.op) continue;
        fewer[at] = NamedChoice{choice};
        if (Improve(fewer)) return true;
      }
    }
  }
  return false;
}

// More bytes for fewer choices.
bool Shrinker::SendMore() {
  for (const uint8_t bytes : kSendSizes) {
    NamedChoices more = best_.choices;
    for (NamedChoice& named : more) {
      if (named.choice.op == Op::kSend) named.choice.extra = bytes;
    }
    for (size_t out = 0; out < size(); ++out) {
      if (Improve(Without(more, out, 1))) return true;
    }
  }
  return false;
}

// Two choices are taken out, and another put in anywhere.
bool Shrinker::PutOneForTwoAnywhere() {
  constexpr size_t kAnywhereMax = 9;
  if (size() > kAnywhereMax) return false;
  for (size_t second = size(); second-- > 1;) {
    for (size_t first = second; first-- > 0;) {
      const NamedChoices fewer = Without(Without(best_.choices, second, 1), first, 1);
      for (const Choice& choice : SubstitutesIn(size())) {
        for (size_t at = 0; at <= fewer.size(); ++at) {
          NamedChoices candidate = fewer;
          candidate.insert(candidate.begin() + static_cast<std::ptrdiff_t>(at),
                           NamedChoice{choice});
          if (Improve(candidate)) return true;
        }
      }
    }
  }
  return false;
}

// Choices with the same extra value are lowered together, then each by itself.
bool Shrinker::LowerChoices() {
  bool better = false;
  for (size_t at = 0; at < size(); ++at) {
    for (const Choice& duller : Duller(best_.choices[at].choice)) {
      NamedChoices together = best_.choices;
      for (NamedChoice& named : together) {
        const bool same = named.choice == best_.choices[at].choice && !PicksSegment(duller.op);
        if (same) named = NamedChoice{duller};
      }
      together[at] = NamedChoice{duller};
      NamedChoices alone = best_.choices;
      alone[at] = NamedChoice{duller};
      if (!Improve(together) && (together == alone || !Improve(alone))) continue;
      better = true;
      break;
    }
  }
  return better;
}

bool Shrinker::OrderNeighbours() {
  bool better = false;
  for (size_t at = 0; at + 1 < size(); ++at) {
    if (!(best_.choices[at + 1].choice < best_.choices[at].choice)) continue;
    NamedChoices candidate = best_.choices;
    std::swap(candidate[at], candidate[at + 1]);
    better |= Improve(candidate);
  }
  return better;
}

// The mirror image counts only once its own neighbours are in order.
bool Shrinker::Swap() {
  const Case before = best_;
  const Schedule mirror = SwapSides(Schedule{before.setup, Plain(before.choices)});
  std::optional<Case> mirrored = Try(mirror.setup, ByPlace(mirror.choices));
  if (!mirrored.has_value()) return false;
  best_ = *std::move(mirrored);
  while (OrderNeighbours()) {
  }
  const Schedule now{best_.setup, Plain(best_.choices)};
  if (Shorter(now, Schedule{before.setup, Plain(before.choices)})) return true;
  best_ = before;
  return false;
}

}  // namespace finwait
