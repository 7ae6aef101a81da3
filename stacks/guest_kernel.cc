// SPDX-License-Identifier: Apache-2.0
#include "stacks/guest_kernel.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "stacks/file_bytes.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool IsFile(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// In the order in which they are loaded: each where a folder of modules has it, and where a source
// tree has it.
struct Wanted {
  const char* file;
  const char* in_tree;
};
constexpr Wanted kWanted[] = {
    {"tun.ko", "drivers/net/tun.ko"},
    {"inet_diag.ko", "net/ipv4/inet_diag.ko"},
    {"tcp_diag.ko", "net/ipv4/tcp_diag.ko"},
};

}  // namespace

std::string GuestFolder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache != '\0') return absl::StrCat(cache, "/finwait/guests");
  const char* const home = std::getenv("HOME");
  return absl::StrCat(home != nullptr ? home : "", "/.cache/finwait/guests");
}

absl::StatusOr<GuestKernel> ReadGuest(const std::string& folder) {
  const absl::StatusOr<std::string> text = ReadBytes(folder + "/guest.json");
  if (!text.ok()) return text.status();
  const Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  const auto field = [&](const char* name) {
    const bool there = json.is_object() && json.contains(name) && json[name].is_string();
    return there ? json[name].get<std::string>() : std::string();
  };
  GuestKernel guest;
  guest.name = field("name");
  guest.package = field("package");
  guest.version = field("version");
  guest.release = field("release");
  const std::string kind = field("kind");
  if (guest.name.empty() || (kind != "qemu" && kind != "uml")) {
    return absl::InvalidArgumentError(
        absl::StrCat(folder, "/guest.json: needs a name, and a kind that is qemu or uml"));
  }
  guest.kind = kind == "qemu" ? GuestKind::kQemu : GuestKind::kUml;
  guest.image = folder + "/kernel";
  const absl::StatusOr<std::string> order = ReadBytes(folder + "/modules/order");
  if (!order.ok()) return guest;  // All is built in.
  for (const absl::string_view name : absl::StrSplit(*order, '\n', absl::SkipEmpty())) {
    guest.modules.push_back(absl::StrCat(folder, "/modules/", name));
  }
  return guest;
}

std::vector<GuestKernel> GuestsIn(const std::string& folder) {
  std::vector<GuestKernel> guests;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || name.find('@') != std::string::npos) continue;  // Not in use.
    absl::StatusOr<GuestKernel> guest = ReadGuest(entry.path().string());
    if (guest.ok()) guests.push_back(*std::move(guest));
  }
  std::sort(guests.begin(), guests.end(),
            [](const GuestKernel& a, const GuestKernel& b) { return a.name < b.name; });
  return guests;
}

GuestKind KindOf(std::string_view image) {
  // The option that only UML has, in its help text.
  const bool uml = image.starts_with(
                       "\x7f"
                       "ELF") &&
                   image.find("uml_dir=") != image.npos;
  return uml ? GuestKind::kUml : GuestKind::kQemu;
}

absl::StatusOr<GuestKernel> OwnKernel(const std::string& image) {
  const absl::StatusOr<std::string> bytes = ReadBytes(image);
  if (!bytes.ok()) return bytes.status();
  GuestKernel guest;
  guest.name = image;
  guest.image = image;
  guest.kind = KindOf(*bytes);
  const fs::path folder = fs::absolute(image).parent_path();
  // arch/x86/boot/bzImage lies three folders below the root of its tree, UML's program in the root.
  const fs::path roots[] = {folder, folder / "../../.."};
  for (const Wanted& wanted : kWanted) {
    std::vector<fs::path> places = {folder / wanted.file, folder / "modules" / wanted.file};
    for (const fs::path& root : roots) places.push_back(root / wanted.in_tree);
    const auto found = std::find_if(places.begin(), places.end(), IsFile);
    if (found != places.end()) guest.modules.push_back(found->lexically_normal().string());
  }
  return guest;
}

absl::StatusOr<GuestKernel> FindGuest(const std::string& name) {
  if (name.find('/') != std::string::npos) return OwnKernel(name);
  const std::string folder = absl::StrCat(GuestFolder(), "/", name);
  if (!name.empty() && IsFile(folder + "/guest.json")) return ReadGuest(folder);
  std::string there;
  for (const GuestKernel& guest : GuestsIn(GuestFolder())) absl::StrAppend(&there, " ", guest.name);
  return absl::UnavailableError(absl::StrCat("the guest '", name, "' is not in ", GuestFolder(),
                                             "; there is:", there.empty() ? " none" : there,
                                             "; fetch it: ./x guests ", name));
}

}  // namespace finwait
