// SPDX-License-Identifier: Apache-2.0
#include "stacks/cpio.h"

#include <sys/stat.h>

#include "absl/strings/str_cat.h"

namespace finwait {
namespace {

constexpr size_t kAlignment = 4;  // Of names and contents.
constexpr size_t kBlock = 512;

void Pad(std::string& bytes, size_t alignment) {
  bytes.append((alignment - bytes.size() % alignment) % alignment, '\0');
}

}  // namespace

void CpioArchive::Append(std::string& bytes, uint32_t inode, const Entry& entry) {
  absl::StrAppend(&bytes, "070701");
  const auto name_size = static_cast<uint32_t>(entry.path.size() + 1);  // With its NUL.
  const auto size = static_cast<uint32_t>(entry.contents.size());
  const uint32_t fields[] = {
      inode,
      entry.mode,
      0,
      0,
      entry.links,  // uid, gid: root.
      0,
      size,
      0,
      0,  // Time, device.
      entry.major_number,
      entry.minor_number,
      name_size,
      0,  // Checksum: none.
  };
  for (const uint32_t field : fields) absl::StrAppend(&bytes, absl::Hex(field, absl::kZeroPad8));
  bytes.append(entry.path);
  bytes.push_back('\0');
  Pad(bytes, kAlignment);
  bytes.append(entry.contents);
  Pad(bytes, kAlignment);
}

void CpioArchive::Add(const Entry& entry) { Append(bytes_, ++entries_, entry); }

void CpioArchive::AddFoldersAbove(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) AddFolder(path.substr(0, slash));
}

void CpioArchive::AddFolder(std::string_view path) {
  if (path.empty() || folders_.contains(path)) return;
  AddFoldersAbove(path);
  folders_.emplace(path);
  Add(Entry{.path = path, .mode = S_IFDIR | 0755, .links = 2, .contents = {}});
}

void CpioArchive::AddFile(std::string_view path, std::string_view contents, bool executable) {
  AddFoldersAbove(path);
  const uint32_t permissions = executable ? 0755 : 0644;
  Add(Entry{.path = path, .mode = S_IFREG | permissions, .contents = contents});
}

void CpioArchive::AddCharacterDevice(std::string_view path, uint32_t major_number,
                                     uint32_t minor_number) {
  AddFoldersAbove(path);
  Add(Entry{.path = path,
            .mode = S_IFCHR | 0600,
            .major_number = major_number,
            .minor_number = minor_number,
            .contents = {}});
}

std::string CpioArchive::Bytes() const {
  std::string bytes = bytes_;
  Append(bytes, 0, Entry{.path = "TRAILER!!!", .contents = {}});
  Pad(bytes, kBlock);
  return bytes;
}

}  // namespace finwait
