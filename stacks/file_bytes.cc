// SPDX-License-Identifier: Apache-2.0
#include "stacks/file_bytes.h"

#include <elf.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "stacks/system_error.h"

namespace finwait {

absl::StatusOr<std::string> ReadBytes(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) return SystemError(path, errno != 0 ? errno : EIO);
  return bytes;
}

absl::Status WriteBytes(const std::string& path, std::string_view bytes) {
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return SystemError(path, errno != 0 ? errno : EIO);
  return absl::OkStatus();
}

bool AsksForLoader(std::string_view image) {
  Elf64_Ehdr header{};
  if (image.size() < sizeof(header) || !image.starts_with(ELFMAG)) return false;
  std::memcpy(&header, image.data(), sizeof(header));
  for (size_t i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment{};
    const size_t at = header.e_phoff + i * sizeof(segment);
    if (at + sizeof(segment) > image.size()) return false;
    std::memcpy(&segment, image.data() + at, sizeof(segment));
    if (segment.p_type == PT_INTERP) return true;
  }
  return false;
}

}  // namespace finwait
