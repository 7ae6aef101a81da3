// SPDX-License-Identifier: Apache-2.0
//
// finwait list rules|properties|behaviours|peers|kernels|targets
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "diff/rules_page.h"
#include "model/tcp/release.h"
#include "model/tcp/rule.h"
#include "model/tcp/trait.h"
#include "model/world/peer.h"
#include "report/properties_page.h"
#include "report/wrap.h"
#include "stacks/guest_kernel.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

struct ListArguments {
  Output output;
  std::string name;
  bool markdown = false;
};

void Print(const std::string& text) { std::fputs(text.c_str(), stdout); }

Json ToJson(const Rule& rule) {
  return Json{{"name", rule.name},
              {"says", rule.says},
              {"rfc", rule.rfc},
              {"function", rule.function},
              {"drop_reason", rule.drop_reason},
              {"counter", Name(rule.counter)},
              {"commit", rule.commit}};
}

void PrintRule(const Rule& rule) {
  Print(absl::StrCat(View(rule.name), "\n  ", View(rule.says), "\n"));
  const auto line = [](std::string_view label, std::string_view text) {
    if (!text.empty()) Print(absl::StrCat("  ", View(label), View(text), "\n"));
  };
  line("RFC      ", rule.rfc);
  line("kernel   ", rule.function);
  line("dropped  ", rule.drop_reason);
  line("counter  ", Name(rule.counter));
  line("commit   ", rule.commit);
}

CommandResult ListRules(const ListArguments& options) {
  if (options.markdown) {
    const absl::StatusOr<std::string> page = RulesPage(DefaultCorpus() + "/kernels");
    if (!page.ok()) return page.status();
    Print(*page);
    return kExitHeld;
  }
  Json json = Json::array();
  size_t shown = 0;
  for (const Rule& rule : Rules()) {
    if (rule.name.find(options.name) == std::string_view::npos) continue;
    ++shown;
    if (options.output.json) {
      json.push_back(ToJson(rule));
    } else {
      PrintRule(rule);
    }
  }
  if (shown == 0)
    return absl::InvalidArgumentError(absl::StrCat("no rule named '", options.name, "'"));
  if (options.output.json) Print(json.dump(2) + "\n");
  return kExitHeld;
}

CommandResult ListProperties(const ListArguments& options) {
  if (options.markdown) {
    Print(PropertiesPage());
    return kExitHeld;
  }
  Json json = Json::array();
  for (const Property& p : kProperties) {
    const std::string_view kind = Name(p.kind);
    if (options.output.json) {
      json.push_back(Json{{"name", p.name},
                          {"claim", p.claim},
                          {"cites", p.cites},
                          {"kind", kind},
                          {"hunted_by_default", !p.strict}});
      continue;
    }
    Print(absl::StrCat(View(p.name), "  (", View(kind), p.strict ? ", only when named" : "",
                       ")\n  ", View(p.claim), "\n  ", View(p.cites), "\n"));
  }
  if (options.output.json) Print(json.dump(2) + "\n");
  return kExitHeld;
}

CommandResult ListPeers(const ListArguments& options) {
  Json json = Json::array();
  for (const Quirk& peer : Peers()) {
    if (options.output.json) {
      json.push_back(Json{{"name", peer.name}, {"what", peer.what}, {"source", peer.source}});
    } else {
      Print(
          absl::StrCat(View(peer.name), "\n  ", View(peer.what), "\n  ", View(peer.source), "\n"));
    }
  }
  if (options.output.json) {
    Print(json.dump(2) + "\n");
  } else {
    Print("As an end: --b linux-6.12,peer=NAME, or B linux-6.12,peer=NAME in a schedule\n");
  }
  return kExitHeld;
}

CommandResult ListBehaviours(const ListArguments& options) {
  Json json = Json::array();
  for (const Trait& trait : Traits()) {
    if (options.output.json) {
      Json values = Json::array();
      for (const std::string_view value : trait.values) values.push_back(value);
      json.push_back(Json{{"name", trait.name},
                          {"about", trait.about},
                          {"values", values},
                          {"commit", trait.commit},
                          {"releases", ReleasesOf(trait.commit)}});
      continue;
    }
    std::string text = absl::StrCat(View(trait.name), "\n  ", View(trait.about), "\n");
    for (const std::string_view value : trait.values)
      absl::StrAppend(&text, "    ", View(value), "\n");
    const std::string_view releases = ReleasesOf(trait.commit);
    if (!trait.commit.empty()) {
      absl::StrAppend(&text, "  ", View(trait.commit), releases.empty() ? "" : " ", View(releases),
                      "\n");
    }
    Print(text);
  }
  if (options.output.json) Print(json.dump(2) + "\n");
  return kExitHeld;
}

