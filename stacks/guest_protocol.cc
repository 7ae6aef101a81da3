// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_protocol.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace finwait {
namespace {

constexpr std::string_view kBegins = "finwait guest 1\n";
constexpr uint64_t kRecordMax = 1 << 20;

}  // namespace

std::string FormatArguments(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) {
    absl::StrAppend(&text, absl::StrReplaceAll(argument, {{"\\", "\\\\"}, {"\n", "\\n"}}), "\n");
  }
  return text;
}

absl::StatusOr<std::vector<std::string>> ParseArguments(std::string_view text) {
  std::vector<std::string> arguments;
  std::string argument;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      arguments.push_back(std::exchange(argument, {}));
    } else if (text[i] != '\\') {
      argument.push_back(text[i]);
    } else {
      const char escaped = ++i < text.size() ? text[i] : '\0';
      if (escaped != '\\' && escaped != 'n') {
        return absl::InvalidArgumentError("a backslash in the arguments stands alone");
      }
      argument.push_back(escaped == 'n' ? '\n' : '\\');
    }
  }
  if (!argument.empty()) return absl::InvalidArgumentError("the arguments end within a line");
  return arguments;
}

std::string GuestBegins() { return std::string(kBegins); }

std::string FormatOutput(Stream stream, std::string_view bytes) {
  return absl::StrCat(stream == Stream::kOut ? "out " : "err ", bytes.size(), "\n",
                      absl::string_view(bytes.data(), bytes.size()));
}

std::string FormatLacking(std::string_view what) {
  return absl::StrCat("lacks ", std::string(what), "\n");
}

std::string FormatExit(int code, uint64_t bytes) {
  return absl::StrCat("exit ", code, " ", bytes, "\n");
}

absl::Status GuestRecords::TakeHeader(std::string_view line) {
  const std::vector<std::string> words =
      absl::StrSplit(absl::string_view(line.data(), line.size()), ' ');
  const auto garbled = [&] {
    return absl::DataLossError(
        absl::StrCat("garbled between guest and host: '", std::string(line), "'"));
  };
  if (words[0] == "lacks") {
    lacking_ = std::string(line.substr(std::min(line.size(), std::string_view("lacks ").size())));
    return absl::OkStatus();
  }
  if (words[0] == "exit") {
    int code = 0;
    uint64_t bytes = 0;
    if (words.size() != 3 || !absl::SimpleAtoi(words[1], &code)) return garbled();
    if (!absl::SimpleAtoi(words[2], &bytes) || bytes != taken_) return garbled();
    exit_code_ = code;
    return absl::OkStatus();
  }
  if (words.size() != 2 || (words[0] != "out" && words[0] != "err")) return garbled();
  if (!absl::SimpleAtoi(words[1], &left_) || left_ > kRecordMax) return garbled();
  stream_ = words[0] == "out" ? Stream::kOut : Stream::kErr;
  taken_ += left_;
  return absl::OkStatus();
}

absl::Status GuestRecords::Take(std::string_view bytes) {
  while (!bytes.empty()) {
    if (left_ > 0) {
      const std::string_view part = bytes.substr(0, std::min<uint64_t>(left_, bytes.size()));
      (stream_ == Stream::kOut ? out_ : err_).append(part);
      left_ -= part.size();
      bytes.remove_prefix(part.size());
      continue;
    }
    const size_t end = bytes.find('\n');
    if (end == std::string_view::npos) {
      pending_.append(bytes);
      return absl::OkStatus();
    }
    pending_.append(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    const std::string line = std::exchange(pending_, {});
    if (!begun_) {
      begun_ = line.ends_with(kBegins.substr(0, kBegins.size() - 1));
      continue;
    }
    if (absl::Status status = TakeHeader(line); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace finwait
