// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "stacks/child.h"
#include "stacks/cpio.h"
#include "stacks/descriptor.h"
#include "stacks/file_bytes.h"
#include "stacks/guest_protocol.h"
#include "stacks/processor.h"
#include "stacks/system_error.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

constexpr size_t kConsoleKept = 4096;  // Bytes of the end, for an error message.
constexpr std::chrono::seconds kPowerOffMax{5};

class TemporaryFolder {
 public:
  TemporaryFolder() = default;
  TemporaryFolder(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  absl::Status Make() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "finwait-guest-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return SystemError(name, errno);
    path_ = name;
    return absl::OkStatus();
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A file without a name, which what is started from here can open as well.
struct MemoryFile {
  Descriptor file;
  std::string Path() const { return absl::StrCat("/proc/self/fd/", file.get()); }
};

absl::StatusOr<MemoryFile> InMemory(std::string_view bytes) {
  MemoryFile memory{Descriptor(memfd_create("initramfs", 0))};  // Not closed by exec.
  if (!memory.file.open()) return SystemError("memfd_create", errno);
  absl::Status status = WriteBytes(memory.Path(), bytes);
  if (!status.ok()) return status;
  return memory;
}

// The last lines of a console, on one line.
std::string Ending(const std::string& console) {
  std::string text;
  bool line_ended = false;
  for (const char c : console) {
    line_ended |= c == '\n';
    if (static_cast<unsigned char>(c) < ' ') continue;
    if (std::exchange(line_ended, false)) absl::StrAppend(&text, " | ");
    text.push_back(c);
  }
  constexpr size_t kShown = 400;
  if (text.size() > kShown) text = "..." + text.substr(text.size() - kShown);
  return text.empty() ? "nothing was said on its console" : "its console ended: " + text;
}

class Boot {
 public:
  Boot(const GuestKernel& kernel, const GuestOptions& options)
      : kernel_(kernel), options_(options) {}

  absl::StatusOr<GuestResult> Run(const std::vector<std::string>& command) {
    const auto start = std::chrono::steady_clock::now();
    // A full pipe is something that an emulated serial line feels; User Mode Linux waits for its
    // descriptors, which cannot be done with files. The threads of the one take turns, and so do
    // the processes of the other.
    const bool uml = kernel_.kind == GuestKind::kUml;
    const std::optional<Processor> processor = Processor::Claim("guest");
    absl::StatusOr<Child> child =
        Child::Start(command, uml ? Child::Output::kPipes : Child::Output::kFiles,
                     processor.has_value() ? std::optional(processor->number()) : std::nullopt);
    if (!child.ok()) return child.status();
    status_ = child->Listen({.out = [this](std::string_view bytes) { return TakeOut(bytes); },
                             .err = [this](std::string_view bytes) { TakeConsole(bytes); },
                             .done = [this] { return Ended(); }},
                            start + options_.limit);
    if (Ended()) PowerOff(*child);
    if (records_.lacking().has_value()) {
      return absl::UnavailableError(absl::StrCat(Name(), " lacks ", *records_.lacking()));
    }
    if (!records_.exit_code().has_value()) return Failure();
    return GuestResult{.exit_code = *records_.exit_code(),
                       .out = records_.out(),
                       .seconds = std::chrono::steady_clock::now() - start};
  }

  // Whether another try may fare better.
  bool MayRetry() const { return !Ended() && !absl::IsDeadlineExceeded(status_); }

 private:
  bool Ended() const { return records_.exit_code().has_value() || records_.lacking().has_value(); }
  std::string Name() const { return absl::StrCat("the guest ", kernel_.name); }

  absl::Status TakeOut(std::string_view bytes) {
    absl::Status status = records_.Take(bytes);
    const std::string err = records_.TakeErr();
    if (!err.empty() && options_.err) options_.err(err);
    return status;
  }

  void TakeConsole(std::string_view bytes) {
    if (options_.console) options_.console(bytes);
    console_.append(bytes);
    if (console_.size() > kConsoleKept) console_.erase(0, console_.size() - kConsoleKept);
  }

  // All has been said: it may go, and is killed if it does not.
  void PowerOff(Child& child) {
    child
        .Listen({.out = [](std::string_view) { return absl::OkStatus(); },
                 .err = [this](std::string_view bytes) { TakeConsole(bytes); },
                 .done = [] { return false; }},
                std::chrono::steady_clock::now() + kPowerOffMax)
        .IgnoreError();
  }

  absl::Status Failure() const {
    const std::string why = absl::IsDeadlineExceeded(status_)
                                ? absl::StrCat("was not done after ", options_.limit.count(), " s")
                            : status_.ok() ? std::string("ended before finwait in it had")
                                           : std::string(status_.message());
    return absl::UnavailableError(absl::StrCat(Name(), ": ", why, "; ", Ending(console_)));
  }

  const GuestKernel& kernel_;
  const GuestOptions& options_;
  GuestRecords records_;
  std::string console_;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<std::string> Initramfs(const GuestKernel& kernel, const GuestJob& job) {
  CpioArchive archive;
  for (const char* const folder : {"dev", "proc", "sys", "tmp"}) archive.AddFolder(folder);
  archive.AddFolder(kGuestWorkFolder);
  archive.AddCharacterDevice("dev/console", 5, 1);
  archive.AddFile("init", job.program, /*executable=*/true);
  archive.AddFile(kGuestArgumentsFile, FormatArguments(job.arguments));
  const bool uml = kernel.kind == GuestKind::kUml;
  archive.AddFile(kGuestChannelFile, uml ? "/dev/ttyS0" : "/dev/ttyS1");
  std::string order;
  for (const std::string& path : kernel.modules) {
    const absl::StatusOr<std::string> module = ReadBytes(path);
    if (!module.ok()) return module.status();
    const std::string name = fs::path(path).filename().string();
    archive.AddFile(absl::StrCat(std::string(kGuestModulesFolder), "/", name), *module);
    absl::StrAppend(&order, name, "\n");
  }
  archive.AddFile(kGuestModulesOrder, order);
  for (const GuestFile& file : job.files) {
    archive.AddFile(absl::StrCat(std::string(kGuestWorkFolder), "/", file.path), file.bytes);
  }
  return archive.Bytes();
}

absl::StatusOr<GuestResult> RunInGuest(const GuestKernel& kernel, const GuestJob& job,
                                       const GuestOptions& options) {
  const absl::StatusOr<std::string> initramfs = Initramfs(kernel, job);
  if (!initramfs.ok()) return initramfs.status();
  const absl::StatusOr<MemoryFile> initrd = InMemory(*initramfs);
  if (!initrd.ok()) return initrd.status();
  for (int tries_left = 1;; --tries_left) {
    TemporaryFolder folder;
    if (kernel.kind == GuestKind::kUml) {
      if (absl::Status status = folder.Make(); !status.ok()) return status;
    }
    Boot boot(kernel, options);
    absl::StatusOr<GuestResult> result =
        boot.Run(GuestCommand(kernel, options.clock, initrd->Path(), folder.path()));
    if (result.ok() || tries_left == 0 || !boot.MayRetry()) return result;
    if (options.err) {
      options.err(absl::StrCat(result.status().message(), "; once more\n"));
    }
  }
}

}  // namespace finwait
