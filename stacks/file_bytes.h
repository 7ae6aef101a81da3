// SPDX-License-Identifier: Apache-2.0
//
// A file as its bytes.
#ifndef FINWAIT_STACKS_FILE_BYTES_H_
#define FINWAIT_STACKS_FILE_BYTES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace finwait {

absl::StatusOr<std::string> ReadBytes(const std::string& path);
absl::Status WriteBytes(const std::string& path, std::string_view bytes);

// Whether an ELF image asks for a dynamic loader. Anything that is not one does not.
bool AsksForLoader(std::string_view image);

}  // namespace finwait

#endif  // FINWAIT_STACKS_FILE_BYTES_H_
