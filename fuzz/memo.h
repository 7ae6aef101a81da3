// SPDX-License-Identifier: Apache-2.0
//
// A table from a 64-bit hash of a question to its answer, a number. Two questions with one hash
// would get one answer: as with fingerprints, so unlikely that it is not looked at.
#ifndef FINWAIT_FUZZ_MEMO_H_
#define FINWAIT_FUZZ_MEMO_H_

#include <cstdint>
#include <vector>

namespace finwait {

class Memo {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // The key of a question of so many words.
  static uint64_t Key(uint64_t what, uint64_t x, uint64_t y) {
    uint64_t h = (x + 1) * 0x9E3779B97F4A7C15U ^ (y + what + 1) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32U;
    h *= 0xA0761D6478BD642FU;
    h ^= what * 0xE7037ED1A0B428DBU;
    h ^= h >> 29U;
    return h == 0 ? 1 : h;
  }

  uint32_t Find(uint64_t key) const {
    for (uint64_t at = key & mask_;; at = (at + 1) & mask_) {
      if (slots_[at].key == key) return slots_[at].value;
      if (slots_[at].key == 0) return kNone;
    }
  }

  void Add(uint64_t key, uint32_t value) {
    if (++count_ * 2 > mask_) Grow();
    Place(key, value);
  }

  uint64_t bytes() const { return slots_.size() * sizeof(Slot); }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = 0;
  };

  void Place(uint64_t key, uint32_t value) {
    uint64_t at = key & mask_;
    while (slots_[at].key != 0) at = (at + 1) & mask_;
    slots_[at] = Slot{key, value};
  }
  void Grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.key != 0) Place(slot.key, slot.value);
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  uint64_t mask_ = 1023;
  uint64_t count_ = 0;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MEMO_H_
