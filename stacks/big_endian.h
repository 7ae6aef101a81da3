// SPDX-License-Identifier: Apache-2.0
//
// Numbers in network byte order.
#ifndef FINWAIT_STACKS_BIG_ENDIAN_H_
#define FINWAIT_STACKS_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace finwait {

inline void Put16(std::span<uint8_t> out, size_t at, uint32_t value) {
  out[at] = static_cast<uint8_t>(value >> 8U);
  out[at + 1] = static_cast<uint8_t>(value);
}

inline void Put32(std::span<uint8_t> out, size_t at, uint32_t value) {
  Put16(out, at, value >> 16U);
  Put16(out, at + 2, value);
}

inline uint16_t Get16(std::span<const uint8_t> in, size_t at) {
  return static_cast<uint16_t>((in[at] << 8U) | in[at + 1]);
}

inline uint32_t Get32(std::span<const uint8_t> in, size_t at) {
  return (uint32_t{Get16(in, at)} << 16U) | Get16(in, at + 2);
}

}  // namespace finwait

#endif  // FINWAIT_STACKS_BIG_ENDIAN_H_
