// SPDX-License-Identifier: Apache-2.0
//
// Mutations of what fuzz targets read, choice by choice: one that cuts through the middle of a
// choice makes noise of all that follows. Everything stays within the room given and is a function
// of the generator alone.
#ifndef FINWAIT_FUZZ_MUTATE_H_
#define FINWAIT_FUZZ_MUTATE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/random.h"

namespace finwait {

// How the bytes of an input are laid out: a header, then choices of equal size.
struct InputForm {
  size_t header_bytes = 1;
  size_t choice_bytes = 4;
  size_t choices_max = 64;
  void (*draw)(Random& random, std::span<uint8_t> choice);   // A new choice.
  void (*lower)(Random& random, std::span<uint8_t> choice);  // A duller one.
};

// Of a schedule, as Decode (codec.h) reads it.
extern const InputForm kScheduleInput;

// Bytes, and the room there is for more.
struct Input {
  std::span<uint8_t> room;
  size_t size = 0;
};

// What one mutation may do, besides changing the header.
enum class Mutation : uint8_t { kInsert, kDelete, kDuplicate, kSwap, kLower, kRedraw };
inline constexpr size_t kMutationCount = 6;

// Carries one out and gives the new size. One that finds no choice
// to act on inserts.
size_t Apply(Mutation mutation, const InputForm& form, Input input, Random& random);

// One to four mutations. What does not belong to a whole choice is cut off.
size_t Mutate(const InputForm& form, Input input, Random& random);

// The beginning of one and the end of the other, under the header of either.
struct Parents {
  std::span<const uint8_t> first, last;
};
size_t Splice(const InputForm& form, const Parents& parents, std::span<uint8_t> room,
              Random& random);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MUTATE_H_
