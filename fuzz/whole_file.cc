// SPDX-License-Identifier: Apache-2.0
#include "fuzz/whole_file.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDraft = ".draft-";  // The writer's process number follows.

using Closer = int (*)(std::FILE*);
using Stream = std::unique_ptr<std::FILE, Closer>;

Stream Open(const std::string& path, const char* mode) {
  return {std::fopen(path.c_str(), mode), &std::fclose};
}

bool WriteAndSync(const std::string& path, const std::function<bool(std::FILE*)>& write) {
  Stream out = Open(path, "wb");
  if (out == nullptr || !write(out.get())) return false;
  if (std::fflush(out.get()) != 0 || fsync(fileno(out.get())) != 0) return false;
  return std::fclose(out.release()) == 0;
}

// The new name, too, must outlive a power failure. A file system that cannot do that is no error.
void SyncDirectory(const fs::path& directory) {
  const Stream opened = Open(directory.empty() ? "." : directory.string(), "rb");
  if (opened != nullptr) fsync(fileno(opened.get()));
}

}  // namespace

absl::Status WriteWhole(const std::string& path, const std::string& text) {
  return WriteWhole(path, [&](std::FILE* out) {
    return std::fwrite(text.data(), 1, text.size(), out) == text.size();
  });
}

absl::Status WriteWhole(const std::string& path, const std::function<bool(std::FILE*)>& write) {
  std::error_code error;
  const fs::path target(path);
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  const std::string draft = absl::StrCat(path, kDraft, getpid());
  const bool written = WriteAndSync(draft, write);
  if (written) fs::rename(draft, target, error);
  if (!written || error) {
    fs::remove(draft, error);
    return absl::UnavailableError(absl::StrCat(path, ": cannot be written"));
  }
  SyncDirectory(target.parent_path());
  return absl::OkStatus();
}

void RemoveDrafts(const std::string& directory, std::chrono::seconds age_min) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().filename().string().find(kDraft) == std::string::npos) continue;
    const fs::file_time_type written = entry.last_write_time(error);
    if (error || fs::file_time_type::clock::now() - written < age_min) continue;
    fs::remove(entry.path(), error);
  }
}

}  // namespace finwait
