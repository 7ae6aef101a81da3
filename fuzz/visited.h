// SPDX-License-Identifier: Apache-2.0
//
// The fingerprints a search has met: eight bytes each, in tables that grow by a third. Several
// threads may insert at once.
#ifndef FINWAIT_FUZZ_VISITED_H_
#define FINWAIT_FUZZ_VISITED_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace finwait {

class Visited {
 public:
  // True if it is new. `fingerprint` is not 0.
  bool Insert(uint64_t fingerprint);
  // Fetches what Insert() will look at.
  void Prefetch(uint64_t fingerprint) const;

  uint64_t size() const;
  uint64_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

  // Not while others insert.
  void ForEach(const std::function<void(uint64_t)>& body) const;

 private:
  // By the highest bits; each table has a lock of its own.
  static constexpr uint32_t kPartBits = 8;

  struct Part {
    std::atomic_flag locked;
    std::atomic<uint64_t*> slots = nullptr;  // 0 is an empty slot.
    std::atomic<uint64_t> capacity = 0;
    uint64_t count = 0;
    std::unique_ptr<uint64_t[]> owner;  // NOLINT(modernize-avoid-c-arrays)
  };

  static uint64_t Home(uint64_t fingerprint, uint64_t capacity);
  void Grow(Part& part);
  static bool Place(uint64_t* slots, uint64_t capacity, uint64_t fingerprint);

  std::array<Part, 1U << kPartBits> parts_{};
  std::atomic<uint64_t> bytes_ = 0;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_VISITED_H_
