// SPDX-License-Identifier: Apache-2.0
#include "cli/guest.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "stacks/file_bytes.h"
#include "stacks/guest.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "guest:";

// $FINWAIT_STATIC, which ./x sets, or this program if it asks for no loader.
absl::StatusOr<std::string> StaticProgram() {
  const char* const set = std::getenv("FINWAIT_STATIC");
  const std::string path = set != nullptr ? set : "/proc/self/exe";
  absl::StatusOr<std::string> program = ReadBytes(path);
  if (!program.ok() || !AsksForLoader(*program)) return program;
  return absl::UnavailableError(
      absl::StrCat(set != nullptr ? path : "this program",
                   " needs shared libraries, which a guest has not; build it without: ./x static"));
}

absl::StatusOr<GuestResult> Run(const GuestRun& run, const GuestArguments& arguments) {
  const absl::StatusOr<GuestKernel> kernel = FindGuest(run.target.substr(kPrefix.size()));
  if (!kernel.ok()) return kernel.status();
  absl::StatusOr<std::string> program = StaticProgram();
  if (!program.ok()) return program.status();
  GuestJob job{.program = *std::move(program), .arguments = run.arguments, .files = {}};
  for (const GuestRun::File& file : run.files) {
    absl::StatusOr<std::string> bytes = ReadBytes(file.path);
    if (!bytes.ok()) return absl::InvalidArgumentError(bytes.status().message());
    job.files.push_back(GuestFile{.path = file.in_guest, .bytes = *std::move(bytes)});
  }
  const auto to_stderr = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
  };
  GuestOptions options;
  options.clock = arguments.real_time ? GuestClock::kReal : GuestClock::kVirtual;
  options.limit = std::chrono::minutes(arguments.minutes_max);
  options.err = to_stderr;
  if (arguments.console) options.console = to_stderr;
  return RunInGuest(*kernel, job, options);
}

}  // namespace

void AddGuestOptions(CLI::App& app, GuestArguments& arguments) {
  app.add_option("--skip-exit", arguments.skip_exit,
                 "Exit code when a guest gives no verdict, as it cannot be run or what is run in "
                 "it ends with neither 0 nor 1: 125 for git bisect")
      ->check(CLI::Range(0, 255));
  app.add_option("--guest-minutes", arguments.minutes_max, "A guest is given up after these")
      ->check(CLI::Range(1, 24 * 60))
      ->capture_default_str();
  app.add_flag(
      "--guest-real-time", arguments.real_time,
      "A guest's clock is the machine's; else waits take no time, and runs repeat exactly");
  app.add_flag("--guest-console", arguments.console, "Show what a guest's kernel says");
}

bool NamesGuest(std::string_view target) { return target.starts_with(kPrefix); }

std::string NameInGuest(const std::string& path) {
  fs::path normal = fs::path(path).lexically_normal();
  if (!normal.has_filename()) normal = normal.parent_path();  // "corpus/"
  const bool below = normal.is_relative() && *normal.begin() != "..";
  return (below ? normal : normal.filename()).string();
}

void GuestRun::AddWord(const std::string& word) {
  std::error_code error;
  const std::string name = NameInGuest(word);
  if (fs::is_regular_file(word, error)) {
    files.push_back(File{.path = word, .in_guest = name});
  } else if (fs::is_directory(word, error)) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(word, error)) {
      if (!entry.is_regular_file(error)) continue;
      const fs::path below = entry.path().lexically_relative(word);
      files.push_back(
          File{.path = entry.path().string(), .in_guest = (fs::path(name) / below).string()});
    }
    // The same bytes for the same run.
    std::sort(files.begin(), files.end(),
              [](const File& a, const File& b) { return a.in_guest < b.in_guest; });
  } else {
    arguments.push_back(word);
    return;
  }
  arguments.push_back(name);
}

CommandResult RunInGuestOf(const GuestRun& run, const GuestArguments& arguments) {
  const absl::StatusOr<GuestResult> result = Run(run, arguments);
  if (result.ok()) std::fwrite(result->out.data(), 1, result->out.size(), stdout);
  if (!arguments.skip_exit.has_value()) {
    if (!result.ok()) return result.status();
    return result->exit_code;
  }
  if (result.ok() && (result->exit_code == kExitHeld || result->exit_code == kExitViolated)) {
    return result->exit_code;
  }
  const std::string message =
      result.ok() ? absl::StrCat("exit code ", result->exit_code, " in the guest is no verdict")
                  : std::string(result.status().message());
  std::fprintf(stderr, "finwait: %s; skipped\n", message.c_str());
  return *arguments.skip_exit;
}

}  // namespace finwait
