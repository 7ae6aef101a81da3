// SPDX-License-Identifier: Apache-2.0
#include "stacks/cpio.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "stacks/file_bytes.h"

namespace finwait {
namespace {

// What `command` prints.
std::string Printed(const std::string& command) {
  std::FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  std::string text;
  while (const size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), n);
  }
  return pclose(pipe) == 0 ? text : "failed: " + text;
}

TEST(Cpio, AnEntryIsAHeaderOfHexadecimalFieldsItsNameAndItsContents) {
  CpioArchive archive;
  archive.AddFile("hello", "world\n");
  const std::string entry =
      "070701"
      "00000001"  // Inode,
      "000081a4"  // a file, rw-r--r--,
      "00000000"  // of root
      "00000000"
      "00000001"  // with one link,
      "00000000"  // of 1970,
      "00000006"  // six bytes
      "00000000"  // on no device
      "00000000"
      "00000000"  // and being none.
      "00000000"
      "00000006"  // The name's length with its NUL.
      "00000000";
  const std::string bytes = archive.Bytes();
  EXPECT_EQ(bytes.substr(0, 110), entry);
  EXPECT_EQ(bytes.substr(110, 14), std::string("hello\0world\n\0\0", 14)) << "padded to fours";
  EXPECT_EQ(bytes.substr(124, 6), "070701");
  EXPECT_NE(bytes.find("TRAILER!!!"), std::string::npos);
  EXPECT_EQ(bytes.size() % 512, 0U);
}

TEST(Cpio, MakesTheFoldersAboveAnEntryOnce) {
  CpioArchive one;
  one.AddFile("a/b/c", "1");
  one.AddFile("a/b/d", "2");
  CpioArchive other;
  other.AddFolder("a");
  other.AddFolder("a/b");
  other.AddFile("a/b/c", "1");
  other.AddFile("a/b/d", "2");
  EXPECT_EQ(one.Bytes(), other.Bytes());
}

TEST(Cpio, IsReadByTheProgramOfThatName) {
  if (std::system("command -v cpio >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no cpio here";
  CpioArchive archive;
  archive.AddFolder("proc");
  archive.AddCharacterDevice("dev/console", 5, 1);
  archive.AddFile("init", std::string("\x7f\0ELF", 5), /*executable=*/true);
  std::string path = testing::TempDir() + "finwait-cpio-XXXXXX";
  const int fd = mkstemp(path.data());
  ASSERT_GE(fd, 0);
  close(fd);
  ASSERT_TRUE(WriteBytes(path, archive.Bytes()).ok());
  EXPECT_EQ(Printed("cpio -it --quiet <" + path), "proc\ndev\ndev/console\ninit\n");
  const std::string table = Printed("cpio -itvn --quiet <" + path);
  EXPECT_NE(table.find("crw-------   1 0        0          5,   1"), std::string::npos) << table;
  EXPECT_NE(table.find("-rwxr-xr-x   1 0        0               5"), std::string::npos) << table;
  std::remove(path.c_str());
}

}  // namespace
}  // namespace finwait
