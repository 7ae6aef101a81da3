// SPDX-License-Identifier: Apache-2.0
//
// An exhaustive search on disk, so that one that was killed goes on. There is never half a
// checkpoint, and never less than the one before, whenever the machine stops.
#ifndef FINWAIT_FUZZ_CHECKPOINT_H_
#define FINWAIT_FUZZ_CHECKPOINT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "fuzz/levels.h"

namespace finwait {

inline constexpr const char* kCheckpointName = "exhaustive.checkpoint";

// Makes the folder if need be. `key` tells searches and builds apart.
absl::Status SaveCheckpoint(const std::string& folder, const std::string& key,
                            const LevelState& state);

// False if there is none. What earlier writers that were killed have left there is removed. An
// error if it is of another search or build, or is no checkpoint. `start` is where the search
// starts.
absl::StatusOr<bool> LoadCheckpoint(const std::string& folder, const std::string& key,
                                    const SearchState& start, LevelState& state);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_CHECKPOINT_H_
