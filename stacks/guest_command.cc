// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_command.h"

#include "absl/status/statusor.h"
#include "stacks/file_bytes.h"

namespace finwait {
namespace {

// An emulated processor takes seconds for the tests of ciphers, and for the certificates of
// modules, which a kernel of one's own may insist on. As long again goes into comparing the local
// APIC's timer with another, but without it (acpi=noirq) a busy emulator has other bytes.
std::string BootWords(const GuestKernel& kernel) {
  std::string words = "console=ttyS0 quiet panic=-1 nokaslr cryptomgr.notests";
  if (!kernel.package.empty()) words += " initcall_blacklist=load_system_certificate_list";
  return words;
}

}  // namespace

std::vector<std::string> GuestCommand(const GuestKernel& kernel, GuestClock clock,
                                      const std::string& initrd, const std::string& folder) {
  if (kernel.kind == GuestKind::kUml) {
    std::vector<std::string> command = {
        // The kernel's own processes unmap what the C library has registered with the host's.
        "env",
        "GLIBC_TUNABLES=glibc.pthread.rseq=0",
        kernel.image,
        "mem=256M",
        "initrd=" + initrd,
        "uml_dir=" + folder,
        "con=null",
        "con0=null,fd:2",
        "con1=null",
        "ssl=null",
        "ssl0=null,fd:1",
        "quiet",
        "panic=-1"};
    const absl::StatusOr<std::string> image = ReadBytes(kernel.image);
    if (clock == GuestClock::kVirtual && image.ok() && image->find("time-travel=") != image->npos) {
      command.insert(command.end(), {"time-travel=inf-cpu", "time-travel-start=1704067200"});
    }
    return command;
  }
  std::vector<std::string> command = {"qemu-system-x86_64",
                                      "-M",
                                      "q35",
                                      "-accel",
                                      "tcg",
                                      "-m",
                                      "256M",
                                      "-nodefaults",
                                      "-no-user-config",
                                      "-display",
                                      "none",
                                      "-no-reboot",
                                      "-chardev",
                                      "file,id=console,path=/dev/stderr,append=on",
                                      "-serial",
                                      "chardev:console",
                                      "-chardev",
                                      "file,id=records,path=/dev/stdout,append=on",
                                      "-serial",
                                      "chardev:records",
                                      "-kernel",
                                      kernel.image,
                                      "-initrd",
                                      initrd,
                                      "-append",
                                      BootWords(kernel)};
  if (clock == GuestClock::kVirtual) {
    // What is recorded is of no use: but while it records, QEMU's main loop and its processor take
    // turns. Otherwise a main loop that comes round while the processor is about to halt moves the
    // clock forward by a few nanoseconds too many, from an instant that is not the last.
    command.insert(command.end(), {"-icount", "shift=1,sleep=off,rr=record,rrfile=/dev/null",
                                   "-rtc", "base=2024-01-01,clock=vm", "-seed", "1"});
  }
  return command;
}

}  // namespace finwait
