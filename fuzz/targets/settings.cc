// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/settings.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

#include "fuzz/corpus.h"
#include "fuzz/targets/transitions.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

[[noreturn]] void Refuse(const char* variable, const std::string& why) {
  std::fprintf(stderr, "%s: %s\n", variable, why.c_str());
  std::exit(2);
}

const KernelProfile* Kernel(const std::string& name) {
  if (const KernelProfile* const kernel = FindProfile(name)) return kernel;
  Refuse("FINWAIT_KERNELS", "unknown kernel '" + name + "'; " + WhyNoProfile(name));
}

FuzzSettings Read() {
  FuzzSettings settings;
  settings.kernels.fill(&Profiles().back());
  if (const std::string names = Variable("FINWAIT_KERNELS"); !names.empty()) {
    settings.kernels_named = true;
    const size_t comma = names.find(',');
    settings.kernels.fill(Kernel(names.substr(0, comma)));
    if (comma != std::string::npos) settings.kernels[1] = Kernel(names.substr(comma + 1));
  }
  if (const std::string name = Variable("FINWAIT_PROPERTY"); !name.empty()) {
    const std::optional<size_t> property = FindProperty(name);
    if (!property.has_value()) Refuse("FINWAIT_PROPERTY", "unknown property '" + name + "'");
    if (kProperties[*property].kind == Kind::kSometimes) {
      Refuse("FINWAIT_PROPERTY", "'" + name + "' is for many runs to show: no run violates it");
    }
    settings.watched = Only(*property);
  }
  if (const std::string corpus = Variable("FINWAIT_KNOWN"); !corpus.empty()) {
    const absl::StatusOr<std::vector<NamedSchedule>> schedules = ReadSchedules(corpus);
    if (!schedules.ok()) Refuse("FINWAIT_KNOWN", std::string(schedules.status().message()));
    settings.known = Known(*schedules);
  }
  settings.findings = Variable("FINWAIT_FINDINGS");
  if (!Variable("FINWAIT_TRANSITIONS").empty()) {
    std::atexit([] {
      const std::string path = Variable("FINWAIT_TRANSITIONS");
      if (!WriteWhole(path, TransitionsText()).ok()) std::fprintf(stderr, "no %s\n", path.c_str());
    });
  }
  return settings;
}

}  // namespace

const FuzzSettings& Settings() {
  static const FuzzSettings settings = Read();
  return settings;
}

}  // namespace finwait

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  finwait::Settings();
  return 0;
}
