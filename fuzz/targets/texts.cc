// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/texts.h"

#include <cstdio>
#include <cstdlib>

#include "fuzz/schedule_file.h"
#include "packetdrill/file.h"
#include "packetdrill/plan.h"
#include "packetdrill/write.h"

namespace finwait {
namespace {

[[gnu::noinline]] void NotReadBack(const std::string& text, const std::string& reason) {
  std::fprintf(stderr, "written, but not read back: %s\n%s\n", reason.c_str(), text.c_str());
  std::abort();
}
[[gnu::noinline]] void ChangesWhenRead(const std::string& text, const std::string& again) {
  std::fprintf(stderr, "%s\nbecame\n%s\n", text.c_str(), again.c_str());
  std::abort();
}

// The script of a text, or why there is none.
absl::StatusOr<Script> ScriptIn(const std::string& text) {
  const absl::StatusOr<pkt::File> file = pkt::ParseFile("fuzzed.pkt", text);
  if (!file.ok()) return file.status();
  const absl::StatusOr<pkt::Plan> plan = pkt::PlanOf(*file);
  if (!plan.ok()) return plan.status();
  return pkt::ScriptOf(*file, *plan);
}

absl::StatusOr<std::string> Written(const Script& script) {
  return pkt::WriteScript(
      script,
      pkt::Heading{
          .licence = "Apache-2.0", .intent = "Fuzzed.", .reference = "", .kselftest = false});
}

}  // namespace

void CheckScheduleText(const std::string& text) {
  const absl::StatusOr<ScheduleFile> file = ParseSchedule(text, TextSource{"fuzzed.sched"});
  if (!file.ok()) return;
  const std::string written = FormatSchedule(*file);
  const absl::StatusOr<ScheduleFile> back = ParseSchedule(written, TextSource{"written.sched"});
  if (!back.ok()) NotReadBack(written, std::string(back.status().message()));
  const std::string again = FormatSchedule(*back);
  if (again != written) ChangesWhenRead(written, again);
  if (back->schedule.choices != file->schedule.choices) ChangesWhenRead(text, written);
}

void CheckScriptText(const std::string& text) {
  const absl::StatusOr<Script> script = ScriptIn(text);
  if (!script.ok()) return;
  const absl::StatusOr<std::string> written = Written(*script);
  if (!written.ok()) return;
  const absl::StatusOr<Script> back = ScriptIn(*written);
  if (!back.ok()) NotReadBack(*written, std::string(back.status().message()));
  const absl::StatusOr<std::string> again = Written(*back);
  if (!again.ok()) NotReadBack(*written, std::string(again.status().message()));
  if (*again != *written) ChangesWhenRead(*written, *again);
}

}  // namespace finwait
