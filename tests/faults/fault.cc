// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/fault.h"

#include <array>

#include "fuzz/hunt.h"
#include "model/world/peer.h"

namespace finwait::testing {
namespace {

void AsItIs(const QuirkStep& s) { s.AsLinux(); }

constexpr std::array kControls = {
    Fault{{"control", "Nothing is wrong.", "Linux", false, AsItIs}},
    Fault{{"control-small-windows", "Nothing is wrong, windows are small.", "Linux", false, AsItIs},
          Around::kSmallWindows},
    Fault{{"control-rfc1337", "Nothing is wrong, tcp_rfc1337 is set.", "Linux", false, AsItIs},
          Around::kRfc1337},
    Fault{{"control-silent-peer", "Nothing is wrong but with the peer.", "Linux", false, AsItIs},
          Around::kSilentPeer},
    Fault{
        {"control-peer-never-fins", "Nothing is wrong but with the peer.", "Linux", false, AsItIs},
        Around::kPeerNeverFins},
    Fault{{"control-peer-fins-past-window", "Nothing is wrong but with the peer.", "Linux", false,
           AsItIs},
          Around::kPeerFinsPastWindow},
};

}  // namespace

std::span<const Fault> Controls() { return kControls; }

std::vector<Fault> Faults() {
  std::vector<Fault> all;
  for (const std::span<const Fault> some : {FaultsInFins(), FaultsInAcks(), FaultsInStates(),
                                            FaultsInResets(), FaultsInCalls(), FaultsInTimers()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

PairSetup SetupOf(const Fault& fault, const KernelProfile& kernel) {
  PairSetup setup = PairOf(kernel, kernel);
  EndSetup& a = setup[Side::kA];
  EndSetup& b = setup[Side::kB];
  a.quirk = &fault.quirk;
  const auto small_windows = [&] {
    a.host.environment.rcv_buffer = b.host.environment.rcv_buffer = kSmallWindow;
  };
  switch (fault.around) {
    case Around::kNothing:
      break;
    case Around::kBothEnds:
      b.quirk = &fault.quirk;
      break;
    case Around::kSmallWindows:
      small_windows();
      break;
    case Around::kRfc1337:
      a.host.environment.tcp_rfc1337 = b.host.environment.tcp_rfc1337 = true;
      break;
    case Around::kSilentPeer:
      b.quirk = FindPeer("goes-silent");
      break;
    case Around::kPeerNeverFins:
      b.quirk = FindPeer("never-fins");
      break;
    case Around::kPeerFinsPastWindow:
      small_windows();
      b.quirk = FindPeer("fins-past-window");
      break;
  }
  return setup;
}

}  // namespace finwait::testing
