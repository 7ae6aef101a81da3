// SPDX-License-Identifier: Apache-2.0
//
// What the fuzz build has in place of Abseil answers as Abseil does: this file is compiled against
// both (decision 0012).
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace {

absl::StatusOr<std::string> Twice(const std::string& text) {
  if (text.empty()) return absl::InvalidArgumentError("nothing");
  return absl::StrCat(text, text);
}

TEST(StandIn, Status) {
  EXPECT_TRUE(absl::Status().ok());
  EXPECT_EQ(absl::OkStatus(), absl::Status());
  const absl::Status status = absl::UnavailableError(absl::StrCat("no ", 7));
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(std::string(status.message()), "no 7");
  EXPECT_TRUE(absl::IsUnavailable(status));
  EXPECT_FALSE(absl::IsNotFound(status));
  EXPECT_EQ(absl::Status(status.code(), "other").code(), status.code());
  EXPECT_NE(absl::Status(status.code(), "other"), status);
}

TEST(StandIn, StatusOr) {
  EXPECT_EQ(*Twice("ab"), "abab");
  EXPECT_EQ(Twice("ab")->size(), 4U);
  EXPECT_TRUE(absl::IsInvalidArgument(Twice("").status()));
  EXPECT_TRUE(Twice("ab").status().ok());
  absl::StatusOr<std::unique_ptr<int>> moved = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = *std::move(moved);
  EXPECT_EQ(*taken, 3);
}

TEST(StandInDeathTest, StatusOrWithoutAValueEndsTheProgram) {
  const absl::StatusOr<int> nothing = absl::NotFoundError("nothing");
  EXPECT_DEATH(static_cast<void>(*nothing), "");
}

TEST(StandIn, StrCat) {
  const uint8_t small = 200;
  EXPECT_EQ(absl::StrCat("a", std::string("b"), absl::string_view("c"), 1, -2, small, uint64_t{3}),
            "abc1-22003");
  std::string text = "x";
  absl::StrAppend(&text, "=", 5);
  EXPECT_EQ(text, "x=5");
}

TEST(StandIn, StrJoin) {
  const std::vector<std::string> words = {"a", "", "c"};
  EXPECT_EQ(absl::StrJoin(words, ", "), "a, , c");
  EXPECT_EQ(absl::StrJoin(std::vector<std::string>{}, ", "), "");
  const std::vector<int> numbers = {1, 2};
  EXPECT_EQ(absl::StrJoin(numbers, "; ",
                          [](std::string* out, int n) { absl::StrAppend(out, "<", n, ">"); }),
            "<1>; <2>");
}

TEST(StandIn, StrFormat) {
  EXPECT_EQ(absl::StrFormat("C-%06x", uint64_t{0xABC}), "C-000abc");
  EXPECT_EQ(absl::StrFormat("%6s|%-4s|%s", "ab", std::string("c"), absl::string_view("de")),
            "    ab|c   |de");
  EXPECT_EQ(absl::StrFormat(".%06d", int64_t{42}), ".000042");
  EXPECT_EQ(absl::StrFormat("at %.1f ms, %d%%", 2.25, 7), "at 2.2 ms, 7%");
  EXPECT_EQ(absl::StrFormat("%%{ x == %d }%%", -1), "%{ x == -1 }%");
}

TEST(StandIn, StrReplaceAll) {
  EXPECT_EQ(absl::StrReplaceAll("a#b\n#", {{"#", "\\#"}, {"\n", " "}}), "a\\#b \\#");
  EXPECT_EQ(absl::StrReplaceAll("aaa", {{"aa", "b"}}), "ba");
}

}  // namespace
