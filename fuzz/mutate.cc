// SPDX-License-Identifier: Apache-2.0
#include "fuzz/mutate.h"

#include <algorithm>
#include <array>

#include "fuzz/generate.h"
#include "fuzz/mode.h"
#include "model/world/choice.h"

namespace finwait {
namespace {

void Copy(std::span<const uint8_t> from, std::span<uint8_t> to) {
  std::copy(from.begin(), from.end(), to.begin());
}

void SwapBytes(std::span<uint8_t> a, std::span<uint8_t> b) {
  std::swap_ranges(a.begin(), a.end(), b.begin());
}

// An input taken apart, in place.
class Taken {
 public:
  Taken(const InputForm& form, const Input& input) : form_(form), room_(input.room) {
    const size_t header = std::min(form.header_bytes, room_.size());
    for (size_t i = input.size; i < header; ++i) room_[i] = 0;
    count_ = input.size <= header ? 0 : (input.size - header) / form.choice_bytes;
    count_ = std::min(count_, capacity());
  }

  size_t count() const { return count_; }
  size_t capacity() const {
    if (room_.size() < form_.header_bytes) return 0;
    return std::min(form_.choices_max, (room_.size() - form_.header_bytes) / form_.choice_bytes);
  }
  size_t size() const {
    return std::min(room_.size(), form_.header_bytes + count_ * form_.choice_bytes);
  }
  std::span<uint8_t> operator[](size_t at) {
    return room_.subspan(form_.header_bytes + at * form_.choice_bytes, form_.choice_bytes);
  }

  // Room for a choice at that place, whose bytes are those of the one that stood there.
  bool Open(size_t at) {
    if (count_ == capacity()) return false;
    ++count_;
    for (size_t i = count_ - 1; i > at; --i) Copy((*this)[i - 1], (*this)[i]);
    return true;
  }
  void Erase(size_t at) {
    for (size_t i = at + 1; i < count_; ++i) Copy((*this)[i], (*this)[i - 1]);
    --count_;
  }

 private:
  const InputForm& form_;
  std::span<uint8_t> room_;
  size_t count_ = 0;
};

uint32_t Below(Random& random, size_t n) { return random.Below(static_cast<uint32_t>(n)); }

template <typename T, size_t kCount>
T OneOf(Random& random, const std::array<T, kCount>& values) {
  return values[Below(random, kCount)];
}

uint8_t DrawExtra(Random& random, Op op) {
  switch (op) {
    case Op::kShutdown:
      return OneOf(random, std::array<uint8_t, 4>{0, 0, 1, 2});  // How: WR, RDWR, RD.
    case Op::kSend:
      return OneOf(random, kSendSizes);
    case Op::kRecv:
      return OneOf(random, kRecvSizes);
    default:
      return 0;
  }
}

void DrawChoice(Random& random, std::span<uint8_t> choice) {
  // As often as a hunt draws them in the mean.
  constexpr std::array kOps = {
      Op::kDeliver,  Op::kDeliver,  Op::kDeliver, Op::kDeliver, Op::kDeliver,   Op::kDeliver,
      Op::kShutdown, Op::kShutdown, Op::kClose,   Op::kRecv,    Op::kSend,      Op::kSend,
      Op::kWake,     Op::kWait,     Op::kDrop,    Op::kDeliver, Op::kDuplicate,
  };
  const Op op = OneOf(random, kOps);
  choice[0] = static_cast<uint8_t>(op);
  choice[1] = static_cast<uint8_t>(random.Below(2));
  choice[2] =
      PicksSegment(op) ? OneOf(random, std::array<uint8_t, 6>{0, 0, 0, 1, 1, 2}) : uint8_t{0};
  choice[3] = DrawExtra(random, op);
}

// A smaller number in one place: an earlier Op, end, segment or amount.
void LowerChoice(Random& random, std::span<uint8_t> choice) {
  uint8_t& byte = choice[Below(random, choice.size())];
  byte = byte == 0 ? uint8_t{0} : static_cast<uint8_t>(random.Below(byte));
}

}  // namespace

const InputForm kScheduleInput = {.draw = DrawChoice, .lower = LowerChoice};

size_t Apply(Mutation mutation, const InputForm& form, Input input, Random& random) {
  Taken taken(form, input);
  if (taken.count() == 0) mutation = Mutation::kInsert;
  const size_t place = taken.count() == 0 ? 0 : Below(random, taken.count());
  switch (mutation) {
    case Mutation::kInsert: {
      const size_t at = Below(random, taken.count() + 1);
      if (taken.Open(at)) form.draw(random, taken[at]);
      break;
    }
    case Mutation::kDelete:
      taken.Erase(place);
      break;
    case Mutation::kDuplicate:
      taken.Open(place);
      break;
    case Mutation::kSwap:
      SwapBytes(taken[place], taken[Below(random, taken.count())]);
      break;
    case Mutation::kLower:
      form.lower(random, taken[place]);
      break;
    case Mutation::kRedraw:
      form.draw(random, taken[place]);
      break;
  }
  return taken.size();
}

size_t Mutate(const InputForm& form, Input input, Random& random) {
  constexpr std::array kOften = {Mutation::kInsert,    Mutation::kInsert, Mutation::kInsert,
                                 Mutation::kDelete,    Mutation::kDelete, Mutation::kSwap,
                                 Mutation::kDuplicate, Mutation::kLower,  Mutation::kRedraw};
  for (uint32_t rounds = 1 + random.Below(4); rounds > 0; --rounds) {
    input.size = Apply(OneOf(random, kOften), form, input, random);
  }
  if (random.Below(16) == 0 && form.header_bytes != 0 && !input.room.empty()) {
    const size_t at = Below(random, std::min(form.header_bytes, input.room.size()));
    input.room[at] = static_cast<uint8_t>(random.Next());
  }
  return input.size;
}

size_t Splice(const InputForm& form, const Parents& parents, std::span<uint8_t> room,
              Random& random) {
  const auto choices = [&](std::span<const uint8_t> bytes) {
    if (bytes.size() <= form.header_bytes) return std::span<const uint8_t>();
    const size_t whole = (bytes.size() - form.header_bytes) / form.choice_bytes;
    return bytes.subspan(form.header_bytes, whole * form.choice_bytes);
  };
  const auto some = [&](std::span<const uint8_t> bytes) {
    return Below(random, bytes.size() / form.choice_bytes + 1) * form.choice_bytes;
  };
  const std::span<const uint8_t> header = random.Below(2) == 0 ? parents.first : parents.last;
  const std::span<const uint8_t> first = choices(parents.first).first(some(choices(parents.first)));
  const std::span<const uint8_t> last = choices(parents.last).last(some(choices(parents.last)));
  size_t size = 0;
  const auto put = [&](std::span<const uint8_t> bytes, size_t unit) {
    for (; bytes.size() >= unit && size + unit <= room.size(); bytes = bytes.subspan(unit)) {
      Copy(bytes.first(unit), room.subspan(size));
      size += unit;
    }
  };
  put(header.first(std::min(header.size(), form.header_bytes)), 1);
  while (size < std::min(form.header_bytes, room.size())) room[size++] = 0;
  put(first, form.choice_bytes);
  put(last, form.choice_bytes);
  return size;
}

}  // namespace finwait