// Each with what it does otherwise than the newest.
CommandResult ListKernels(const ListArguments& options) {
  Json json = Json::array();
  for (const KernelProfile& k : Profiles()) {
    const std::vector<TraitValue> differs = ChangesTo(k, Profiles().back());
    Json names = Json::array();
    for (const TraitValue& value : differs) names.push_back(value.trait->name);
    if (options.output.json) {
      json.push_back(Json{{"name", k.name},
                          {"release", k.release},
                          {"run", k.evidence == Evidence::kRun},
                          {"checked_on", k.checked_on},
                          {"differs_from_newest", names}});
      continue;
    }
    const std::string listed =
        absl::StrJoin(differs, ", ", [](std::string* out, const TraitValue& value) {
          absl::StrAppend(out, View(value.trait->name));
        });
    Print(absl::StrCat(
        View(k.name), "  states ", View(k.release), "; ", Standing(k), "\n  ",
        differs.empty() ? "the newest" : Wrapped("differs from the newest in " + listed, 2), "\n"));
  }
  if (options.output.json) {
    Print(json.dump(2) + "\n");
  } else {
    Print(absl::StrCat("linux-X.Y.Z  every other release from ", ReleaseText(OldestRelease()),
                       " to ", ReleaseText(NewestRelease()),
                       "\n  behaves as the table of changes says; read, not run\n"));
  }
  return kExitHeld;
}

CommandResult ListTargets(const ListArguments& options) {
  Json json = Json::array();
  const auto add = [&](const std::string& name, const std::string& what) {
    if (options.output.json) {
      json.push_back(Json{{"name", name}, {"what", what}});
    } else {
      Print(absl::StrCat(name, "  ", what, "\n"));
    }
  };
  for (const KernelProfile& k : Profiles()) {
    add(absl::StrCat("model:", View(k.name)), absl::StrCat("the model of ", View(k.release)));
  }
  add("model:linux-X.Y.Z", "the model of that release, as the table of changes has it");
  add("host", "the running kernel, behind a TUN device in a network namespace of its own");
  for (const GuestKernel& guest : GuestsIn(GuestFolder())) {
    add(absl::StrCat("guest:", guest.name),
        absl::StrCat(
            "Linux ", guest.release, " of ", guest.package, " ", guest.version,
            guest.kind == GuestKind::kUml ? ", as a program" : ", in an emulated machine"));
  }
  add("guest:PATH", "your own kernel, a bzImage or a program of User Mode Linux (a / in PATH)");
  if (options.output.json) Print(json.dump(2) + "\n");
  return kExitHeld;
}

}  // namespace

std::vector<Command> AddList(CLI::App& parent) {
  CLI::App* const list = parent.add_subcommand(
      "list", "List rules, properties, behaviours, peers, kernels or targets");
  list->require_subcommand(1);
  struct Row {
    const char* name;
    const char* what;
    CommandResult (*run)(const ListArguments&);
  };
  constexpr std::array kRows = {
      Row{"rules", "The model's rules, with RFC, kernel function and commit", &ListRules},
      Row{"properties", "What must be true of every run", &ListProperties},
      Row{"peers", "Peers that are not Linux, to hunt against", &ListPeers},
      Row{"behaviours", "What differs between kernels, with commits", &ListBehaviours},
      Row{"kernels", "The kernel profiles and how they were checked", &ListKernels},
      Row{"targets", "What schedules can be run on", &ListTargets},
  };
  std::vector<Command> commands;
  for (const Row& row : kRows) {
    const auto options = std::make_shared<ListArguments>();
    CLI::App* const app = list->add_subcommand(row.name, row.what);
    AddOutputOptions(*app, options->output);
    if (row.run == &ListRules) {
      app->add_option("NAME", options->name, "Only rules with this in their name");
      app->add_flag("--markdown", options->markdown, "All as docs/rules.md has them");
    }
    if (row.run == &ListProperties) {
      app->add_flag("--markdown", options->markdown, "All as docs/properties.md has them");
    }
    commands.push_back(Command{app, [run = row.run, options] { return run(*options); }});
  }
  return commands;
}

}  // namespace finwait
