// SPDX-License-Identifier: Apache-2.0
//
// How a fuzz target fails: with one stack frame for each property or invariant, so that those who
// sort crashes by their stacks tell them apart.
#ifndef FINWAIT_FUZZ_TARGETS_CRASH_H_
#define FINWAIT_FUZZ_TARGETS_CRASH_H_

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "props/catalog.h"

namespace finwait {

// The frames. What each prints keeps linkers from folding equal functions into one.
template <size_t kProperty>
[[gnu::noinline]] void ViolatesProperty() {
  std::fprintf(stderr, "frame of %s\n", kProperties[kProperty].name.data());
  std::abort();
}
template <size_t kInvariant>
[[gnu::noinline]] void BreaksInvariant() {
  std::fprintf(stderr, "frame of invariant %zu\n", kInvariant);
  std::abort();
}

using Frame = void (*)();

template <size_t... kAt>
constexpr std::array<Frame, sizeof...(kAt)> PropertyFrames(std::index_sequence<kAt...> /*all*/) {
  return {&ViolatesProperty<kAt>...};
}
template <size_t... kAt>
constexpr std::array<Frame, sizeof...(kAt)> InvariantFrames(std::index_sequence<kAt...> /*all*/) {
  return {&BreaksInvariant<kAt>...};
}

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_CRASH_H_
