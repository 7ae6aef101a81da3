// SPDX-License-Identifier: Apache-2.0
#include "cli/hunt_arguments.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "cli/usage.h"
#include "fuzz/corpus.h"

namespace finwait {
namespace {

// Refused without --exhaustive: it would have no effect.
void AddRegionOptions(CLI::App& app, ExhaustiveArguments& options) {
  Region& region = options.region;
  const char* const group = "Exhaustive search";
  CLI::Option* const on =
      app.add_flag("--exhaustive", options.on,
                   "Every schedule of a region, breadth first: what holds there holds, and a "
                   "counterexample is a shortest one")
          ->group(group);
  const auto bound = [&](const char* name, uint8_t& value, uint8_t max, const char* about) {
    app.add_option(name, value, about)
        ->needs(on)
        ->check(CLI::Range(0, int{max}))
        ->group(group)
        ->default_str(std::to_string(value));  // Captured, it would be taken for a character.
  };
  bound("--calls", region.calls, 4, "Each side: calls of close() or shutdown()");
  bound("--sends", region.sends, 4, "Each side: calls of send(), one data segment each");
  bound("--reads", region.reads, 4, "Each side: calls of recv()");
  bound("--in-flight", region.in_flight, 12, "Each side: segments in flight at once");
  bound("--losses", region.losses, 8, "In all: segments that the network loses");
  bound("--duplicates", region.duplicates, 8, "In all: segments that the network copies");
  bound("--retransmissions", region.retransmissions, 16,
        "In all: segments that the two ends send again");
  app.add_option("--jobs", options.jobs, "Threads; 0: one for each core")
      ->check(CLI::Range(0, 256))
      ->needs(on)
      ->group(group)
      ->capture_default_str();
  app.add_option("--memory", options.memory,
                 "Stop, with exit code 3, before more than this is kept: 2G, 500M")
      ->needs(on)
      ->group(group)
      ->capture_default_str();
  app.add_option("--resume", options.resume,
                 "Folder for checkpoints: a search that was killed goes on from there")
      ->needs(on)
      ->group(group);
  app.add_option("--shard", options.shard, "Only part I of N of the region, as I/N from 1/N to N/N")
      ->needs(on)
      ->group(group);
  app.add_option("--result", options.result, "Write the result to this file as JSON")
      ->needs(on)
      ->group(group);
  app.add_option("--join", options.join,
                 "Join the results of all shards of a region, and search nothing")
      ->excludes(on)
      ->group(group);
  app.add_flag("--no-symmetry", options.no_symmetry,
               "Tell a state and its mirror image apart where both ends are alike")
      ->needs(on)
      ->group(group);
}

}  // namespace

void AddHuntOptions(CLI::App& app, HuntArguments& options) {
  app.add_option("--kernel", options.kernel,
                 "Kernel of both ends (finwait list kernels), or a full release: 6.1.140");
  app.add_option("--a", options.a, "End A: KERNEL[,MODE][,peer=NAME] (finwait list peers)");
  app.add_option("--b", options.b, "End B: likewise");
  app.add_option("--mode", options.mode,
                 "Only cases at an end that ends so: shutdown-wr, shutdown-rdwr, close, linger-0, "
                 "linger-n");
  app.add_option("--property", options.properties, "Only this property; may be repeated; or all");
  app.add_option("--seed", options.seed, "Seed; the same seed gives the same results")
      ->check(WholeNumber())
      ->capture_default_str();
  app.add_option("--schedules", options.schedules, "How many schedules a kernel pair")
      ->check(WholeNumber(1))
      ->capture_default_str();
  app.add_option("--proof-states", options.proof_states, "States to spend on one proof")
      ->check(WholeNumber())
      ->capture_default_str();
  app.add_flag("--keep-going", options.keep_going,
               "One finding a cause, not one a property; go on to the last schedule");
  app.add_flag("--allow-vacuous", options.allow_vacuous, "A named property may never apply");
  app.add_option("--known", options.known,
                 "Corpus whose causes are known, and what else comes from the same behaviours");
  app.add_option("--findings", options.findings, "Where new causes are kept");
  AddRegionOptions(app, options.exhaustive);
  for (const char* const random : {"--seed", "--schedules", "--proof-states", "--keep-going"}) {
    app.get_option(random)->excludes("--exhaustive");
  }
  AddOutputOptions(app, options.output);
  app.footer(
      "Examples:\n"
      "  finwait hunt --kernel linux-5.10 --mode close\n"
      "  finwait hunt --a linux-5.10,shutdown-wr --b linux-6.12 --json\n"
      "  finwait hunt --exhaustive --kernel linux-6.12\n"
      "  finwait hunt --exhaustive --kernel linux-6.12 --reads 1 --memory 8G --resume DIR\n"
      "  finwait hunt --exhaustive --kernel linux-6.12 --shard 3/16 --result part-3.json\n"
      "  finwait hunt --join part-*.json\n"
      "Exit codes: 0 everything held; 1 a violation, or nothing applied; 2 bad input; 3 the memory "
      "limit was reached.");
}

absl::StatusOr<std::vector<std::array<EndChoice, 2>>> Pairs(const HuntArguments& options) {
  std::vector<std::array<EndChoice, 2>> pairs;
  if (options.a.empty() && options.b.empty() && options.kernel.empty()) {
    for (const KernelProfile& kernel : HeadlineProfiles()) {
      pairs.push_back({EndChoice{&kernel}, EndChoice{&kernel}});
    }
    return pairs;
  }
  const std::string both =
      options.kernel.empty() ? std::string(HeadlineProfiles().back().name) : options.kernel;
  std::array<EndChoice, 2> pair;
  for (const Side side : {Side::kA, Side::kB}) {
    const std::string& own = side == Side::kA ? options.a : options.b;
    const absl::StatusOr<EndChoice> end = ParseEnd(own.empty() ? both : own);
    if (!end.ok()) return end.status();
    pair[Index(side)] = *end;
  }
  pairs.push_back(pair);
  return pairs;
}

absl::StatusOr<Known> KnownTo(const HuntArguments& options) {
  std::error_code error;
  if (options.known == DefaultCorpus() && !std::filesystem::exists(options.known, error)) {
    return Known();
  }
  const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadCorpus(options.known);
  if (!schedules.ok()) return schedules.status();
  return Known(*schedules);
}

}  // namespace finwait
