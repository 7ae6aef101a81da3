// SPDX-License-Identifier: Apache-2.0
//
// What a corpus knows: causes, and the behaviours of kernels that they come from. Another cause of
// such an origin is another way to see the same bug, and no news.
#ifndef FINWAIT_FUZZ_KNOWN_H_
#define FINWAIT_FUZZ_KNOWN_H_

#include <map>
#include <span>
#include <string>
#include <vector>

#include "fuzz/cause.h"
#include "fuzz/corpus.h"
#include "model/tcp/trait.h"

namespace finwait {

class Known {
 public:
  Known() = default;
  // The causes that the files' expected violations have.
  explicit Known(const std::vector<NamedSchedule>& schedules);

  // `schedule` shows the cause; so does the file at `path`, from now on. The first that is added
  // stays.
  void Add(const Cause& cause, const Schedule& schedule, const std::string& path);

  bool Has(const std::string& id) const { return cases_.contains(id); }
  // The file that shows the cause; else one of the same origin; else empty.
  std::string Find(const Cause& cause, std::span<const TraitValue> origins) const;
  bool Knows(const Cause& cause, std::span<const TraitValue> origins) const {
    return !Find(cause, origins).empty();
  }

 private:
  struct Case {
    size_t property = 0;
    Schedule schedule;
    std::string path;
  };
  std::map<std::string, Case> cases_;  // By the id of the cause.
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_KNOWN_H_
