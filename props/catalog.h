// SPDX-License-Identifier: Apache-2.0
//
// Every property, and sets of them.
#ifndef FINWAIT_PROPS_CATALOG_H_
#define FINWAIT_PROPS_CATALOG_H_

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "props/acknowledging.h"
#include "props/calls.h"
#include "props/eof.h"
#include "props/finish.h"
#include "props/fins.h"
#include "props/pace.h"
#include "props/property.h"
#include "props/relations.h"
#include "props/resets_received.h"
#include "props/resets_sent.h"
#include "props/retransmission.h"
#include "props/sometimes.h"
#include "props/taken_in_time.h"
#include "props/time_wait.h"
#include "props/transitions.h"

namespace finwait {

// In the order in which findings are told.
inline constexpr std::array kProperties = {
    kFinNotSilentlyDropped,
    kTextNotSilentlyDropped,
    kDataBeforeEof,
    kLegalTransitions,
    kOneFinOneNumber,
    kBothEndsFinish,
    kFinTakenOnArrival,
    kBytesReadOnce,
    kFinGivesEof,
    kResetIsNoEof,
    kFinIsSent,
    kFinFollowsAllText,
    kNothingPastFin,
    kAcksNeverRecede,
    kAcksOnlyWhatCame,
    kTakenIsAcknowledged,
    kWindowDoesNotShrink,
    kAdvancesOnAckOfFin,
    kUnansweredIsSentAgain,
    kGivesUpInTime,
    kClosedWindowIsProbed,
    kTimeWaitLasts,
    kTimeWaitReacks,
    kTimeWaitSurvivesReset,
    kUnreadCloseResets,
    kTextAfterCloseResets,
    kNoResetWithoutLoss,
    kOnlyExactReset,
    kExactResetResets,
    kChallengesAreSpaced,
    kNoEndlessExchange,
    kHalfCloseReceives,
    kShutReadingEnds,
    kLingerReturns,
    kCallsFailAsPromised,
    kClosedEndGoes,
    kLingerZeroAborts,
    kClosedAnswersByReset,
    kBareFinPassesClosedWindow,
    kNumbersDoNotMatter,
    kSidesDoNotMatter,
    kIdleTimeDoesNotMatter,
    kWayDoesNotMatter,
    kFinRidesOnText,
    kAcksAreDelayed,
};
inline constexpr size_t kPropertyCount = kProperties.size();
static_assert(kPropertyCount < 64);

// A set of properties, by index into kProperties.
struct PropertySet {
  uint64_t bits = 0;

  constexpr bool Has(size_t property) const { return ((bits >> property) & 1U) != 0; }
  constexpr void Add(size_t property) { bits |= uint64_t{1} << property; }
  constexpr void Remove(size_t property) { bits &= ~(uint64_t{1} << property); }
  constexpr PropertySet Without(PropertySet other) const { return PropertySet{bits & ~other.bits}; }
  constexpr int Count() const { return std::popcount(bits); }
  friend constexpr bool operator==(PropertySet, PropertySet) = default;
};

constexpr PropertySet EveryProperty() { return PropertySet{(uint64_t{1} << kPropertyCount) - 1U}; }

constexpr PropertySet Only(size_t property) { return PropertySet{uint64_t{1} << property}; }

constexpr PropertySet OfKind(Kind kind) {
  PropertySet set;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (kProperties[i].kind == kind) set.Add(i);
  }
  return set;
}

// Those that are hunted unless others are named.
constexpr PropertySet PropertiesByDefault() {
  PropertySet set;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (!kProperties[i].strict) set.Add(i);
  }
  return set;
}

std::optional<size_t> FindProperty(std::string_view name);

// In the order of the catalogue.
std::vector<std::string> NamesOf(PropertySet set);

}  // namespace finwait

#endif  // FINWAIT_PROPS_CATALOG_H_
