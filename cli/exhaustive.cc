// SPDX-License-Identifier: Apache-2.0
#include "cli/exhaustive.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>

#include "absl/strings/str_cat.h"
#include "cli/exhaustive_output.h"
#include "cli/finding_output.h"
#include "cli/hunt_output.h"
#include "cli/interrupt.h"
#include "fuzz/corpus.h"
#include "fuzz/exhaust.h"
#include "fuzz/known.h"
#include "fuzz/shard.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

// A whole number at the front of `text`, which is moved behind it.
bool TakeNumber(std::string_view& text, uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return true;
}

absl::StatusOr<uint64_t> ParseMemory(const std::string& text) {
  std::string_view rest = text;
  uint64_t number = 0;
  const bool good = TakeNumber(rest, number) && number > 0 && number < (1U << 20U);
  if (good && (rest == "M" || rest == "m")) return number << 20U;
  if (good && (rest == "G" || rest == "g")) return number << 30U;
  return absl::InvalidArgumentError(
      absl::StrCat("--memory takes a size such as 2G or 500M, not '", text, "'"));
}

absl::StatusOr<Shard> ParseShardNumber(const std::string& text) {
  if (text.empty()) return Shard{};
  std::string_view rest = text;
  uint64_t number = 0;
  uint64_t count = 0;
  bool good = TakeNumber(rest, number) && rest.starts_with('/');
  if (good) rest.remove_prefix(1);
  good = good && TakeNumber(rest, count) && rest.empty() && number >= 1 && number <= count;
  if (good && count <= 1'000'000) {
    return Shard{static_cast<uint32_t>(number), static_cast<uint32_t>(count)};
  }
  return absl::InvalidArgumentError(
      absl::StrCat("--shard takes I/N with I from 1 to N, not '", text, "'"));
}

// A line that overwrites itself on a terminal; elsewhere one every ten seconds.
std::function<void(const ExhaustProgress&)> Progress(const std::string& name) {
  double told = 0;
  uint64_t states = 0;
  return [=](const ExhaustProgress& now) mutable {
    const bool terminal = IsTerminal(stderr);
    const double since = now.seconds - told;
    if (since < (terminal ? 0.25 : 10.0)) return;
    const auto rate = static_cast<uint64_t>(static_cast<double>(now.states - states) / since);
    const std::string line =
        absl::StrCat("hunt     ", name, "  level ", now.level, ", ", Grouped(now.states),
                     " states, ", Grouped(rate), "/s, ", SizeText(now.bytes));
    std::fprintf(stderr, "%s%s%s", terminal ? "\r" : "", line.substr(0, 79).c_str(),
                 terminal ? "\x1b[K" : "\n");
    told = now.seconds;
    states = now.states;
  };
}

absl::StatusOr<ExhaustOptions> OptionsFor(const HuntArguments& arguments,
                                          const std::array<EndChoice, 2>& pair) {
  const ExhaustiveArguments& own = arguments.exhaustive;
  ExhaustOptions options;
  options.setup = PairOf(*pair[0].kernel, *pair[1].kernel);
  for (const Side side : {Side::kA, Side::kB}) {
    options.setup[side].quirk = pair[Index(side)].peer;
  }
  options.region = own.region;
  options.region.modes = {pair[0].mode, pair[1].mode};
  if (!arguments.mode.empty()) {
    const absl::StatusOr<Mode> mode = ParseMode(arguments.mode);
    if (!mode.ok()) return mode.status();
    if (*mode != Mode::kAny) {
      options.victim_mode = *mode;
      options.region.modes[0] = *mode;
    }
  }
  const absl::StatusOr<PropertySet> properties = ParseProperties(arguments.properties);
  if (!properties.ok()) return properties.status();
  options.properties = *properties;
  if (Searchable(options.properties) == PropertySet{}) {
    return absl::InvalidArgumentError(
        "exhaustive search cannot judge it: it compares runs, goes by the serials of segments, or "
        "is for some run to show");
  }
  const absl::StatusOr<uint64_t> memory = ParseMemory(own.memory);
  if (!memory.ok()) return memory.status();
  options.bytes_max = *memory;
  const absl::StatusOr<Shard> shard = ParseShardNumber(own.shard);
  if (!shard.ok()) return shard.status();
  options.shard = *shard;
  options.jobs = own.jobs != 0 ? own.jobs : std::max(1U, std::thread::hardware_concurrency());
  options.fold = !own.no_symmetry;
  options.folder = own.resume;
  options.stop = CatchInterrupts();
  options.progress = Progress(PairName(options.setup));
  return options;
}

class Exhaustively {
 public:
  explicit Exhaustively(const HuntArguments& arguments) : arguments_(arguments) {}
  CommandResult Run();

 private:
  absl::Status Search(const std::array<EndChoice, 2>& pair, bool first);
  absl::Status Take(const ExhaustOptions& options, const ExhaustResult& result);

  const HuntArguments& arguments_;
  Known known_;
  Json json_ = Json::array();
  bool violated_ = false, unfinished_ = false, vacuous_ = false;
  absl::Status kept_;  // The first error in keeping a finding: told once all was shown.
};

