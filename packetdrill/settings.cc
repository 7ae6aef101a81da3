// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/settings.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stacks/sysctls.h"

namespace finwait::pkt {
namespace {

absl::Status NotSupported(const File& file, Place place, const std::string& what) {
  return ErrorAt(file.name, place, "not supported: " + what);
}

std::optional<int64_t> NumberIn(std::string_view text) {
  int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// ---- Option lines: `--tolerance_usecs=10000`.

absl::Status TakeOption(const File& file, const OptionLine& option, Settings& settings) {
  const std::optional<int64_t> number = NumberIn(option.value);
  const auto number_between = [&](int64_t min, int64_t max) {
    return number.has_value() && *number >= min && *number <= max;
  };
  absl::Status bad = ErrorAt(file.name, option.place,
                             "--" + option.name + ": '" + option.value + "' is no value for it");
  if (option.name == "tolerance_usecs") {
    if (!number_between(0, 10'000'000)) return bad;
    settings.tolerance = Duration(*number);
    return absl::OkStatus();
  }
  if (option.name == "mss") {
    if (!number_between(88, 65495)) return bad;
    settings.mss = static_cast<uint16_t>(*number);
    return absl::OkStatus();
  }
  // What these ask for is how it is here.
  if (option.name == "ip_version" && option.value == "ipv4") return absl::OkStatus();
  if (option.name == "mtu" && option.value == "1500") return absl::OkStatus();
  return NotSupported(file, option.place,
                      "--" + option.name + (option.value.empty() ? "" : "=" + option.value));
}

// ---- Settings of net.ipv4.

// What the stack agrees to, and what always is so here; the others are an Environment's.
struct Agreed {
  std::string_view name;  // Without net.ipv4.
  int64_t min, max;
  bool Settings::*flag;
};

constexpr Agreed kAgreed[] = {
    {"tcp_sack", 0, 1, &Settings::sack},
    {"tcp_timestamps", 0, 1, &Settings::timestamps},
    {"tcp_window_scaling", 0, 1, &Settings::window_scaling},
    {"tcp_no_metrics_save", 1, 1, nullptr},
};

// `net.ipv4.tcp_sack=0` or `/proc/sys/net/ipv4/tcp_sack=0`.
absl::Status TakeSysctl(const File& file, const ShellCommand& command, std::string_view setting,
                        Settings& settings) {
  const size_t equals = std::min(setting.find('='), setting.size());
  std::string_view name = setting.substr(0, equals);
  const std::string_view value = setting.substr(std::min(equals + 1, setting.size()));
  for (const std::string_view prefix : {"net.ipv4.", "/proc/sys/net/ipv4/"}) {
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    for (const Agreed& agreed : kAgreed) {
      if (agreed.name != name) continue;
      const std::optional<int64_t> number = NumberIn(value);
      if (!number.has_value() || *number < agreed.min || *number > agreed.max) {
        return NotSupported(file, command.place, "the value of " + std::string(setting));
      }
      if (agreed.flag != nullptr) settings.*agreed.flag = *number != 0;
      return absl::OkStatus();
    }
    const std::string plain = std::string(name) + "=" + std::string(value);
    const absl::Status status = ApplySysctl(plain, settings.environment);
    if (absl::IsNotFound(status)) break;
    if (status.ok()) return status;
    return NotSupported(file, command.place, std::string(status.message()));
  }
  return NotSupported(file, command.place, "the setting " + std::string(setting));
}

// ---- Commands.

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return words;
    const size_t end = std::min(text.find_first_of(" \t", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
}

bool IsRedirection(std::string_view word) {
  return word.starts_with(">") || word.starts_with("2>") || word.starts_with("&>") ||
         word == "/dev/null";
}

std::string_view FileNameOf(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

absl::Status TakeCommand(const File& file, const ShellCommand& command, Settings& settings) {
  std::vector<std::string_view> words = WordsOf(command.command);
  std::erase_if(words, &IsRedirection);
  if (words.empty()) return absl::OkStatus();
  const std::string_view program = FileNameOf(words[0]);
  // A fresh namespace has the defaults, and nothing to flush.
  if (program == "defaults.sh" && words.size() == 1) return absl::OkStatus();
  if (program == "ip" && words.size() >= 3 && words[1] == "tcp_metrics" && words[2] == "flush") {
    return absl::OkStatus();
  }
  if (program != "sysctl" && program != "set_sysctls.py") {
    return NotSupported(file, command.place, "the command '" + command.command + "'");
  }
  std::vector<std::string> set;  // Joined again where blanks stand around the sign.
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "-q" || words[i] == "-w" || words[i] == "-qw" || words[i] == "-wq") continue;
    const bool continues = words[i].starts_with("=") || (!set.empty() && set.back().ends_with("="));
    if (continues && !set.empty()) {
      set.back() += words[i];
    } else {
      set.emplace_back(words[i]);
    }
  }
  for (const std::string& setting : set) {
    absl::Status status = TakeSysctl(file, command, setting, settings);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Settings> SettingsOf(const File& file) {
  Settings settings;
  for (const OptionLine& option : file.options) {
    if (absl::Status status = TakeOption(file, option, settings); !status.ok()) return status;
  }
  for (const ShellCommand& command : file.commands) {
    if (absl::Status status = TakeCommand(file, command, settings); !status.ok()) return status;
  }
  return settings;
}

}  // namespace finwait::pkt
