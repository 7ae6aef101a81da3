// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/kernel_name.h"
#include "cli/nearest.h"
#include "fuzz/corpus.h"
#include "fuzz/view.h"
#include "model/world/peer.h"

namespace finwait {

bool IsTerminal(std::FILE* stream) { return isatty(fileno(stream)) != 0; }

void AddOutputOptions(CLI::App& app, Output& output) {
  app.add_flag("--json", output.json, "Print JSON instead of text");
  app.add_flag("--ascii", output.ascii, "Draw with ASCII characters only");
  output.colour = IsTerminal(stdout) && std::getenv("NO_COLOR") == nullptr;
}

absl::StatusOr<const KernelProfile*> ParseKernel(const std::string& text) {
  if (const KernelProfile* const kernel = FindProfile(text)) return kernel;
  const absl::StatusOr<std::string> release = ReleaseOfRunningName(text);
  if (!release.ok()) return release.status();
  if (const KernelProfile* const kernel = FindProfile(*release)) {
    static std::set<std::string> told;
    if (!told.insert(text).second) return kernel;
    std::fprintf(stderr,
                 "finwait: %s is release %s; what else its distribution has changed is not known\n",
                 text.c_str(), release->c_str());
    return kernel;
  }
  std::vector<std::string> known;
  for (const KernelProfile& kernel : Profiles()) known.emplace_back(kernel.name);
  return absl::InvalidArgumentError(absl::StrCat(
      "unknown kernel '", text, "'", DidYouMean(text, known), "; ", WhyNoProfile(text)));
}

absl::StatusOr<Mode> ParseMode(const std::string& text) {
  if (const std::optional<Mode> mode = FindMode(text)) return *mode;
  std::vector<std::string> names = {"any"};
  for (const Mode mode : kModes) names.emplace_back(Name(mode));
  return absl::InvalidArgumentError(absl::StrCat("unknown mode '", text, "'",
                                                 DidYouMean(text, names),
                                                 "; known: ", absl::StrJoin(names, " ")));
}

namespace {

absl::Status UnknownPeer(const std::string& text) {
  std::vector<std::string> names;
  for (const Quirk& peer : Peers()) names.emplace_back(peer.name);
  return absl::InvalidArgumentError(absl::StrCat("unknown peer '", text, "'",
                                                 DidYouMean(text, names),
                                                 "; known: ", absl::StrJoin(names, " ")));
}

}  // namespace

absl::StatusOr<EndChoice> ParseEnd(const std::string& text) {
  const std::vector<std::string> words = absl::StrSplit(text, ',');
  const absl::StatusOr<const KernelProfile*> kernel = ParseKernel(words[0]);
  if (!kernel.ok()) return kernel.status();
  EndChoice end{*kernel};
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with("peer=")) {
      end.peer = FindPeer(words[i].substr(5));
      if (end.peer == nullptr) return UnknownPeer(words[i].substr(5));
      continue;
    }
    const absl::StatusOr<Mode> mode = ParseMode(words[i]);
    if (!mode.ok()) return mode.status();
    end.mode = *mode;
  }
  return end;
}

absl::Status UnknownProperty(const std::string& name) {
  return absl::InvalidArgumentError(absl::StrCat("unknown property '", name, "'",
                                                 DidYouMean(name, NamesOf(EveryProperty())),
                                                 "; see: finwait list properties"));
}

absl::StatusOr<PropertySet> ParseProperties(const std::vector<std::string>& names) {
  if (names.empty()) return PropertiesByDefault();
  PropertySet set;
  for (const std::string& name : names) {
    if (name == "all") return EveryProperty();
    const std::optional<size_t> property = FindProperty(name);
    if (!property.has_value()) return UnknownProperty(name);
    set.Add(*property);
  }
  return set;
}

std::string Standing(const KernelProfile& kernel) {
  return absl::StrCat(kernel.evidence == Evidence::kRun ? "checked on " : "read, not run: ",
                      View(kernel.checked_on));
}

std::string DefaultCorpus() {
  const char* const set = std::getenv("FINWAIT_CORPUS");
  return set != nullptr ? set : "corpus";
}

void AddScheduleArgument(CLI::App& app, ScheduleArgument& argument) {
  auto* const path = app.add_option("FILE", argument.path, "A schedule file (.sched)");
  auto* const text =
      app.add_option("-e", argument.text,
                     "The schedule itself: 'A linux-5.10; B linux-5.10; A.close; deliver A1'");
  text->excludes(path);
}

absl::StatusOr<ScheduleFile> ReadOne(const ScheduleArgument& argument) {
  if (!argument.text.empty()) return ParseSchedule(argument.text, TextSource{"-e", false});
  if (argument.path.empty()) {
    return absl::InvalidArgumentError("no schedule given: name a file, or use -e 'TEXT'");
  }
  const absl::StatusOr<std::string> text = ReadFile(argument.path);
  if (!text.ok()) return text.status();
  return ParseSchedule(*text, TextSource{argument.path});
}

std::string NearPath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  if (error || !path.starts_with(here.string() + "/")) return path;
  return path.substr(here.string().size() + 1);
}

std::string Grouped(uint64_t n) {
  std::string digits = absl::StrCat(n);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string ShellQuoted(const std::string& word) {
  constexpr const char* kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=,:";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  return absl::StrCat("'", absl::StrReplaceAll(word, {{"'", "'\\''"}}), "'");
}

}  // namespace finwait
