// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUS_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/string_view.h"

namespace absl {
inline namespace finwait_standin {

enum class StatusCode : uint8_t {
  kOk,
  kInvalidArgument,
  kNotFound,
  kPermissionDenied,
  kResourceExhausted,
  kFailedPrecondition,
  kOutOfRange,
  kUnimplemented,
  kInternal,
  kUnavailable,
  kDataLoss,
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, string_view message) : code_(code), message_(message) {}

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  string_view message() const { return message_; }
  std::string ToString() const { return ok() ? "OK" : message_; }

  friend bool operator==(const Status&, const Status&) = default;

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

inline Status OkStatus() { return {}; }
inline Status InvalidArgumentError(string_view m) { return {StatusCode::kInvalidArgument, m}; }
inline Status NotFoundError(string_view m) { return {StatusCode::kNotFound, m}; }
inline Status PermissionDeniedError(string_view m) { return {StatusCode::kPermissionDenied, m}; }
inline Status ResourceExhaustedError(string_view m) { return {StatusCode::kResourceExhausted, m}; }
inline Status FailedPreconditionError(string_view m) {
  return {StatusCode::kFailedPrecondition, m};
}
inline Status OutOfRangeError(string_view m) { return {StatusCode::kOutOfRange, m}; }
inline Status UnimplementedError(string_view m) { return {StatusCode::kUnimplemented, m}; }
inline Status InternalError(string_view m) { return {StatusCode::kInternal, m}; }
inline Status UnavailableError(string_view m) { return {StatusCode::kUnavailable, m}; }
inline Status DataLossError(string_view m) { return {StatusCode::kDataLoss, m}; }

inline bool IsInvalidArgument(const Status& s) { return s.code() == StatusCode::kInvalidArgument; }
inline bool IsNotFound(const Status& s) { return s.code() == StatusCode::kNotFound; }
inline bool IsResourceExhausted(const Status& s) {
  return s.code() == StatusCode::kResourceExhausted;
}
inline bool IsFailedPrecondition(const Status& s) {
  return s.code() == StatusCode::kFailedPrecondition;
}
inline bool IsUnimplemented(const Status& s) { return s.code() == StatusCode::kUnimplemented; }
inline bool IsUnavailable(const Status& s) { return s.code() == StatusCode::kUnavailable; }
inline bool IsDataLoss(const Status& s) { return s.code() == StatusCode::kDataLoss; }

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUS_H_
