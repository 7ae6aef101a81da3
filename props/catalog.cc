// SPDX-License-Identifier: Apache-2.0
#include "props/catalog.h"

namespace finwait {

std::optional<size_t> FindProperty(std::string_view name) {
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (kProperties[i].name == name) return i;
  }
  return std::nullopt;
}

std::vector<std::string> NamesOf(PropertySet set) {
  std::vector<std::string> names;
  for (size_t i = 0; i < kPropertyCount; ++i) {
    if (set.Has(i)) names.emplace_back(kProperties[i].name);
  }
  return names;
}

}  // namespace finwait