// What the result means for the exit code and for the files that are kept.
absl::Status Exhaustively::Take(const ExhaustOptions& options, const ExhaustResult& result) {
  violated_ |= !result.findings.empty() || result.not_shown != PropertySet{};
  unfinished_ |= !result.complete || result.counts.bound > 0;
  vacuous_ |= result.applied == PropertySet{};
  if (!arguments_.properties.empty() && options.shard.count == 1) {
    vacuous_ |= Searchable(options.properties).Without(result.applied) != PropertySet{};
  }
  for (const ExhaustFinding& finding : result.findings) {
    if (!finding.replayed.has_value() || !finding.replayed->IsNew()) continue;
    const absl::StatusOr<std::string> path = Keep(*finding.replayed, arguments_.findings);
    kept_.Update(path.status());
    if (!path.ok()) continue;
    if (!arguments_.output.json) std::printf("  NEW cause, kept: %s\n", NearPath(*path).c_str());
  }
  if (arguments_.exhaustive.result.empty()) return absl::OkStatus();
  return WriteWhole(arguments_.exhaustive.result, FormatShard(ShardResultOf(options, result)));
}

absl::Status Exhaustively::Search(const std::array<EndChoice, 2>& pair, bool first) {
  const absl::StatusOr<ExhaustOptions> options = OptionsFor(arguments_, pair);
  if (!options.ok()) return options.status();
  if (first && !arguments_.output.json) {
    std::printf("hunt     exhaustive, %d properties, %u threads, at most %s\nregion   %s\n",
                Searchable(options->properties).Count(), options->jobs,
                SizeText(options->bytes_max).c_str(), options->region.Text().c_str());
  }
  absl::StatusOr<ExhaustResult> result = Exhaust(*options);
  if (IsTerminal(stderr)) std::fprintf(stderr, "\r\x1b[K");
  if (!result.ok()) return result.status();
  for (ExhaustFinding& finding : result->findings) {
    if (!finding.replayed.has_value()) continue;
    finding.replayed->known_in = known_.Find(finding.replayed->cause, finding.replayed->origins);
  }
  if (arguments_.output.json) {
    json_.push_back(ToJson(*options, *result));
  } else {
    if (first) std::printf("frozen   %s\n", FrozenText(*result).c_str());
    std::printf("%s", ExhaustText(*options, *result, arguments_.output).c_str());
  }
  if (!result->complete && !result->stopped) {
    std::fprintf(stderr,
                 "finwait: %s: the memory limit of %s was reached on level %u; --memory raises it, "
                 "a smaller region or --shard needs less\n",
                 PairName(options->setup).c_str(), SizeText(options->bytes_max).c_str(),
                 result->levels);
  }
  return Take(*options, *result);
}

CommandResult Exhaustively::Run() {
  CatchInterrupts();
  const absl::StatusOr<Known> known = KnownTo(arguments_);
  if (!known.ok()) return known.status();
  known_ = *known;
  const absl::StatusOr<std::vector<std::array<EndChoice, 2>>> pairs = Pairs(arguments_);
  if (!pairs.ok()) return pairs.status();
  const ExhaustiveArguments& own = arguments_.exhaustive;
  if (pairs->size() > 1 && !(own.resume.empty() && own.result.empty() && own.shard.empty())) {
    return absl::InvalidArgumentError(
        "--resume, --result and --shard are for one pair of kernels: name it by --kernel");
  }
  for (size_t i = 0; i < pairs->size(); ++i) {
    if (absl::Status status = Search((*pairs)[i], i == 0); !status.ok()) return status;
    if (WasInterrupted()) break;
  }
  if (arguments_.output.json) std::printf("%s\n", json_.dump(2).c_str());
  if (!kept_.ok()) return kept_;
  if (WasInterrupted()) return ExitAfterInterrupt(kExitHeld);
  if (violated_) return kExitViolated;
  if (unfinished_) return kExitLacking;
  if (vacuous_ && !arguments_.allow_vacuous) {
    std::fprintf(stderr, "finwait: a property never applied (--allow-vacuous accepts that)\n");
    return kExitViolated;
  }
  return kExitHeld;
}

}  // namespace

CommandResult HuntExhaustively(const HuntArguments& options) { return Exhaustively(options).Run(); }

absl::StatusOr<ShardResult> ReadShards(const std::vector<std::string>& paths) {
  std::vector<ShardResult> shards;
  for (const std::string& path : paths) {
    const absl::StatusOr<std::string> text = ReadFile(path);
    if (!text.ok()) return text.status();
    const absl::StatusOr<ShardResult> shard = ParseShard(*text, path);
    if (!shard.ok()) return shard.status();
    shards.push_back(*shard);
  }
  return JoinShards(shards);
}

CommandResult JoinShardFiles(const HuntArguments& options) {
  const std::vector<std::string>& paths = options.exhaustive.join;
  const absl::StatusOr<ShardResult> joined = ReadShards(paths);
  if (!joined.ok()) return joined.status();
  const std::string text = options.output.json
                               ? FormatShard(*joined)
                               : JoinedText(*joined, static_cast<uint32_t>(paths.size()));
  std::printf("%s", text.c_str());
  if (!joined->violations.empty()) return kExitViolated;
  if (joined->bound > 0) return kExitLacking;
  return joined->applied.empty() && !options.allow_vacuous ? kExitViolated : kExitHeld;
}

}  // namespace finwait
