// SPDX-License-Identifier: Apache-2.0
//
// The running kernel held against the nearest profile, with the probe's answers put into it.
#ifndef FINWAIT_TESTS_DIFF_RUNNING_KERNEL_H_
#define FINWAIT_TESTS_DIFF_RUNNING_KERNEL_H_

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "diff/diff.h"
#include "diff/probe.h"
#include "diff/solo_text.h"
#include "stacks/kernel_clock.h"
#include "stacks/linux_host.h"

namespace finwait {

// Unavailable where no kernel can be tested. Each divergence is a failure.
inline absl::StatusOr<DiffResult> DiffWithRunningKernel(DiffOptions options) {
  Environment environment;
  environment.hz = KernelHz().value_or(environment.hz);
  const absl::StatusOr<std::unique_ptr<LinuxHost>> host = LinuxHost::Open(environment);
  if (!host.ok()) return host.status();
  options.slack.late = std::chrono::milliseconds(20);
  const absl::StatusOr<ProbeResult> probed = Probe(**host, environment, options.slack);
  if (!probed.ok()) return absl::InternalError(probed.status().ToString());
  Host model{.kernel = *probed->nearest.back(), .environment = environment};
  for (const ProbeAnswer& answer : probed->answers) {
    if (answer.value.has_value()) answer.trait->set(model.kernel, *answer.value);
  }
  absl::StatusOr<DiffResult> result = Diff(model, **host, options);
  if (!result.ok()) return absl::InternalError(result.status().ToString());
  for (const Divergence& d : result->divergences) {
    ADD_FAILURE() << SoloLine(d.solo) << "\nmodel " << d.mismatch.expected << "\nkernel "
                  << d.mismatch.seen;
  }
  return result;
}

}  // namespace finwait

#endif  // FINWAIT_TESTS_DIFF_RUNNING_KERNEL_H_
