// SPDX-License-Identifier: Apache-2.0
//
// Which behaviour of a kernel a violation comes from. The model is asked: what a kernel does
// otherwise than the newest profile is changed, one behaviour at a time, and a schedule that then
// no longer violates the property had come from it. Many causes may have one origin.
#ifndef FINWAIT_FUZZ_ORIGIN_H_
#define FINWAIT_FUZZ_ORIGIN_H_

#include <cstddef>
#include <vector>

#include "fuzz/judge.h"
#include "model/tcp/trait.h"

namespace finwait {

// Each with the newest profile's value, at both ends. Empty where no change alone helps, as on the
// newest profile itself.
std::vector<TraitValue> OriginsOf(const Schedule& schedule, size_t property);

// Whether that change alone keeps the schedule, which violates the property, from it.
bool IsMendedBy(const TraitValue& change, const Schedule& schedule, size_t property);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_ORIGIN_H_
