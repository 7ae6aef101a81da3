// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUSOR_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUSOR_H_

#include <cstdlib>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"

namespace absl {
inline namespace finwait_standin {

template <typename T>
class [[nodiscard]] StatusOr {
  template <typename U>
  static constexpr bool kMakesValue =
      std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, StatusOr> &&
      !std::is_same_v<std::remove_cvref_t<U>, Status>;

 public:
  StatusOr() : status_(InternalError("nothing")) {}
  // A function that gives a StatusOr returns either: hence no `explicit`, as in Abseil.
  // NOLINTBEGIN(google-explicit-constructor, bugprone-forwarding-reference-overload)
  StatusOr(Status status) : status_(std::move(status)) {
    if (status_.ok()) std::abort();
  }
  template <typename U = T>
  requires kMakesValue<U> StatusOr(U&& value) : value_(std::in_place, std::forward<U>(value)) {}
  // NOLINTEND(google-explicit-constructor, bugprone-forwarding-reference-overload)

  bool ok() const { return status_.ok(); }
  const Status& status() const { return status_; }

  // Without a value the program ends, as with Abseil.
  const T& operator*() const& { return Checked(), *value_; }
  T& operator*() & { return Checked(), *value_; }
  T&& operator*() && { return Checked(), *std::move(value_); }
  const T* operator->() const { return Checked(), &*value_; }
  T* operator->() { return Checked(), &*value_; }

 private:
  void Checked() const {
    if (!value_.has_value()) std::abort();
  }

  Status status_;
  std::optional<T> value_;
};

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STATUS_STATUSOR_H_
