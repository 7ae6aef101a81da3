// SPDX-License-Identifier: Apache-2.0
//
// What the table of changes makes of a release, held against what is known of it by other means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/tcp/profile.h"
#include "model/tcp/release.h"
#include "model/tcp/trait.h"

namespace finwait {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

// One digit for each trait, in their order.
std::string Digits(const KernelProfile& kernel) {
  std::string digits;
  for (const Trait& trait : Traits()) digits += static_cast<char>('0' + trait.get(kernel));
  return digits;
}

struct Known {
  std::string_view name;
  std::string_view digits;
};

// As each was stated, and those that say so were held against running kernels, before there was a
// table of changes: whoever edits the table must not move them.
constexpr std::array kKnown = {
    Known{"linux-5.10.46", "00000000000000000000001"},
    Known{"linux-5.10.112", "00000000000000000010001"},
    Known{"linux-5.10", "01000000000110100110000"},
    Known{"linux-5.15", "00000000000010000010000"},
    Known{"linux-6.1.176", "11000000000110100110010"},
    Known{"linux-6.1", "11000000001110101110010"},
    Known{"linux-6.6", "01000100010010100010010"},
    Known{"linux-6.12.107", "11001100110111110111010"},
    Known{"linux-6.12", "11001100111111111111010"},
    Known{"linux-6.18", "11111120110111110111110"},
    Known{"linux-7.2", "11111121111111111111110"},
};

TEST(Profiles, ComeOutOfTheTableOfChangesAsTheyWereStated) {
  ASSERT_EQ(Profiles().size(), kKnown.size());
  for (size_t i = 0; i < kKnown.size(); ++i) {
    const KernelProfile& profile = Profiles()[i];
    EXPECT_EQ(profile.name, kKnown[i].name);
    EXPECT_EQ(Digits(profile), kKnown[i].digits) << profile.name;
    const std::optional<Release> release = ParseRelease(profile.release);
    ASSERT_TRUE(release.has_value()) << profile.release;
    EXPECT_EQ(Digits(BehaviourOf(*release)), kKnown[i].digits) << profile.name;
    EXPECT_EQ(FindProfile(profile.release), &profile);
    for (const Change& change : Changes()) {
      EXPECT_NE(Carried(change, *release), Carries::kUnknown)
          << change.trait << " in " << profile.name;
    }
  }
}

TEST(Profiles, EveryTraitChangesSomewhereInTheTable) {
  std::vector<std::string_view> changed, traits;
  for (const Change& change : Changes()) {
    if (changed.empty() || changed.back() != change.trait) changed.push_back(change.trait);
    KernelProfile before = BehaviourOf(OldestRelease());
    KernelProfile after = before;
    change.set(after);
    const std::vector<TraitValue> moved = ChangesTo(after, before);
    ASSERT_EQ(moved.size(), 1U) << change.trait;
    EXPECT_EQ(moved[0].trait->name, change.trait);
  }
  for (const Trait& trait : Traits()) traits.push_back(trait.name);
  EXPECT_THAT(changed, ElementsAreArray(traits));
}

TEST(Profiles, AReleaseCarriesWhatCameBackToItsSeries) {
  const auto takes = [](std::string_view release) {
    const KernelProfile* const kernel = FindProfile(release);
    return kernel != nullptr && kernel->old_ack_while_closing == OldAckWhileClosing::kAccepted;
  };
  for (const std::string_view release : {"6.1.166", "6.6.129", "6.8.12", "6.2.0", "5.10.1"}) {
    EXPECT_FALSE(takes(release)) << release;
  }
  for (const std::string_view release : {"6.1.167", "linux-6.6.130", "6.9.0", "6.19.3", "7.3.4"}) {
    EXPECT_TRUE(takes(release)) << release;
  }
}

TEST(Profiles, WhatWasDoneToAFinWasMendedInStableReleases) {
  const auto removes = [](std::string_view release) {
    return FindProfile(release)->failing_send == FailingSend::kRemovesFin;
  };
  EXPECT_TRUE(removes("5.10.79"));
  EXPECT_FALSE(removes("5.10.80"));
  EXPECT_FALSE(removes("5.16.0"));
  const auto counts_old_text = [](std::string_view release) {
    return FindProfile(release)->close_unread == CloseUnread::kOldTextBeforeFin;
  };
  for (const std::string_view release : {"5.10.245", "6.1.155", "6.12.52", "6.16.12"}) {
    EXPECT_TRUE(counts_old_text(release)) << release;
  }
  for (const std::string_view release : {"5.10.246", "6.1.156", "6.12.53", "6.18.0"}) {
    EXPECT_FALSE(counts_old_text(release)) << release;
  }
}

TEST(Profiles, AReleaseSaysThatItWasReadAndWhatIsNotKnown) {
  struct Row {
    std::string_view release, says;
  };
  for (const Row& row : {
           Row{"6.1.140", "the table of changes"},
           Row{"6.9.0", "the table of changes; not known: paws-replay"},
           Row{"6.1.193", "the table of changes; 6.1.y was read up to 6.1.192"},
           Row{"7.0.1",
               "the table of changes; not known: unsent-ack-when-established; what came back to "
               "7.0.y was not read"},
       }) {
    const KernelProfile* const kernel = FindProfile(row.release);
    ASSERT_NE(kernel, nullptr) << row.release;
    EXPECT_EQ(kernel->evidence, Evidence::kReadNotRun);
    EXPECT_EQ(kernel->checked_on, row.says);
    EXPECT_EQ(kernel->release, row.release);
    EXPECT_EQ(kernel->name, "linux-" + std::string(row.release));
    EXPECT_EQ(FindProfile(kernel->name), kernel) << "one profile for each release";
  }
}

TEST(Profiles, WhatIsNoKernelIsRefusedWithTheReason) {
  for (const std::string_view name : {"", "6.1", "linux-", "6.1.", "6.1.140.1", "6.1.140-rc1",
                                      "6.1.-1", "6.1.1000", "300.1.1", "moon"}) {
    EXPECT_EQ(FindProfile(name), nullptr) << name;
    EXPECT_THAT(WhyNoProfile(name), AllOf(HasSubstr("known: linux-5.10.46 linux-5.10.112"),
                                          HasSubstr("every release from 5.10.0 to 7.3.4")))
        << name;
  }
  EXPECT_EQ(FindProfile("4.19.124"), nullptr);
  EXPECT_EQ(WhyNoProfile("4.19.124"), "older than 5.10.0, the oldest release known");
  EXPECT_EQ(FindProfile("linux-7.3.5"), nullptr);
  EXPECT_EQ(WhyNoProfile("linux-7.3.5"), "newer than 7.3.4, the newest release known");
  EXPECT_EQ(FindProfile("5.20.1"), nullptr);
  EXPECT_EQ(WhyNoProfile("5.20.1"), "there are no releases 5.20.y");
}

}  // namespace
}  // namespace finwait
