// SPDX-License-Identifier: Apache-2.0
#include "diff/solo.h"

#include <algorithm>

namespace finwait {

bool Solo::Waits() const {
  return listen_on > Duration{} ||
         std::any_of(events.begin(), events.end(),
                     [](const SoloEvent& event) { return event.wait > Duration{}; });
}

}  // namespace finwait
