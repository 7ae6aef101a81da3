// SPDX-License-Identifier: Apache-2.0
//
// An archive as the kernel unpacks it into its first file system: cpio in the "newc" format.
#ifndef FINWAIT_STACKS_CPIO_H_
#define FINWAIT_STACKS_CPIO_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace finwait {

// Same entries, same bytes: owners and times are 0, and inodes count up. Paths have no leading
// slash; the folders above an entry are made on the way.
class CpioArchive {
 public:
  void AddFolder(std::string_view path);
  void AddFile(std::string_view path, std::string_view contents, bool executable = false);
  void AddCharacterDevice(std::string_view path, uint32_t major_number, uint32_t minor_number);

  // The archive with its end mark, padded to whole blocks of 512 bytes.
  std::string Bytes() const;

 private:
  struct Entry {
    std::string_view path;
    uint32_t mode = 0;
    uint32_t links = 1;
    uint32_t major_number = 0;  // Of the device that it is.
    uint32_t minor_number = 0;
    std::string_view contents;
  };

  static void Append(std::string& bytes, uint32_t inode, const Entry& entry);
  void Add(const Entry& entry);
  void AddFoldersAbove(std::string_view path);

  std::string bytes_;
  uint32_t entries_ = 0;
  std::set<std::string, std::less<>> folders_;
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_CPIO_H_
