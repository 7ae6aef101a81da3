// SPDX-License-Identifier: Apache-2.0
//
// What the launcher of a guest and the first process in it have agreed upon: files in the
// initramfs, and the records that come back over a serial line.
#ifndef FINWAIT_STACKS_GUEST_PROTOCOL_H_
#define FINWAIT_STACKS_GUEST_PROTOCOL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace finwait {

// Paths in the initramfs, without the leading slash.
inline constexpr std::string_view kGuestArgumentsFile = "finwait.args";
inline constexpr std::string_view kGuestChannelFile = "finwait.channel";  // Names a serial line.
inline constexpr std::string_view kGuestModulesFolder = "modules";        // Of order and *.ko.
inline constexpr std::string_view kGuestModulesOrder = "modules/order";   // One name a line.
inline constexpr std::string_view kGuestWorkFolder = "work";              // Where finwait runs.

// One argument a line; a backslash and a newline within one are written \\ and \n.
std::string FormatArguments(const std::vector<std::string>& arguments);
absl::StatusOr<std::vector<std::string>> ParseArguments(std::string_view text);

// The records: first a line that marks the beginning, then
//   out N, err N      and N bytes that finwait wrote
//   lacks TEXT        what this kernel has not; finwait was not run
//   exit CODE BYTES   the last: finwait's exit code, and how many bytes out and err had in all
enum class Stream : uint8_t { kOut, kErr };
std::string GuestBegins();
std::string FormatOutput(Stream stream, std::string_view bytes);
std::string FormatLacking(std::string_view what);
std::string FormatExit(int code, uint64_t bytes);

// Takes the records apart as they come in, in pieces of any size. What precedes the first record, a
// firmware's last words perhaps, is passed over.
class GuestRecords {
 public:
  // Data loss when the bytes are not as above.
  absl::Status Take(std::string_view bytes);

  const std::string& out() const { return out_; }
  std::string TakeErr() { return std::exchange(err_, {}); }  // Since it was last taken.
  const std::optional<int>& exit_code() const { return exit_code_; }
  const std::optional<std::string>& lacking() const { return lacking_; }

 private:
  absl::Status TakeHeader(std::string_view line);

  std::string pending_;  // Of a line that has not ended.
  bool begun_ = false;
  Stream stream_ = Stream::kOut;
  uint64_t left_ = 0;   // Bytes of the record being read.
  uint64_t taken_ = 0;  // Bytes of all records.
  std::string out_, err_;
  std::optional<int> exit_code_;
  std::optional<std::string> lacking_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_GUEST_PROTOCOL_H_
