// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/run_tree.h"

#include <algorithm>
#include <bit>

namespace finwait {
namespace {

constexpr uint64_t KeyOf(RunTree::Node from, uint32_t branch) {
  return uint64_t{from} << 32U | branch;
}

}  // namespace

RunTree::RunTree(size_t branches_max, Node roots)
    : branches_max_(branches_max),
      roots_(roots),
      last_(roots),
      mask_(std::bit_ceil(2 * branches_max) - 1),
      table_(mask_ + 1) {
  shown_.reserve(2 * branches_max);
  shown_.push_back(0);
}

// Where the key stands, or would.
size_t RunTree::PlaceOf(uint64_t key) const {
  size_t at = (key * 0x9E3779B97F4A7C15U >> 32U) & mask_;
  while (table_[at].key != key && table_[at].key != 0) at = (at + 1) & mask_;
  return at;
}

RunTree::Shown RunTree::Follow(Node from, uint32_t branch) const {
  const Branch& found = table_[PlaceOf(KeyOf(from, branch))];
  return {found.end, std::span(shown_.data() + found.shown + 1, shown_[found.shown])};
}

RunTree::Node RunTree::Add(Node from, uint32_t branch, const Enabled& then,
                           std::span<const uint16_t> transitions) {
  Branch& added = table_[PlaceOf(KeyOf(from, branch))];
  added = Branch{KeyOf(from, branch), {++last_, then}, static_cast<uint32_t>(shown_.size())};
  ++branches_;
  shown_.push_back(static_cast<uint16_t>(transitions.size()));
  shown_.insert(shown_.end(), transitions.begin(), transitions.end());
  return last_;
}

bool RunTree::MakeRoom(size_t branches) {
  if (branches_ + branches <= branches_max_) return false;
  Clear();
  return true;
}

void RunTree::Clear() {
  std::fill(table_.begin(), table_.end(), Branch{});
  shown_.resize(1);
  branches_ = 0;
  last_ = roots_;
}

}  // namespace finwait
