// SPDX-License-Identifier: Apache-2.0
//
// The matrix is large, reaches every start on every kernel, says nothing twice, and the running
// kernel agrees with its model in every cell.
#include "diff/matrix.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "diff/diff.h"
#include "diff/solo_text.h"
#include "stacks/model_stack.h"
#include "tests/diff/running_kernel.h"

namespace finwait {
namespace {

struct Counted {
  absl::Status status;
  size_t cells = 0;
  std::set<std::string> distinct;
  std::set<State> starts;
};

Counted Count(const KernelProfile& kernel) {
  const Host host{.kernel = kernel, .environment = {}};
  ModelStack stack(host);
  Counted counted;
  counted.status = ForEachCell(AskTerms(stack).value(), host, [&](const Cell& cell) {
    ++counted.cells;
    counted.distinct.insert(SoloLine(cell.solo));
    counted.starts.insert(cell.start->state);
    return absl::OkStatus();
  });
  return counted;
}

TEST(Matrix, CountIsPinnedAndEveryCellIsAnother) {
  const Counted counted = Count(*FindProfile("linux-6.18"));
  ASSERT_TRUE(counted.status.ok()) << counted.status;
  EXPECT_EQ(counted.cells, 146'850U);
  EXPECT_EQ(counted.distinct.size(), counted.cells);
  // All states of a connection that was established once.
  EXPECT_EQ(counted.starts.size(), 8U);
}

TEST(Matrix, EveryStartIsReachedOnEveryKernel) {
  for (const KernelProfile& kernel : Profiles()) {
    const Host host{.kernel = kernel, .environment = {}};
    ModelStack stack(host);
    size_t cells = 0;
    const absl::Status status = ForEachCell(AskTerms(stack).value(), host, [&](const Cell&) {
      ++cells;
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << kernel.name << ": " << status;
    EXPECT_GT(cells, 20'000U) << kernel.name;
  }
}

TEST(Matrix, ErrorsOfTheVisitorEndIt) {
  const Host host{.kernel = *FindProfile("linux-6.18"), .environment = {}};
  ModelStack stack(host);
  int visited = 0;
  const absl::Status status = ForEachCell(AskTerms(stack).value(), host, [&](const Cell&) {
    return ++visited == 3 ? absl::CancelledError("enough") : absl::OkStatus();
  });
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_EQ(visited, 3);
}

// The cells of a state hold the segment that loses a FIN: the two kernels part there.
TEST(Matrix, ShowsTheLostFin) {
  const Host model{.kernel = *FindProfile("linux-5.10"), .environment = {}};
  const Host other{.kernel = With(model.kernel, {FindTrait("old-ack-while-closing"), 1}),
                   .environment = {}};
  ModelStack stack(other);
  DiffOptions options;
  options.matrix = true;
  options.slack.wheel = false;
  const absl::StatusOr<DiffResult> result = Diff(model, stack, options);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->bound, 0U);
  ASSERT_EQ(result->divergences.size(), 1U);
  ASSERT_TRUE(result->divergences[0].explanation.has_value());
  EXPECT_EQ(result->divergences[0].explanation->trait->name, "old-ack-while-closing");
}

// A stack of a profile that the probe names, held against every cell.
TEST(Matrix, TheRunningKernelAgreesInEveryCell) {
  DiffOptions options;
  options.matrix = true;
  const absl::StatusOr<DiffResult> result = DiffWithRunningKernel(options);
  if (absl::IsUnavailable(result.status())) {
    GTEST_SKIP() << "the live kernel cannot be tested here: " << result.status().message();
  }
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_GT(result->schedules, 20'000U);
  EXPECT_EQ(result->bound, 0U);
}

}  // namespace
}  // namespace finwait
