// SPDX-License-Identifier: Apache-2.0
//
// Faults planted in the model: each is one thing done wrong, most as a real stack once did it. They
// exist for the tests of the properties alone: nothing outside tests/ can switch one on.
#ifndef FINWAIT_TESTS_FAULTS_FAULT_H_
#define FINWAIT_TESTS_FAULTS_FAULT_H_

#include <span>
#include <string_view>
#include <vector>

#include "model/world/quirk.h"
#include "model/world/setup.h"

namespace finwait::testing {

// What a fault needs around it to show.
enum class Around : uint8_t {
  kNothing,
  kBothEnds,            // Both ends have it.
  kSmallWindows,        // Both ends offer ten bytes.
  kRfc1337,             // tcp_rfc1337 is set.
  kSilentPeer,          // The other end is peer=goes-silent,
  kPeerNeverFins,       // or peer=never-fins,
  kPeerFinsPastWindow,  // or peer=fins-past-window, and windows are small.
};

struct Fault {
  Quirk quirk;
  Around around = Around::kNothing;
};

// By concept; see the file of each name.
std::span<const Fault> FaultsInFins();
std::span<const Fault> FaultsInAcks();
std::span<const Fault> FaultsInStates();
std::span<const Fault> FaultsInResets();
std::span<const Fault> FaultsInCalls();
std::span<const Fault> FaultsInTimers();

// All of them.
std::vector<Fault> Faults();

// No fault, one for each way to surround it: whoever catches one of these is wrong.
std::span<const Fault> Controls();

// Both ends on `kernel`, end A (or both) with the fault.
PairSetup SetupOf(const Fault& fault, const KernelProfile& kernel);

}  // namespace finwait::testing

#endif  // FINWAIT_TESTS_FAULTS_FAULT_H_
