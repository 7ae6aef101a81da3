// SPDX-License-Identifier: Apache-2.0
#include "cli/kernel_name.h"

#include <fstream>
#include <regex>

#include "absl/strings/str_cat.h"

namespace finwait {
namespace {

std::string LineOf(const char* path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

}  // namespace

absl::StatusOr<std::string> ReleaseOf(const std::string& name, const RunningKernel& running) {
  static const std::regex kName(R"((?:linux-)?(\d+\.\d+)\.(\d+)([-+~].*))");
  static const std::regex kPackage(R"(-\d.*)");
  static const std::regex kDebian(R"(\bDebian (\d+\.\d+\.\d+)-)");
  static const std::regex kUbuntu(R"(^Ubuntu \S+ (\d+\.\d+\.\d+)\s*$)");
  std::smatch parts;
  if (!std::regex_match(name, parts, kName)) return name;
  const bool package = parts[2] == "0" && std::regex_match(parts[3].str(), kPackage);
  if (!package) return absl::StrCat(parts[1].str(), ".", parts[2].str());
  std::smatch found;
  if (running.release == name) {
    if (std::regex_search(running.version, found, kDebian)) return found[1].str();
    if (std::regex_search(running.version_signature, found, kUbuntu)) return found[1].str();
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "'", name,
      "' is a distribution's number of a package, not a release of Linux; the release "
      "stands in /proc/version (Debian) or /proc/version_signature (Ubuntu) of the machine that "
      "runs it: name that, such as ",
      parts[1].str(), ".140"));
}

absl::StatusOr<std::string> ReleaseOfRunningName(const std::string& name) {
  return ReleaseOf(name, {.release = LineOf("/proc/sys/kernel/osrelease"),
                          .version = LineOf("/proc/version"),
                          .version_signature = LineOf("/proc/version_signature")});
}

}  // namespace finwait
