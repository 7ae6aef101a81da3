// SPDX-License-Identifier: Apache-2.0
#include "fuzz/visited.h"

#include <algorithm>

namespace finwait {
namespace {

constexpr uint64_t kFirstCapacity = 64;

// At most so many of ten slots are taken.
constexpr uint64_t kFullTenths = 8;

}  // namespace

// In the order of the fingerprints, so that a larger table is filled from front to back.
uint64_t Visited::Home(uint64_t fingerprint, uint64_t capacity) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<uint64_t>((static_cast<Wide>(fingerprint << kPartBits) * capacity) >> 64U);
}

bool Visited::Place(uint64_t* slots, uint64_t capacity, uint64_t fingerprint) {
  uint64_t at = Home(fingerprint, capacity);
  while (slots[at] != 0) {
    if (slots[at] == fingerprint) return false;
    if (++at == capacity) at = 0;
  }
  slots[at] = fingerprint;
  return true;
}

void Visited::Grow(Part& part) {
  const uint64_t before = part.capacity;
  const uint64_t capacity = std::max(kFirstCapacity, before + before / 3);
  bytes_ += (capacity - before) * sizeof(uint64_t);
  auto grown = std::make_unique<uint64_t[]>(capacity);  // NOLINT(modernize-avoid-c-arrays)
  for (uint64_t i = 0; i < before; ++i) {
    if (part.owner[i] != 0) Place(grown.get(), capacity, part.owner[i]);
  }
  part.slots = grown.get();
  part.capacity = capacity;
  part.owner = std::move(grown);
}

bool Visited::Insert(uint64_t fingerprint) {
  Part& part = parts_[fingerprint >> (64 - kPartBits)];
  while (part.locked.test_and_set(std::memory_order_acquire)) {
  }
  if ((part.count + 1) * 10 > part.capacity * kFullTenths) Grow(part);
  const bool fresh = Place(part.owner.get(), part.capacity, fingerprint);
  part.count += fresh ? 1 : 0;
  part.locked.clear(std::memory_order_release);
  return fresh;
}

void Visited::Prefetch(uint64_t fingerprint) const {
  const Part& part = parts_[fingerprint >> (64 - kPartBits)];
  const uint64_t* const slots = part.slots.load(std::memory_order_relaxed);
  const uint64_t capacity = part.capacity.load(std::memory_order_relaxed);
  if (slots != nullptr) __builtin_prefetch(slots + Home(fingerprint, capacity), 1);
}

uint64_t Visited::size() const {
  uint64_t size = 0;
  for (const Part& part : parts_) size += part.count;
  return size;
}

void Visited::ForEach(const std::function<void(uint64_t)>& body) const {
  for (const Part& part : parts_) {
    for (uint64_t i = 0; i < part.capacity; ++i) {
      if (part.owner[i] != 0) body(part.owner[i]);
    }
  }
}

}  // namespace finwait
