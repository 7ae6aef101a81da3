// SPDX-License-Identifier: Apache-2.0
//
// A bounded list inside a value.
#ifndef FINWAIT_MODEL_TCP_INLINE_LIST_H_
#define FINWAIT_MODEL_TCP_INLINE_LIST_H_

#include <algorithm>
#include <array>
#include <cstdint>

namespace finwait {

// A list inside a value. Full is a state to be reported (`bound`), never a silent drop.
template <typename T, uint8_t kMax>
struct InlineList {
  std::array<T, kMax> items{};
  uint8_t count = 0;

  friend constexpr bool operator==(const InlineList& a, const InlineList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

  constexpr bool Full() const { return count == kMax; }
  constexpr bool Empty() const { return count == 0; }
  constexpr void PushBack(const T& item) { items[count++] = item; }
  constexpr void Erase(uint8_t at) {
    for (uint8_t i = at; i + 1 < count; ++i) items[i] = items[i + 1U];
    --count;
  }
  constexpr T& operator[](uint8_t i) { return items[i]; }
  constexpr const T& operator[](uint8_t i) const { return items[i]; }
  constexpr T* begin() { return items.data(); }
  constexpr T* end() { return items.data() + count; }
  constexpr const T* begin() const { return items.data(); }
  constexpr const T* end() const { return items.data() + count; }
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_INLINE_LIST_H_
