// SPDX-License-Identifier: Apache-2.0
//
// finwait replay --matrix: one schedule over kernels and modes.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/replay.h"
#include "fuzz/matrix.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

std::string Coloured(const Verdict& verdict, const Output& output) {
  const std::string word(VerdictName(verdict));
  std::string padded = word + std::string(10 - word.size(), ' ');
  if (!output.colour) return padded;
  const char* const colour = word == "violated" ? "\x1b[1;31m"
                             : word == "holds"  ? "\x1b[32m"
                                                : "\x1b[2m";
  return colour + padded + "\x1b[0m";
}

Json ToJson(const MatrixRow& row) {
  Json json{{"kernels", Json::array()},
            {"mode", Name(row.mode)},
            {"verdict", VerdictName(row.verdict)},
            {"why", row.why}};
  for (const std::string_view kernel : row.kernels) json["kernels"].push_back(kernel);
  if (row.wake_up != WakeUp::kNone) {
    json["wake_up"] = row.wake_up == WakeUp::kSoon ? "soon" : "late";
  }
  json["schedule"] = FormatOneLine(row.schedule);
  return json;
}

}  // namespace

CommandResult ReplayMatrix(const NamedSchedule& named, const ReplayOptions& options) {
  const absl::StatusOr<std::optional<size_t>> asked = AskedProperty(options);
  if (!asked.ok()) return asked.status();
  const MatrixSubject subject = SubjectOf(named.file, *asked);
  const std::vector<MatrixRow> rows = Matrix(named.file.schedule, subject);
  const std::string what = subject.property.has_value()
                               ? std::string(kProperties[*subject.property].name)
                               : "no property is violated; how the run ends";
  Json cells = Json::array();
  bool applied = false;
  if (!options.output.json) {
    std::printf("%s: %s,\nby how %c ends and by kernel\n", named.path.c_str(), what.c_str(),
                Letter(subject.varied));
  }
  Mode mode = Mode::kAny;
  for (const MatrixRow& row : rows) {
    applied |= !std::holds_alternative<Vacuous>(row.verdict);
    if (options.output.json) {
      cells.push_back(ToJson(row));
      continue;
    }
    if (row.mode != mode) std::printf("\n%s\n", Name(row.mode).data());
    mode = row.mode;
    const std::string kernels = absl::StrJoin(
        row.kernels, ", ",
        [](std::string* out, std::string_view name) { absl::StrAppend(out, View(name)); });
    std::printf(
        "  %s%s\n            %s\n",
        subject.property.has_value() ? Coloured(row.verdict, options.output).c_str() : "          ",
        Wrapped(kernels, 12).c_str(), Wrapped(row.why, 12).c_str());
  }
  if (options.output.json) {
    Json json{{"file", named.path}, {"varied_end", std::string(1, Letter(subject.varied))}};
    json["property"] =
        subject.property.has_value() ? Json(kProperties[*subject.property].name) : Json(nullptr);
    json["rows"] = cells;
    std::printf("%s\n", json.dump(2).c_str());
  }
  return applied ? kExitHeld : kExitViolated;
}

}  // namespace finwait
