// SPDX-License-Identifier: Apache-2.0
#include "stacks/system_error.h"

#include <cerrno>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace finwait {

absl::Status SystemError(absl::string_view what, int error) {
  const std::string text = absl::StrCat(what, ": ", std::system_category().message(error));
  switch (error) {
    case EPERM:
    case EACCES:
    case EROFS:  // A read-only /proc/sys.
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case ENOSYS:
    case EOPNOTSUPP:
    case EPROTONOSUPPORT:
    case EAFNOSUPPORT:
    case ENOSPC:  // user.max_user_namespaces or max_net_namespaces is reached.
      return absl::UnavailableError(text);
    default:
      return absl::InternalError(text);
  }
}

}  // namespace finwait
