// SPDX-License-Identifier: Apache-2.0
//
// A World is several KB, most of it room in queues that are empty. Searches that keep millions copy
// and store only what lives.
#ifndef FINWAIT_MODEL_WORLD_COMPACT_H_
#define FINWAIT_MODEL_WORLD_COMPACT_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "model/world/world.h"

namespace finwait {

// As `to = from`, but items past the end of a list keep their old values, unread.
void CopyLive(const World& from, World& to);

using Bytes = std::vector<uint8_t>;

// Room that a value of so many bytes needs at most once it is packed.
constexpr size_t PackedMax(size_t size) { return size + size / 16 + 64; }

// Writes values as their differences from others that the reader has too. The form is that of one
// build: it rests on the layout of the types.
class Packer {
 public:
  // There must be room at `at`.
  explicit Packer(uint8_t* at) : at_(at) {}

  void Put(const World& world, const World& base);
  template <typename T>
  void Put(const T& value, const T& base) {
    static_assert(std::is_trivially_copy_constructible_v<T> && sizeof(T) % 4 == 0);
    PutRaw(&value, &base, sizeof(T));
  }
  // So many bytes of a value that is no more than its bytes.
  void PutRaw(const void* value, const void* base, size_t size);
  uint8_t* at() const { return at_; }

 private:
  void PutEqual(size_t groups);
  template <typename List>
  void PutList(const List& list);

  uint8_t* at_;
};

// Reads what a Packer wrote, from trusted bytes.
class Unpacker {
 public:
  explicit Unpacker(const uint8_t* at) : at_(at) {}

  void Get(World& world, const World& base);
  // `value` equals `base` when this is called.
  template <typename T>
  void Get(T& value) {
    GetRaw(&value, sizeof(T));
  }
  void GetRaw(void* value, size_t size);
  const uint8_t* at() const { return at_; }

 private:
  template <typename List>
  void GetList(List& list);

  const uint8_t* at_;
};

}  // namespace finwait

#endif  // FINWAIT_MODEL_WORLD_COMPACT_H_
