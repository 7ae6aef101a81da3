// SPDX-License-Identifier: Apache-2.0
//
// What a kernel must have for its TCP to be driven and watched.
#ifndef FINWAIT_STACKS_GUEST_NEEDS_H_
#define FINWAIT_STACKS_GUEST_NEEDS_H_

#include <string>

namespace finwait {

// The options of its configuration that the running kernel is short of, built in or as modules, by
// their names; empty when there is nothing to complain of. Needs /dev and /proc.
std::string LackingOptions();

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_NEEDS_H_
