// SPDX-License-Identifier: Apache-2.0
#include "cli/usage.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/nearest.h"

namespace finwait {
namespace {

std::vector<std::string> OptionsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::vector<std::string> NamesOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* word : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(word->get_name());
  }
  return names;
}

// `at` is the innermost word that was understood.
std::string Reason(const CLI::App& app, const CLI::App& at, const CLI::ParseError& error) {
  const std::vector<std::string> left = app.remaining(/*recurse=*/true);
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
      at.get_require_subcommand_min() > 0) {
    return absl::StrCat(
        left.empty() ? "a word is missing"
                     : absl::StrCat("no word '", left[0], "'", DidYouMean(left[0], NamesOf(at))),
        "; there are: ", absl::StrJoin(NamesOf(at), " "));
  }
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError)) {
    return absl::StrCat("not expected: ", absl::StrJoin(left, " "),
                        left.empty() ? "" : DidYouMean(left[0], OptionsOf(at)));
  }
  return error.what();
}

}  // namespace

CLI::Validator WholeNumber(uint64_t least) {
  const auto check = [least](const std::string& text) -> std::string {
    uint64_t number = 0;
    const bool whole = text.find_first_not_of("0123456789") == std::string::npos;
    if (whole && absl::SimpleAtoi(text, &number) && number >= least) return "";
    return absl::StrCat("takes a whole number from ", least, " on, not '", text, "'");
  };
  return {check, ""};
}

std::string UsageError(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  std::string path = app.get_name();
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    absl::StrAppend(&path, " ", at->get_name());
  }
  return absl::StrCat("finwait: ", Reason(app, *at, error), "\n", path, " --help says more\n");
}

}  // namespace finwait
