// SPDX-License-Identifier: Apache-2.0
//
// The fields of a KernelProfile one by one: what each is about in words, and what it takes to make
// one kernel of another.
#ifndef FINWAIT_MODEL_TCP_TRAIT_H_
#define FINWAIT_MODEL_TCP_TRAIT_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/tcp/profile.h"

namespace finwait {

struct Trait {
  std::string_view name;                     // Of the field.
  std::string_view about;                    // "a late FIN after shutdown()".
  std::string_view commit;                   // Where it changed; empty where that is not known.
  std::span<const std::string_view> values;  // In words, in the order of the field's values.
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
};

KernelProfile With(KernelProfile kernel, const TraitValue& change);

// What has to change in one kernel to make it the other.
std::vector<TraitValue> ChangesTo(const KernelProfile& to, const KernelProfile& from);

// Every single change that one kernel can undergo.
std::vector<TraitValue> AllChanges(const KernelProfile& from);

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_TRAIT_H_
