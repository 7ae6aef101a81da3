// SPDX-License-Identifier: Apache-2.0
//
// finwait replay --matrix: one schedule over kernels and modes.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/replay.h"
#include "fuzz/matrix.h"
#include "report/wrap.h"

namespace finwait {
namespace {

using Json = nlohmann::ordered_json;

std::string Coloured(const Verdict& verdict, const Output& output) {
  const std::string word(Word(verdict));
  std::string padded = word + std::string(10 - word.size(), ' ');
  if (!output.colour) return padded;
  const char* const colour = word == "violated" ? "\x1b[1;31m"
                             : word == "holds"  ? "\x1b[32m"
                                                : "\x1b[2m";
  return colour + padded + "\x1b[0m";
}

}  // namespace

CommandResult ReplayMatrix(const NamedSchedule& named, const ReplayOptions& options) {
  const absl::StatusOr<std::optional<size_t>> asked = AskedProperty(options);
  if (!asked.ok()) return asked.status();
  const MatrixSubject subject = SubjectOf(named.file.schedule, *asked);
  const std::vector<MatrixRow> rows = Matrix(named.file.schedule, subject);
  Json json = Json::array();
  bool applied = false;
  if (!options.output.json) {
    std::printf("%s: %s, by kernel and by how %c ends\n", named.path.c_str(),
                kProperties[subject.property].name.data(), Letter(subject.varied));
  }
  std::string_view kernel;
  for (const MatrixRow& row : rows) {
    applied |= !std::holds_alternative<Vacuous>(row.verdict);
    if (options.output.json) {
      Json object{{"kernel", row.kernel},
                  {"mode", Name(row.mode)},
                  {"verdict", Word(row.verdict)},
                  {"why", row.why}};
      if (row.wake_up != WakeUp::kNone) {
        object["wake_up"] = row.wake_up == WakeUp::kSoon ? "soon" : "late";
      }
      object["schedule"] = FormatOneLine(row.schedule);
      json.push_back(object);
      continue;
    }
    if (row.kernel != kernel) std::printf("\n%s\n", row.kernel.data());
    kernel = row.kernel;
    std::printf("  %-14s %s%s\n", Name(row.mode).data(),
                Coloured(row.verdict, options.output).c_str(), Wrapped(row.why, 27).c_str());
  }
  if (options.output.json) std::printf("%s\n", json.dump(2).c_str());
  return applied ? kExitHeld : kExitViolated;
}

}  // namespace finwait
