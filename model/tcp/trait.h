// SPDX-License-Identifier: Apache-2.0
//
// The fields of a KernelProfile one by one: what each is about in words, and what it takes to make
// one kernel of another.
#ifndef FINWAIT_MODEL_TCP_TRAIT_H_
#define FINWAIT_MODEL_TCP_TRAIT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/tcp/profile.h"

namespace finwait {

struct Trait {
  std::string_view name;   // Of the field.
  std::string_view about;  // "a bare FIN while the window is closed",
  // What it does, in the order of the field's values: "is dropped", "is accepted".
  std::span<const std::string_view> values;
  std::string_view commit;  // Where it changed; empty where that is not known.
  uint8_t (*get)(const KernelProfile&);
  void (*set)(KernelProfile&, uint8_t);
};

// Every field that is a behaviour, in the order of the profile.
std::span<const Trait> Traits();
const Trait* FindTrait(std::string_view name);

struct TraitValue {
  const Trait* trait = nullptr;
  uint8_t value = 0;

  std::string_view Words() const { return trait->values[value]; }
  // "a bare FIN while the window is closed is dropped".
  std::string Sentence() const;
};

KernelProfile With(KernelProfile kernel, const TraitValue& change);

// What has to change in one kernel to make it the other.
std::vector<TraitValue> ChangesTo(const KernelProfile& to, const KernelProfile& from);

// Every single change that one kernel can undergo.
std::vector<TraitValue> AllChanges(const KernelProfile& from);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_TRAIT_H_
