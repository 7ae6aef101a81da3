// SPDX-License-Identifier: Apache-2.0
#include "model/world/compact.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace finwait {
namespace {

// Everything of a socket before its queues: they stand last for this.
constexpr size_t kSocketHead = offsetof(Tcb, sent);
static_assert(kSocketHead % 4 == 0 && offsetof(Tcb, out_of_order) > kSocketHead);
// What follows the socket in an endpoint.
constexpr size_t kEndpointTail = sizeof(Endpoint) - offsetof(Endpoint, bucket);
static_assert(kEndpointTail % 4 == 0);

template <typename List>
void CopyList(const List& from, List& to) {
  std::copy(from.begin(), from.end(), to.items.begin());
  to.count = from.count;
}

void CopyLive(const Endpoint& from, Endpoint& to) {
  std::memcpy(static_cast<void*>(&to.socket), &from.socket, kSocketHead);
  CopyList(from.socket.sent, to.socket.sent);
  CopyList(from.socket.out_of_order, to.socket.out_of_order);
  std::memcpy(static_cast<void*>(&to.bucket), &from.bucket, kEndpointTail);
}

// Differences are written in groups of eight words of four bytes: a byte that tells which words
// differ, then those. A byte of zero is followed by how many more groups are equal.
constexpr size_t kGroup = 32;
constexpr size_t kWord = 4;
using Group = std::array<uint32_t, kGroup / kWord>;

// Much that is equal is passed over in larger steps.
constexpr size_t kStride = 8 * kGroup;

bool Equal(const uint8_t* value, const uint8_t* base, size_t size) {
  return std::memcmp(value, base, size) == 0;
}

}  // namespace

void CopyLive(const World& from, World& to) {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    CopyLive(from.ends[i], to.ends[i]);
    CopyList(from.wires[i], to.wires[i]);
  }
  to.segments_sent = from.segments_sent;
  to.quirk_memory = from.quirk_memory;
  to.settles_by = from.settles_by;
  to.now = from.now;
  to.bound = from.bound;
}

void Packer::PutEqual(size_t groups) {
  while (groups > 0) {
    const size_t some = std::min<size_t>(groups, 256);
    *at_++ = 0;
    *at_++ = static_cast<uint8_t>(some - 1);
    groups -= some;
  }
}

void Packer::PutRaw(const void* value, const void* base, size_t size) {
  const auto* const now = static_cast<const uint8_t*>(value);
  const auto* const then = static_cast<const uint8_t*>(base);
  size_t equal = 0;  // Groups in a row.
  for (size_t offset = 0; offset < size; offset += kGroup) {
    if (offset + kStride <= size && Equal(now + offset, then + offset, kStride)) {
      equal += kStride / kGroup;
      offset += kStride - kGroup;
      continue;
    }
    Group group{};
    Group other{};
    if (offset + kGroup <= size) {  // The sizes are constants, for the compiler's sake.
      std::memcpy(group.data(), now + offset, kGroup);
      std::memcpy(other.data(), then + offset, kGroup);
    } else {
      std::memcpy(group.data(), now + offset, size - offset);
      std::memcpy(other.data(), then + offset, size - offset);
    }
    if (group == other) {
      ++equal;
      continue;
    }
    PutEqual(std::exchange(equal, 0));
    uint8_t& differ = *at_++;
    uint32_t bits = 0;
    for (size_t i = 0; i < group.size(); ++i) {
      const uint32_t change = group[i] ^ other[i];
      std::memcpy(at_, &change, kWord);
      at_ += change != 0 ? kWord : 0;
      bits |= change != 0 ? 1U << i : 0U;
    }
    differ = static_cast<uint8_t>(bits);
  }
  PutEqual(equal);
}

template <typename List>
void Packer::PutList(const List& list) {
  static constexpr std::remove_cvref_t<decltype(list[0])> kNothing{};
  *at_++ = list.count;
  for (const auto& item : list) PutRaw(&item, &kNothing, sizeof(item));
}

void Packer::Put(const World& world, const World& base) {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    const Endpoint& end = world.ends[i];
    PutRaw(&end.socket, &base.ends[i].socket, kSocketHead);
    PutRaw(&end.bucket, &base.ends[i].bucket, kEndpointTail);
    PutList(end.socket.sent);
    PutList(end.socket.out_of_order);
    PutList(world.wires[i]);
  }
  Put(world.segments_sent, base.segments_sent);
  Put(world.quirk_memory, base.quirk_memory);
  Put(world.now, base.now);
}

void Unpacker::GetRaw(void* value, size_t size) {
  auto* const bytes = static_cast<uint8_t*>(value);
  for (size_t offset = 0; offset < size; offset += kGroup) {
    uint32_t differ = *at_++;
    if (differ == 0) {
      offset += kGroup * *at_++;
      continue;
    }
    for (; differ != 0; differ &= differ - 1) {
      uint8_t* const place = bytes + offset + static_cast<size_t>(std::countr_zero(differ)) * kWord;
      uint32_t word = 0;
      uint32_t change = 0;
      std::memcpy(&word, place, kWord);
      std::memcpy(&change, at_, kWord);
      at_ += kWord;
      word ^= change;
      std::memcpy(place, &word, kWord);
    }
  }
}

template <typename List>
void Unpacker::GetList(List& list) {
  list.count = *at_++;
  for (auto& item : list) {
    item = {};
    GetRaw(&item, sizeof(item));
  }
}

void Unpacker::Get(World& world, const World& base) {
  CopyLive(base, world);
  for (const size_t i : {size_t{0}, size_t{1}}) {
    Endpoint& end = world.ends[i];
    GetRaw(&end.socket, kSocketHead);
    GetRaw(&end.bucket, kEndpointTail);
    GetList(end.socket.sent);
    GetList(end.socket.out_of_order);
    GetList(world.wires[i]);
  }
  Get(world.segments_sent);
  Get(world.quirk_memory);
  Get(world.now);
}

}  // namespace finwait
