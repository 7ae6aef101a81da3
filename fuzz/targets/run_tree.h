// SPDX-License-Identifier: Apache-2.0
//
// The runs of a process as a tree of the choices that acted: what a choice does follows from those
// before it. A run that was made before need not be made again, only show again what was seen in
// it. Branches are found by what they are, not by a hash of it: no two runs are ever mixed up.
#ifndef FINWAIT_FUZZ_TARGETS_RUN_TREE_H_
#define FINWAIT_FUZZ_TARGETS_RUN_TREE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/world/choice.h"
#include "model/world/world.h"

namespace finwait {

class RunTree {
 public:
  // What the choices so far have led to. Zero is none: not known.
  using Node = uint32_t;
  static constexpr Node kUnknown = 0;

  // How a branch is called: a choice, or settling.
  static constexpr uint32_t kSettling = 0xFFFFFFFF;
  static constexpr uint32_t Of(const Choice& c) {
    return static_cast<uint32_t>(c.op) << 24U | static_cast<uint32_t>(c.side) << 16U |
           uint32_t{c.pick} << 8U | c.extra;
  }

  // Of at most so many branches, and begun at nodes 1 to `roots`.
  RunTree(size_t branches_max, Node roots);

  struct End {
    Node node = kUnknown;
    Enabled enabled{};  // There.
  };
  struct Shown {
    End end;
    std::span<const uint16_t> transitions;  // On the way: TransitionOf in transitions.h.
  };
  // Where the branch leads, if that is known.
  Shown Follow(Node from, uint32_t branch) const;
  // Adds a branch that Follow does not know.
  Node Add(Node from, uint32_t branch, const Enabled& then, std::span<const uint16_t> transitions);

  // Forgets everything if there is no room for another run of so many branches. Whether it did.
  bool MakeRoom(size_t branches);

  size_t branches() const { return branches_; }

 private:
  struct Branch {
    uint64_t key = 0;  // Node and name; 0: free.
    End end;
    uint32_t shown = 0;  // Where in shown_ a count stands, and behind it what was shown.
  };

  size_t PlaceOf(uint64_t key) const;
  void Clear();

  size_t branches_max_;
  Node roots_, last_;
  size_t branches_ = 0;
  size_t mask_;
  std::vector<Branch> table_;
  std::vector<uint16_t> shown_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_RUN_TREE_H_
