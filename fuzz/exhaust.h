// SPDX-License-Identifier: Apache-2.0
//
// Exhaustive search: every state of a region, breadth first, on every core, within stated memory.
// It keeps a fingerprint a state and the states of two levels. What it finds violated is then
// searched for once more, with the way kept, for a shortest counterexample.
#ifndef FINWAIT_FUZZ_EXHAUST_H_
#define FINWAIT_FUZZ_EXHAUST_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/expand.h"
#include "fuzz/hunt.h"
#include "fuzz/region.h"
#include "fuzz/stop.h"

namespace finwait {

// The part of the region that this run covers: the states of an early level are dealt out by their
// fingerprints, and everything behind them goes with them. Every shard covers what lies before.
struct Shard {
  uint32_t number = 1;
  uint32_t count = 1;

  friend bool operator==(const Shard&, const Shard&) = default;
};

// What monitors remember multiplies states: with a dozen the region grows little, with all it does.
// Those that read the ledger are judged apart from those that do not.
inline constexpr size_t kTogether = 12;

// Those of `properties` that a region can be searched for: not relations, which compare whole runs,
// nor what goes by the serials of segments, which states do not have, nor what some run has to
// show. The others are skipped.
PropertySet Searchable(PropertySet properties);

// The passes that an exhaustive search of `properties` makes.
std::vector<PropertySet> Passes(PropertySet properties, size_t together);

struct ExhaustProgress {
  uint64_t states = 0, frontier = 0, bytes = 0;
  uint32_t level = 0;
  double seconds = 0;
};

struct ExhaustOptions {
  PairSetup setup;
  Region region;
  std::optional<Mode> victim_mode;  // Only violations at an end that ended so.
  PropertySet properties = PropertiesByDefault();
  size_t together = kTogether;  // As many properties are judged in one pass over the region.
  bool fold = true;             // Symmetry, where there is some.
  uint32_t jobs = 1;
  uint64_t bytes_max = uint64_t{2} << 30;
  Shard shard;
  std::string folder;  // Keeps checkpoints here and goes on from one; empty: neither.
  double checkpoint_s = 30;
  Stop stop = nullptr;
  std::function<void(const ExhaustProgress&)> progress = [](const ExhaustProgress&) {};
};

// A violation in the region.
struct ExhaustFinding {
  size_t property = 0;
  Schedule shortest;                // With the setup as given: neither frozen nor made symmetric.
  RuleId rule = RuleId::kNone;      // In the region.
  uint64_t states = 0;              // That the search for the shortest met.
  std::optional<Finding> replayed;  // In the full model; nothing: there it does not violate.
};

// One pass over the region.
struct ExhaustPass {
  PropertySet properties;
  ExpandCounts counts;
  uint64_t bytes_peak = 0;
  bool complete = false;  // False: the memory limit was reached.
};

struct ExhaustResult {
  bool complete = false;  // Every pass is.
  bool stopped = false;   // Before it was done.
  bool symmetric = false;
  std::vector<ExhaustPass> passes;
  ExpandCounts counts;      // Of all passes.
  uint32_t levels = 0;      // Of the longest.
  uint64_t bytes_peak = 0;  // Of the pass that took most.
  PropertySet applied;      // Whose premise came true.
  PropertySet violated;     // Each has a finding, unless a mode was asked for,
  PropertySet not_shown;    // or the search for its shortest case ended early, as of these.
  std::vector<ExhaustFinding> findings;
  bool resumed = false;
  double seconds = 0;  // Of all runs that it took.
};

// The pass that judged the property.
const ExhaustPass& PassOf(const ExhaustResult& result, size_t property);

// Errors: a checkpoint that is not of this search and this build, or cannot be read or written.
absl::StatusOr<ExhaustResult> Exhaust(const ExhaustOptions& options);

// A digest of what the model makes of some hundreds of schedules: results of builds that differ in
// it must not be joined.
std::string ModelDigest(const PairSetup& setup);

// All that tells searches apart, on one line: kernels, region, properties, shard, versions.
std::string SearchKey(const ExhaustOptions& options);

// "RTT estimator, ...": what of the state the search does not vary.
std::string FrozenText(const ExhaustResult& result);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_EXHAUST_H_
