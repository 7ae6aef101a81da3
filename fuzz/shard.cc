// SPDX-License-Identifier: Apache-2.0
#include "fuzz/shard.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "fuzz/schedule_file.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "finwait exhaustive 1";

void AddViolation(std::vector<ShardViolation>& violations, const ShardViolation& more) {
  for (ShardViolation& known : violations) {
    if (known.property != more.property) continue;
    if (more.choices < known.choices) known = more;
    return;
  }
  violations.push_back(more);
}

}  // namespace

ShardResult ShardResultOf(const ExhaustOptions& options, const ExhaustResult& result) {
  ExhaustOptions whole = options;
  whole.shard = Shard{};
  ShardResult shard;
  shard.search = SearchKey(whole);
  shard.shard = options.shard;
  shard.complete = result.complete;
  shard.states = result.counts.states;
  shard.edges = result.counts.edges;
  shard.bound = result.counts.bound;
  shard.properties = NamesOf(Searchable(options.properties));
  shard.applied = NamesOf(result.applied);
  for (const ExhaustFinding& finding : result.findings) {
    shard.violations.push_back(ShardViolation{
        std::string(kProperties[finding.property].name), FormatOneLine(finding.shortest),
        static_cast<uint32_t>(finding.shortest.choices.size())});
  }
  return shard;
}

std::string FormatShard(const ShardResult& result) {
  Json violations = Json::array();
  for (const ShardViolation& v : result.violations) {
    violations.push_back(
        Json{{"property", v.property}, {"schedule", v.schedule}, {"choices", v.choices}});
  }
  const Json json{{"format", kFormat},
                  {"search", result.search},
                  {"shard", result.shard.number},
                  {"shards", result.shard.count},
                  {"complete", result.complete},
                  {"states", result.states},
                  {"edges", result.edges},
                  {"bound", result.bound},
                  {"properties", result.properties},
                  {"applied", result.applied},
                  {"violations", violations}};
  return json.dump(2) + "\n";
}

absl::StatusOr<ShardResult> ParseShard(const std::string& text, const std::string& source) {
  const auto fails = [&](const std::string& why) {
    return absl::InvalidArgumentError(absl::StrCat(source, ": ", why));
  };
  try {
    const Json json = Json::parse(text);
    if (!json.is_object() || json.value("format", "") != kFormat) {
      return fails("not the result of an exhaustive search");
    }
    ShardResult result;
    result.search = json.at("search").get<std::string>();
    result.shard = {json.at("shard").get<uint32_t>(), json.at("shards").get<uint32_t>()};
    result.complete = json.at("complete").get<bool>();
    result.states = json.at("states").get<uint64_t>();
    result.edges = json.at("edges").get<uint64_t>();
    result.bound = json.at("bound").get<uint64_t>();
    result.properties = json.at("properties").get<std::vector<std::string>>();
    result.applied = json.at("applied").get<std::vector<std::string>>();
    for (const Json& v : json.at("violations")) {
      result.violations.push_back(ShardViolation{v.at("property").get<std::string>(),
                                                 v.at("schedule").get<std::string>(),
                                                 v.at("choices").get<uint32_t>()});
    }
    return result;
  } catch (const Json::parse_error& error) {
    return fails(absl::StrCat("not JSON, from byte ", error.byte, " on"));
  } catch (const Json::exception&) {
    return fails("a field is missing, or is not what the result of a search has there");
  }
}

absl::StatusOr<ShardResult> JoinShards(const std::vector<ShardResult>& shards) {
  const auto fails = [](const std::string& why) { return absl::InvalidArgumentError(why); };
  if (shards.empty()) return fails("no results to join");
  ShardResult joined = shards.front();
  joined.states = joined.edges = joined.bound = 0;
  joined.applied.clear();
  joined.violations.clear();
  std::set<uint32_t> numbers;
  for (const ShardResult& shard : shards) {
    const std::string name = absl::StrCat("shard ", shard.shard.number, "/", shard.shard.count);
    if (shard.search != joined.search) {
      return fails(absl::StrCat(name, " is of another search:\n  ", shard.search,
                                "\nand not of\n  ", joined.search));
    }
    if (shard.shard.count != joined.shard.count) {
      return fails(absl::StrCat(name, " is of another split than shard ", joined.shard.number, "/",
                                joined.shard.count));
    }
    if (shard.shard.number < 1 || shard.shard.number > shard.shard.count) {
      return fails(absl::StrCat("there is no ", name));
    }
    if (!numbers.insert(shard.shard.number).second) return fails(name + " is there twice");
    if (!shard.complete) return fails(name + " did not complete");
    joined.states += shard.states;
    joined.edges += shard.edges;
    joined.bound += shard.bound;
    for (const std::string& property : shard.applied) {
      if (std::find(joined.applied.begin(), joined.applied.end(), property) ==
          joined.applied.end()) {
        joined.applied.push_back(property);
      }
    }
    for (const ShardViolation& v : shard.violations) AddViolation(joined.violations, v);
  }
  for (uint32_t number = 1; number <= joined.shard.count; ++number) {
    if (numbers.contains(number)) continue;
    return fails(absl::StrCat("shard ", number, "/", joined.shard.count, " is missing"));
  }
  joined.shard = Shard{1, 1};
  return joined;
}

}  // namespace finwait
