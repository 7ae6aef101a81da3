// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_protocol.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace finwait {
namespace {

const std::string kAll = []() {
  std::string all(256, '\0');
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
  return all;
}();

RC_GTEST_PROP(GuestArguments, SurviveTheirFile, (const std::vector<std::string>& arguments)) {
  const auto parsed = ParseArguments(FormatArguments(arguments));
  RC_ASSERT(parsed.ok());
  RC_ASSERT(*parsed == arguments);
}

TEST(GuestArguments, AreALineEach) {
  EXPECT_EQ(FormatArguments({"replay", "-e", "A.close;\nB.close", "", "a\\b"}),
            "replay\n-e\nA.close;\\nB.close\n\na\\\\b\n");
  EXPECT_FALSE(ParseArguments("no end").ok());
  EXPECT_FALSE(ParseArguments("half\\\n").ok());
  EXPECT_FALSE(ParseArguments("other\\t\n").ok());
}

TEST(GuestRecords, BringEveryByteInPiecesOfAnySize) {
  const std::string bytes = GuestBegins() + FormatOutput(Stream::kOut, kAll) +
                            FormatOutput(Stream::kErr, "oh\r\n") +
                            FormatOutput(Stream::kOut, "exit 0 0\n") + FormatExit(7, 269);
  for (size_t size = 1; size <= bytes.size(); ++size) {
    GuestRecords records;
    for (size_t at = 0; at < bytes.size(); at += size) {
      EXPECT_FALSE(records.exit_code().has_value()) << "no exit code before the last record";
      ASSERT_TRUE(records.Take(std::string_view(bytes).substr(at, size)).ok());
    }
    EXPECT_EQ(records.out(), kAll + "exit 0 0\n");
    EXPECT_EQ(records.TakeErr(), "oh\r\n");
    EXPECT_EQ(records.TakeErr(), "") << "taken";
    EXPECT_EQ(records.exit_code(), 7);
  }
}

TEST(GuestRecords, PassOverWhatComesBeforeTheBeginning) {
  GuestRecords records;
  EXPECT_TRUE(records.Take("SeaBIOS\r\nexit 0 0\n\x1b[2J" + GuestBegins() + FormatExit(0, 0)).ok());
  EXPECT_EQ(records.exit_code(), 0);
}

TEST(GuestRecords, WithoutTheLastThereIsNoExitCode) {
  GuestRecords records;
  EXPECT_TRUE(records.Take(GuestBegins() + FormatOutput(Stream::kOut, "half a tr")).ok());
  EXPECT_TRUE(records.Take("exit 0").ok());
  EXPECT_EQ(records.exit_code(), std::nullopt);
}

TEST(GuestRecords, TellWhatIsLacking) {
  GuestRecords records;
  EXPECT_TRUE(records.Take(GuestBegins() + FormatLacking("CONFIG_TUN (tun.ko)")).ok());
  EXPECT_EQ(records.lacking(), "CONFIG_TUN (tun.ko)");
  EXPECT_EQ(records.exit_code(), std::nullopt);
}

TEST(GuestRecords, SayWhenBytesWereLostOnTheWay) {
  const std::string garbled[] = {
      FormatOutput(Stream::kOut, "four") + FormatExit(0, 5),
      FormatOutput(Stream::kOut, "four").substr(0, 9) + FormatExit(0, 4) + FormatExit(0, 4),
      "exit\n",
      "exit 0\n",
      "exit x 0\n",
      "out -1\n",
      "out 9999999999\n",
      "hello\n",
      "\n",
  };
  for (const std::string& bytes : garbled) {
    GuestRecords records;
    EXPECT_EQ(records.Take(GuestBegins() + bytes).code(), absl::StatusCode::kDataLoss) << bytes;
  }
}

}  // namespace
}  // namespace finwait
