// SPDX-License-Identifier: Apache-2.0
//
// A processor for a program whose threads mostly wait for each other. On one they wake each other
// at once; across two that sleep, waking takes longer than what they do.
#ifndef FINWAIT_STACKS_PROCESSOR_H_
#define FINWAIT_STACKS_PROCESSOR_H_

#include <optional>
#include <string>
#include <utility>

#include "stacks/descriptor.h"

namespace finwait {

// While it lives nobody else claims the same one for the same use: programs that are bound to a
// processor cannot make way for each other. What is not bound to one does.
class Processor {
 public:
  // One that this thread may run on and nobody has claimed, or nullopt. `use` is a short word.
  static std::optional<Processor> Claim(const std::string& use);

  int number() const { return number_; }

 private:
  Processor(int number, Descriptor claim) : number_(number), claim_(std::move(claim)) {}

  int number_;
  Descriptor claim_;  // A socket whose abstract name is the claim: the kernel ends it with us.
};

}  // namespace finwait

#endif  // FINWAIT_STACKS_PROCESSOR_H_
