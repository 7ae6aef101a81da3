// SPDX-License-Identifier: Apache-2.0
//
// A folder for files of a test, gone when the test is.
#ifndef FINWAIT_TESTS_STACKS_GUEST_FOLDER_H_
#define FINWAIT_TESTS_STACKS_GUEST_FOLDER_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "stacks/file_bytes.h"

namespace finwait {

class GuestTestFolder {
 public:
  GuestTestFolder() : path_(testing::TempDir() + "finwait-guest-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  GuestTestFolder(GuestTestFolder&&) = delete;
  ~GuestTestFolder() { std::filesystem::remove_all(path_); }

  // The path of a new file, with the folders above it.
  std::string File(const std::string& name, std::string_view bytes) const {
    const std::filesystem::path path = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(path.parent_path());
    EXPECT_TRUE(WriteBytes(path.string(), bytes).ok());
    return path.string();
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace finwait

#endif  // FINWAIT_TESTS_STACKS_GUEST_FOLDER_H_
