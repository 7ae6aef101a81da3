// SPDX-License-Identifier: Apache-2.0
//
// Files that are there whole or not at all, whenever the machine stops.
#ifndef FINWAIT_FUZZ_WHOLE_FILE_H_
#define FINWAIT_FUZZ_WHOLE_FILE_H_

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "absl/status/status.h"

namespace finwait {

// Writes under a name of its own beside `path`, waits until the disk has it, and renames. A reader
// sees the old text or the new one; so does whoever comes after a crash. Makes the directory.
// Unavailable when it cannot be written.
absl::Status WriteWhole(const std::string& path, const std::string& text);

// The same for what is too large to be held as text: `write` fills the file, and says whether it
// could.
absl::Status WriteWhole(const std::string& path, const std::function<bool(std::FILE*)>& write);

// Removes what writers that were killed have left in the directory: drafts that are so old. Others
// may be at work there, unless the caller knows better.
void RemoveDrafts(const std::string& directory,
                  std::chrono::seconds age_min = std::chrono::hours(1));

}  // namespace finwait

#endif  // FINWAIT_FUZZ_WHOLE_FILE_H_
