// SPDX-License-Identifier: Apache-2.0
//
// Exhaustive search of small regions. The counts are pinned: a change of the model, of the
// fingerprint or of what a region is shows here first, and is then either meant or not.
#include "fuzz/exhaust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "fuzz/checkpoint.h"
#include "fuzz/schedule_file.h"
#include "fuzz/shard.h"
#include "tests/testing/schedules.h"

// Stands before the C library's, and only counts.
static std::atomic<int> synced = 0;
extern "C" int fsync(int /*file*/) {
  ++synced;
  return 0;
}

namespace finwait {
namespace {

using ::finwait::testing::Pair;
using ::testing::HasSubstr;

// Both ends shut down sending; one loss, no more than one retransmission.
ExhaustOptions Small(std::string_view kernel) {
  ExhaustOptions options;
  options.setup = Pair(kernel);
  options.properties = {};
  for (const char* const name :
       {"fin-not-silently-dropped", "text-not-silently-dropped", "both-ends-finish"}) {
    options.properties.Add(*FindProperty(name));
  }
  options.region.modes = {Mode::kShutdownWr, Mode::kShutdownWr};
  options.region.reads = 0;
  options.region.in_flight = 2;
  options.region.retransmissions = 0;
  return options;
}

ExhaustResult Searched(const ExhaustOptions& options) {
  absl::StatusOr<ExhaustResult> result = Exhaust(options);
  EXPECT_TRUE(result.ok()) << result.status();
  return *std::move(result);
}

class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "finwait-exhaust-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Exhaust, ANewKernelHoldsInTheRegion) {
  ExhaustOptions options = Small("linux-6.12");
  options.properties = PropertiesByDefault();
  const ExhaustResult result = Searched(options);
  EXPECT_TRUE(result.complete);
  EXPECT_TRUE(result.symmetric);
  EXPECT_GT(result.passes.size(), 1U);
  EXPECT_EQ(result.violated, PropertySet{});
  EXPECT_EQ(result.counts.bound, 0U);
}

TEST(Exhaust, TheCountsArePinned) {
  ExhaustOptions options = Small("linux-6.12");
  options.properties = Only(*FindProperty("fin-not-silently-dropped"));
  const ExhaustResult result = Searched(options);
  EXPECT_EQ(result.counts.states, 16'813U);
  EXPECT_EQ(result.counts.edges, 37'599U);
}

TEST(Exhaust, AnOldKernelLosesTheFinAndTheShortestWayIsTheDisorder) {
  const ExhaustResult result = Searched(Small("linux-5.10"));
  ASSERT_FALSE(result.findings.empty());
  const ExhaustFinding& finding = result.findings.front();
  EXPECT_EQ(kProperties[finding.property].name, "fin-not-silently-dropped");
  EXPECT_EQ(FormatOneLine(finding.shortest),
            "A linux-5.10; B linux-5.10; A.shutdown WR; B.shutdown WR; deliver A1 B2 B1");
  ASSERT_TRUE(finding.replayed.has_value()) << "in the full model too";
  EXPECT_EQ(finding.replayed->violation.rule, RuleId::kSegmentAckOld);
}

TEST(Exhaust, TwoThreadsMeetTheSameStatesAsOne) {
  ExhaustOptions options = Small("linux-5.10");
  options.properties = Searchable(EveryProperty());
  const ExhaustResult one = Searched(options);
  options.jobs = 2;
  const ExhaustResult two = Searched(options);
  EXPECT_EQ(one.counts.states, two.counts.states);
  EXPECT_EQ(one.counts.edges, two.counts.edges);
  EXPECT_EQ(one.levels, two.levels);
  EXPECT_EQ(one.violated, two.violated);
}

TEST(Exhaust, WithoutSymmetryTheVerdictsAreTheSame) {
  for (const char* const kernel : {"linux-5.10", "linux-6.12"}) {
    ExhaustOptions options = Small(kernel);
    options.properties = Searchable(EveryProperty());
    const ExhaustResult folded = Searched(options);
    options.fold = false;
    const ExhaustResult whole = Searched(options);
    EXPECT_TRUE(folded.symmetric);
    EXPECT_FALSE(whole.symmetric);
    EXPECT_EQ(folded.violated, whole.violated);
    EXPECT_EQ(folded.applied, whole.applied);
    EXPECT_LT(folded.counts.states, whole.counts.states);
    EXPECT_GE(2 * folded.counts.states, whole.counts.states);
  }
}

TEST(Exhaust, TwoKernelsAreNotSymmetric) {
  ExhaustOptions options = Small("linux-6.12");
  options.setup[Side::kB].host = Pair("linux-5.10")[Side::kB].host;
  EXPECT_FALSE(Searched(options).symmetric);
}

// A plain search on whole worlds meets the same states and makes the same choices as the one that
// looks up what it knows.
void ComparedWithWorlds(ExhaustOptions options) {
  options.together = kPropertyCount;
  const Ground ground =
      FrozenGround(options.setup, options.region, options.properties, options.fold);
  Visited visited;
  Bytes current;
  Bytes next;
  Expander expander(ground, visited,
                    [&](const SearchState& state, const Choice&) { Pack(ground, state, next); });
  ASSERT_TRUE(expander.Begin());
  Pack(ground, ground.start, current);
  SearchState state = ground.start;
  PropertySet violated;
  for (uint32_t level = 0; !current.empty(); ++level) {
    next.clear();
    for (const uint8_t* at = current.data(); at != current.data() + current.size();) {
      Unpack(ground, at, state);
      expander.Expand(state, level);
      if (!expander.AtBorder()) continue;
      expander.SettleAtBorder(state, [&](const SearchState& settled) {
        for (size_t i = 0; i < kPropertyCount; ++i) {
          if (std::holds_alternative<Violated>(settled.monitors.Finish(i))) violated.Add(i);
        }
      });
    }
    current.swap(next);
  }
  const ExhaustResult result = Searched(options);
  EXPECT_EQ(result.counts.states, expander.counts().states);
  EXPECT_EQ(result.counts.edges, expander.counts().edges);
  EXPECT_EQ(result.counts.left, expander.counts().left);
  EXPECT_EQ(result.counts.bound, expander.counts().bound);
  EXPECT_EQ(result.violated, violated);
}

TEST(Exhaust, LookedUpStepsAreTheModelsSteps) {
  ExhaustOptions options = Small("linux-5.10");
  options.properties = Searchable(EveryProperty());
  ComparedWithWorlds(options);
  options = Small("linux-6.12");
  options.region.modes = {Mode::kClose, Mode::kLingerN};
  options.region.sends = 0;
  options.region.reads = 1;
  options.region.duplicates = 1;
  ComparedWithWorlds(options);
}

TEST(Exhaust, AMemoryLimitStopsTheSearchAndItGoesOnWithMore) {
  const Folder folder;
  ExhaustOptions options = Small("linux-6.12");
  const ExhaustResult whole = Searched(options);
  options.folder = folder.path();
  options.bytes_max = whole.bytes_peak / 3;
  const ExhaustResult stopped = Searched(options);
  EXPECT_FALSE(stopped.complete);
  EXPECT_LT(stopped.counts.states, whole.counts.states);
  options.bytes_max = uint64_t{1} << 30U;
  const ExhaustResult resumed = Searched(options);
  EXPECT_TRUE(resumed.complete);
  EXPECT_TRUE(resumed.resumed);
  EXPECT_EQ(resumed.counts.states, whole.counts.states);
  EXPECT_EQ(resumed.counts.edges, whole.counts.edges);
  EXPECT_EQ(resumed.applied, whole.applied);
}

TEST(Exhaust, ACheckpointOfAnotherSearchOrADamagedOneIsRefused) {
  const Folder folder;
  ExhaustOptions options = Small("linux-6.12");
  options.region.losses = 0;
  options.folder = folder.path();
  Searched(options);
  options.region.losses = 1;
  EXPECT_THAT(std::string(Exhaust(options).status().message()), HasSubstr("another search"));
  options.region.losses = 0;
  const std::string path = folder.path() + "/pass-1/" + kCheckpointName;
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  EXPECT_THAT(std::string(Exhaust(options).status().message()), HasSubstr("damaged"));
  std::ofstream(path) << "no checkpoint";
  EXPECT_THAT(std::string(Exhaust(options).status().message()), HasSubstr("not a checkpoint"));
}

TEST(Exhaust, ACheckpointIsOnTheDiskBeforeItHasItsName) {
  const Folder folder;
  ExhaustOptions options = Small("linux-6.12");
  options.region.losses = 0;
  options.folder = folder.path();
  std::filesystem::create_directories(folder.path() + "/pass-1");
  std::ofstream(folder.path() + "/pass-1/" + kCheckpointName + ".draft-1") << "of one killed";
  synced = 0;
  Searched(options);
  EXPECT_GE(synced, 2) << "the file, and its folder";
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() + "/pass-1")) {
    EXPECT_EQ(entry.path().filename(), kCheckpointName);
  }
}

std::vector<ShardResult> Shards(const ExhaustOptions& whole, uint32_t count) {
  std::vector<ShardResult> shards;
  for (uint32_t number = 1; number <= count; ++number) {
    ExhaustOptions options = whole;
    options.shard = Shard{number, count};
    const ShardResult shard = ShardResultOf(options, Searched(options));
    const absl::StatusOr<ShardResult> read = ParseShard(FormatShard(shard), "shard.json");
    EXPECT_TRUE(read.ok()) << read.status();
    shards.push_back(*read);
  }
  return shards;
}

TEST(Shards, JoinToTheVerdictOfTheWhole) {
  for (const char* const kernel : {"linux-5.10", "linux-6.12"}) {
    const ExhaustOptions options = Small(kernel);
    const ShardResult whole = ShardResultOf(options, Searched(options));
    const std::vector<ShardResult> shards = Shards(options, 3);
    const absl::StatusOr<ShardResult> joined = JoinShards(shards);
    ASSERT_TRUE(joined.ok()) << joined.status();
    EXPECT_EQ(joined->search, whole.search);
    EXPECT_EQ(std::set<std::string>(joined->applied.begin(), joined->applied.end()),
              std::set<std::string>(whole.applied.begin(), whole.applied.end()));
    ASSERT_EQ(joined->violations.size(), whole.violations.size());
    for (size_t i = 0; i < whole.violations.size(); ++i) {
      EXPECT_EQ(joined->violations[i].schedule, whole.violations[i].schedule);
    }
    EXPECT_GE(joined->states, whole.states);
    for (const ShardResult& shard : shards) EXPECT_LT(shard.states, whole.states);
  }
}

TEST(Shards, IncompleteMixedOrDoubleSetsAreRefused) {
  ExhaustOptions options = Small("linux-6.12");
  options.region.losses = 0;
  const std::vector<ShardResult> shards = Shards(options, 2);
  const auto why = [](const std::vector<ShardResult>& some) {
    return std::string(JoinShards(some).status().message());
  };
  EXPECT_EQ(why(shards), "");
  EXPECT_THAT(why({}), HasSubstr("no results"));
  EXPECT_THAT(why({shards[0]}), HasSubstr("shard 2/2 is missing"));
  EXPECT_THAT(why({shards[0], shards[1], shards[0]}), HasSubstr("shard 1/2 is there twice"));
  std::vector<ShardResult> other = shards;
  other[1].search += "!";
  EXPECT_THAT(why(other), HasSubstr("another search"));
  other = shards;
  other[1].shard.count = 3;
  EXPECT_THAT(why(other), HasSubstr("another split"));
  other = shards;
  other[1].complete = false;
  EXPECT_THAT(why(other), HasSubstr("did not complete"));
  EXPECT_THAT(std::string(ParseShard("{}", "x.json").status().message()), HasSubstr("x.json: "));
  EXPECT_THAT(std::string(ParseShard("[1", "x.json").status().message()), HasSubstr("x.json: "));
}

// In a symmetric search a state and its mirror image lead to mirror images: else what is folded
// away would be lost.
TEST(Exhaust, MirrorImagesLeadToMirrorImages) {
  ExhaustOptions options = Small("linux-5.10");
  options.region.retransmissions = 1;
  const Ground ground = FrozenGround(options.setup, options.region, options.properties, true);
  ASSERT_TRUE(ground.symmetric);
  const auto successors = [&](const SearchState& state, Bytes* out) {
    std::set<uint64_t> prints;
    Visited fresh;
    Expander expander(ground, fresh, [&](const SearchState& next, const Choice&) {
      prints.insert(FingerprintOf(true, PartsOf(ground, next), next.budget));
      if (out != nullptr) Pack(ground, next, *out);
    });
    expander.Expand(state, 0);
    return prints;
  };
  Bytes queue;
  Pack(ground, ground.start, queue);
  SearchState state = ground.start;
  SearchState mirror = ground.start;
  size_t offset = 0;
  for (int i = 0; i < 5000; ++i) {
    const uint8_t* at = queue.data() + offset;
    Unpack(ground, at, state);
    offset = static_cast<size_t>(at - queue.data());
    Mirror(state, mirror);
    ASSERT_EQ(successors(state, &queue), successors(mirror, nullptr)) << "state " << i;
  }
}

}  // namespace
}  // namespace finwait
