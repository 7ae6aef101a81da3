// SPDX-License-Identifier: Apache-2.0
//
// What tells exhaustive searches apart, and what they leave out.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "fuzz/exhaust.h"
#include "fuzz/view.h"
#include "model/world/fingerprint.h"
#include "model/world/play.h"

namespace finwait {

std::string ModelDigest(const PairSetup& setup) {
  constexpr uint64_t kSchedules = 300;
  Hasher hasher;
  HuntOptions hunt;
  hunt.setup = setup;
  for (uint64_t index = 0; index < kSchedules; ++index) {
    const Schedule schedule = RandomSchedule(hunt, index);
    const auto hash = [&](const StepRecord& step) {
      for (const RuleId rule : step.effects.fired) hasher.Add(static_cast<uint64_t>(rule));
    };
    const Played played = Play(schedule.setup, schedule.choices, hash);
    Mix(hasher, played.world, schedule.setup);
  }
  return absl::StrFormat("%016x", hasher.Value());
}

std::string SearchKey(const ExhaustOptions& options) {
  std::string key = absl::StrCat(
      "A ", View(options.setup[Side::kA].host.kernel.name), "; B ",
      View(options.setup[Side::kB].host.kernel.name), "; ", options.region.Text(), "; ",
      absl::StrJoin(NamesOf(options.properties), ","), options.fold ? "" : "; no symmetry",
      "; fingerprint ", kFingerprintVersion, "; model ", ModelDigest(options.setup));
  if (options.victim_mode.has_value()) {
    absl::StrAppend(&key, "; at an end that ends by ", View(Name(*options.victim_mode)));
  }
  if (options.shard.count > 1) {
    absl::StrAppend(&key, "; shard ", options.shard.number, "/", options.shard.count);
  }
  return key;
}

std::string FrozenText(const ExhaustResult& result) {
  return absl::StrCat(
      "the round-trip estimate stays that of the handshake; gaps between segments of text count up "
      "to 121 s; ",
      result.symmetric ? "both ends start with the same number, as after a simultaneous open; "
                       : "",
      "what follows on a faultless network is settled, not branched, where it leaves the region");
}

}  // namespace finwait
