// SPDX-License-Identifier: Apache-2.0
#include "diff/record.h"

#include <algorithm>

namespace finwait {
namespace {

// A tick that comes between two events makes a schedule differ once.
constexpr int kTries = 4;

}  // namespace

absl::StatusOr<bool> TranscriptRecorder::Run(const std::string& title, const Solo& solo) {
  std::optional<Mismatch> mismatch;
  for (int i = 0; i < kTries; ++i) {
    absl::Status status = RunAndObserve(solo, watch_, stack_, seen_);
    if (!status.ok()) return status;
    bool bound = false;
    mismatch = Accept(solo, seen_, model_, RecordingSlack(), tally_, bound);
    if (!mismatch.has_value()) return !bound;
  }
  disagreements_.push_back({.title = title, .solo = solo, .mismatch = *mismatch});
  return false;
}

void TranscriptRecorder::Keep(const std::string& title, const Solo& solo) {
  for (const Firing& f : tally_.path) shown_.insert({f.rule, f.after, f.sent});
  // A release of the connection is no part of it.
  kept_.push_back({.title = title, .solo = solo, .seen = seen_});
}

absl::StatusOr<bool> TranscriptRecorder::TakeScenario(const std::string& title, const Solo& solo) {
  const size_t disagreed = disagreements_.size();
  const absl::StatusOr<bool> judged = Run(title, solo);
  if (!judged.ok()) return judged;
  if (*judged) Keep(title, solo);
  return *judged || disagreements_.size() > disagreed;
}

size_t TranscriptRecorder::EventsWithNews(size_t events) const {
  size_t count = 0;
  for (const Firing& f : tally_.path) {
    if (shown_.contains({f.rule, f.after, f.sent})) continue;
    count = std::max(count, f.event == events ? events : f.event + 1);
  }
  return count;
}

absl::Status TranscriptRecorder::TakeIfNew(const std::string& title, const Solo& solo) {
  const absl::StatusOr<bool> judged = Run(title, solo);
  if (!judged.ok()) return judged.status();
  const size_t count = *judged ? EventsWithNews(solo.events.size()) : 0;
  if (count == 0) return absl::OkStatus();
  if (count < solo.events.size()) {
    Solo shorter = solo;
    shorter.events.resize(count);
    shorter.listen_on = Duration{};
    const size_t disagreed = disagreements_.size();
    const absl::StatusOr<bool> again = Run(title, shorter);
    if (!again.ok()) return again.status();
    if (*again) Keep(title, shorter);
    if (*again || disagreements_.size() > disagreed) return absl::OkStatus();
  }
  const absl::StatusOr<bool> whole = count < solo.events.size() ? Run(title, solo) : judged;
  if (!whole.ok()) return whole.status();
  if (*whole) Keep(title, solo);
  return absl::OkStatus();
}

}  // namespace finwait
