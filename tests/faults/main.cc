// SPDX-License-Identifier: Apache-2.0
//
// finwait_faults: hunts every planted fault and tells which property caught it (./x faults).
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"
#include "tests/faults/hunted.h"

namespace finwait::testing {
namespace {

using Json = nlohmann::ordered_json;
using SteadyClock = std::chrono::steady_clock;

struct Arguments {
  FaultHunt hunt;
  std::string kernel = "linux-6.12";
  std::vector<std::string> names;
  std::string property;
  bool json = false;
  bool list = false;
};

Json ToJson(const Fault& fault, const HuntedFault& hunted) {
  Json json{{"name", fault.quirk.name},
            {"what", fault.quirk.what},
            {"source", fault.quirk.source},
            {"caught", hunted.Caught()}};
  if (!hunted.Caught()) return json;
  json["property"] = kProperties[hunted.Property()].name;
  json["choices"] = hunted.Smallest().choices.size();
  json["cause"] = hunted.finding.has_value() ? hunted.finding->cause.Id() : "never shown";
  json["schedule"] = FormatOneLine(hunted.Smallest());
  if (hunted.finding.has_value()) json["index"] = hunted.finding->index;
  json["caught_by"] = NamesOf(hunted.caught_by);
  json["changes"] = hunted.changes;
  return json;
}

std::string ToText(const Fault& fault, const HuntedFault& hunted) {
  if (!hunted.Caught()) {
    return absl::StrFormat("%-30s NOT CAUGHT  %s\n", View(fault.quirk.name),
                           View(fault.quirk.what));
  }
  PropertySet others = hunted.caught_by;
  others.Remove(hunted.Property());
  const std::string also = absl::StrJoin(NamesOf(others), ", ");
  return absl::StrFormat(
      "%-30s %2d choices  %s%s%s\n", View(fault.quirk.name), hunted.Smallest().choices.size(),
      View(kProperties[hunted.Property()].name),
      hunted.never_shown.has_value() ? " never shown," : "", also.empty() ? " alone" : "; " + also);
}

// Properties that no fault has for its only catcher.
std::vector<std::string> Unneeded(const std::vector<HuntedFault>& all) {
  PropertySet needed;
  for (const HuntedFault& hunted : all) {
    if (hunted.caught_by.Count() == 1) needed.bits |= hunted.caught_by.bits;
  }
  return NamesOf(PropertiesByDefault().Without(needed));
}

int Run(const Arguments& arguments) {
  const SteadyClock::time_point started = SteadyClock::now();
  Json json = Json::array();
  std::vector<HuntedFault> all;
  size_t caught = 0, asked = 0;
  for (const Fault& fault : Faults()) {
    const bool named = std::find(arguments.names.begin(), arguments.names.end(),
                                 std::string(fault.quirk.name)) != arguments.names.end();
    if (!arguments.names.empty() && !named) continue;
    ++asked;
    all.push_back(HuntFault(fault, arguments.hunt));
    caught += all.back().Caught() && all.back().changes ? 1 : 0;
    json.push_back(ToJson(fault, all.back()));
    if (arguments.json) continue;
    std::fputs(ToText(fault, all.back()).c_str(), stdout);
    std::fflush(stdout);
  }
  size_t wrong = 0;
  for (const Fault& control : Controls()) {
    if (!arguments.names.empty()) break;
    const HuntedFault hunted = HuntFault(control, arguments.hunt);
    if (!hunted.Caught()) continue;
    ++wrong;
    std::fprintf(stderr, "finwait_faults: %s is caught, though nothing is wrong, by %s: %s\n",
                 control.quirk.name.data(), absl::StrJoin(NamesOf(hunted.caught_by), ", ").c_str(),
                 FormatOneLine(hunted.Smallest()).c_str());
  }
  if (asked == 0) {
    std::fprintf(stderr, "finwait_faults: no fault of that name\n");
    return 2;
  }
  const double seconds = std::chrono::duration<double>(SteadyClock::now() - started).count();
  const std::vector<std::string> unneeded = Unneeded(all);
  if (arguments.json) {
    const Json whole{{"faults", json},
                     {"kernel", arguments.kernel},
                     {"seed", arguments.hunt.seed},
                     {"schedules", arguments.hunt.schedules_max},
                     {"never_alone", unneeded},
                     {"timing", {{"seconds", seconds}}}};
    std::printf("%s\n", whole.dump(2).c_str());
  } else {
    std::printf("\n%zu of %zu faults caught, %.0f s\n", caught, asked, seconds);
    if (arguments.names.empty()) {
      std::printf("properties that catch no fault alone: %s\n",
                  unneeded.empty() ? "none" : absl::StrJoin(unneeded, ", ").c_str());
    }
  }
  return caught == asked && wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace finwait::testing

int main(int argc, char** argv) {
  using finwait::testing::Arguments;
  Arguments arguments;
  CLI::App app("Hunt every fault that is planted in the model, and say which property catches it");
  app.add_option("NAME", arguments.names, "Only these faults");
  app.add_option("--seed", arguments.hunt.seed, "Seed; the same seed gives the same results");
  app.add_option("--schedules", arguments.hunt.schedules_max, "How many schedules a fault")
      ->check(CLI::PositiveNumber);
  app.add_option("--property", arguments.property, "Only this property");
  app.add_option("--kernel", arguments.kernel, "Kernel of both ends");
  app.add_flag("--json", arguments.json, "Print JSON instead of text");
  app.footer("Exit codes: 0 every fault was caught and no control; 1 otherwise.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  arguments.hunt.kernel = finwait::FindProfile(arguments.kernel);
  if (arguments.hunt.kernel == nullptr) {
    std::fprintf(stderr, "finwait_faults: %s\n", finwait::WhyNoProfile(arguments.kernel).c_str());
    return 2;
  }
  if (!arguments.property.empty()) {
    const std::optional<size_t> property = finwait::FindProperty(arguments.property);
    if (!property.has_value()) {
      std::fprintf(stderr, "finwait_faults: no property '%s'\n", arguments.property.c_str());
      return 2;
    }
    arguments.hunt.properties = finwait::Only(*property);
  }
  return finwait::testing::Run(arguments);
}
