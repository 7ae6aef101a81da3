// SPDX-License-Identifier: Apache-2.0
#include "stacks/mib.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

using Words = std::vector<absl::string_view>;

std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }

// What a counter's value is put into, or nullptr.
uint32_t* Find(absl::string_view group, absl::string_view name, Counts& counts) {
  for (const CounterRow& row : Counters()) {
    if (row.name == Std(name) && row.group == Std(group)) return &counts[row.id];
  }
  return nullptr;
}

// The whole file, as it is now.
absl::StatusOr<std::string> WholeOf(const Descriptor& file) {
  std::string text(std::size_t{16} << 10U, '\0');
  size_t length = 0;
  while (length < text.size()) {
    const ssize_t count =
        pread(file.get(), text.data() + length, text.size() - length, static_cast<off_t>(length));
    if (count < 0) return SystemError("read MIB counters", errno);
    if (count == 0) break;
    length += static_cast<size_t>(count);
  }
  text.resize(length);
  return text;
}

}  // namespace

absl::Status TakeCounters(std::string_view text, Counts& counts) {
  const Words lines =
      absl::StrSplit(absl::string_view(text.data(), text.size()), '\n', absl::SkipEmpty());
  for (size_t i = 0; i + 1 < lines.size(); i += 2) {
    const Words names = absl::StrSplit(lines[i], ' ', absl::SkipEmpty());
    const Words values = absl::StrSplit(lines[i + 1], ' ', absl::SkipEmpty());
    if (names.size() != values.size() || names.empty() || names[0] != values[0]) {
      return absl::DataLossError(absl::StrCat("MIB counters: ", lines[i]));
    }
    for (size_t at = 1; at < names.size(); ++at) {
      uint32_t* const value = Find(absl::StripSuffix(names[0], ":"), names[at], counts);
      uint64_t number = 0;
      if (value == nullptr) continue;
      if (!absl::SimpleAtoi(values[at], &number)) {
        return absl::DataLossError(absl::StrCat("MIB counters: ", lines[i + 1]));
      }
      *value = static_cast<uint32_t>(number);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<MibFiles> MibFiles::Open() {
  std::array<Descriptor, 2> files;
  for (size_t i = 0; i < files.size(); ++i) {
    const char* const path =
        i == 0 ? "/proc/thread-self/net/snmp" : "/proc/thread-self/net/netstat";
    files[i] = Descriptor(open(path, O_RDONLY | O_CLOEXEC));
    if (!files[i].open()) return SystemError(path, errno);
  }
  return MibFiles(std::move(files));
}

absl::StatusOr<Counts> MibFiles::Read() const {
  Counts counts;
  for (const Descriptor& file : files_) {
    const absl::StatusOr<std::string> text = WholeOf(file);
    if (!text.ok()) return text.status();
    if (absl::Status status = TakeCounters(*text, counts); !status.ok()) return status;
  }
  return counts;
}

}  // namespace finwait
