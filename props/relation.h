// SPDX-License-Identifier: Apache-2.0
//
// Relations between runs: what a change that ought not to matter leaves as it was. No monitor can
// see such a thing, since each of the runs may be well by itself.
#ifndef FINWAIT_PROPS_RELATION_H_
#define FINWAIT_PROPS_RELATION_H_

#include <span>

#include "model/world/choice.h"
#include "model/world/setup.h"
#include "props/verdict.h"

namespace finwait {

struct RelationTable {
  Verdict (*judge)(const PairSetup& setup, std::span<const Choice> choices) = nullptr;
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RELATION_H_
