// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_kernel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "stacks/guest.h"
#include "tests/stacks/guest_folder.h"

namespace finwait {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kJson[] =
    R"({"name": "linux-5.10", "kind": "qemu", "package": "linux-image-5.10.0-46-cloud-amd64",
        "version": "5.10.262-1", "release": "5.10.0-46-cloud-amd64", "hz": 250})";

TEST(GuestKernel, IsReadFromItsFolder) {
  const GuestTestFolder folder;
  folder.File("g/guest.json", kJson);
  folder.File("g/modules/order", "tun.ko\ninet_diag.ko\n");
  const absl::StatusOr<GuestKernel> guest = ReadGuest(folder.path() + "/g");
  ASSERT_TRUE(guest.ok()) << guest.status();
  EXPECT_EQ(guest->name, "linux-5.10");
  EXPECT_EQ(guest->kind, GuestKind::kQemu);
  EXPECT_EQ(guest->version, "5.10.262-1");
  EXPECT_EQ(guest->release, "5.10.0-46-cloud-amd64");
  EXPECT_EQ(guest->image, folder.path() + "/g/kernel");
  EXPECT_THAT(guest->modules, ElementsAre(folder.path() + "/g/modules/tun.ko",
                                          folder.path() + "/g/modules/inet_diag.ko"));
}

TEST(GuestKernel, ThatIsNotDescribedIsAnError) {
  const GuestTestFolder folder;
  for (const char* const json :
       {"", "{", "[]", R"({"name": "x"})", R"({"name": "x", "kind": "xen"})", R"({"kind": "uml"})",
        R"({"name": 5, "kind": "uml"})"}) {
    folder.File("g/guest.json", json);
    EXPECT_FALSE(ReadGuest(folder.path() + "/g").ok()) << json;
  }
  EXPECT_FALSE(ReadGuest(folder.path() + "/nowhere").ok());
}

TEST(GuestKernel, OfACacheAreThoseInUse) {
  const GuestTestFolder folder;
  folder.File("linux-5.10/guest.json", kJson);
  folder.File("linux-5.10@5.10.1/guest.json", kJson);
  folder.File(".fetch.abc/guest.json", kJson);
  folder.File("broken/guest.json", "{");
  EXPECT_THAT(GuestsIn(folder.path()), SizeIs(1));
  EXPECT_THAT(GuestsIn(folder.path() + "/nowhere"), IsEmpty());
}

TEST(GuestKernel, OfOnesOwnTakesTheModulesBesideIt) {
  const GuestTestFolder folder;
  const std::string image = folder.File("tree/arch/x86/boot/bzImage", "MZ");
  EXPECT_THAT(OwnKernel(image)->modules, IsEmpty()) << "all may be built in";
  const std::string tcp_diag = folder.File("tree/net/ipv4/tcp_diag.ko", "");
  const std::string tun = folder.File("tree/drivers/net/tun.ko", "");
  EXPECT_THAT(OwnKernel(image)->modules, ElementsAre(tun, tcp_diag));
  const std::string nearer = folder.File("tree/arch/x86/boot/tun.ko", "");
  EXPECT_THAT(OwnKernel(image)->modules, ElementsAre(nearer, tcp_diag));
  EXPECT_TRUE(absl::IsUnavailable(OwnKernel(image + "2").status()));
}

TEST(GuestKernel, ShowsItsKind) {
  EXPECT_EQ(KindOf("MZ... uml_dir= ..."), GuestKind::kQemu);
  EXPECT_EQ(KindOf("\x7f"
                   "ELF, a vmlinux"),
            GuestKind::kQemu);
  EXPECT_EQ(KindOf("\x7f"
                   "ELF ... uml_dir=<directory> ..."),
            GuestKind::kUml);
}

TEST(GuestKernel, ThatIsNotInTheCacheIsNamedWithTheRemedy) {
  const absl::StatusOr<GuestKernel> guest = FindGuest("linux-1.2");
  EXPECT_TRUE(absl::IsUnavailable(guest.status()));
  EXPECT_THAT(std::string(guest.status().message()), HasSubstr("./x guests linux-1.2"));
}

TEST(Guest, GetsTheSameInitramfsForTheSameJob) {
  const GuestTestFolder folder;
  const GuestKernel kernel{.name = "x",
                           .kind = GuestKind::kUml,
                           .image = "x",
                           .modules = {folder.File("tun.ko", "a module")},
                           .package = {},
                           .version = {},
                           .release = {}};
  const GuestJob job{.program =
                         "\x7f"
                         "ELF",
                     .arguments = {"replay", "-e", "A.close"},
                     .files = {{.path = "a/b.sched", .bytes = "A.close"}}};
  const absl::StatusOr<std::string> bytes = Initramfs(kernel, job);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes, *Initramfs(kernel, job));
  EXPECT_THAT(*bytes, HasSubstr("work/a/b.sched"));
  EXPECT_THAT(*bytes, HasSubstr("replay\n-e\nA.close\n"));
  EXPECT_THAT(*bytes, HasSubstr("/dev/ttyS0"));
}

}  // namespace
}  // namespace finwait
