// SPDX-License-Identifier: Apache-2.0
//
// Makes transcripts: runs schedules on a stack and keeps what shows something new.
#ifndef FINWAIT_DIFF_RECORD_H_
#define FINWAIT_DIFF_RECORD_H_

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "diff/acceptor.h"
#include "diff/solo.h"
#include "diff/transcript.h"
#include "model/tcp/profile.h"
#include "stacks/stack.h"

namespace finwait {

// What a stack did otherwise than the model, every time it was asked.
struct Disagreement {
  std::string title;
  Solo solo;
  Mismatch mismatch;
};

class TranscriptRecorder {
 public:
  // What is watched is compared as well; a transcript does not keep it.
  TranscriptRecorder(const Host& model, Stack& stack, const Watch& watch = {})
      : model_(model), stack_(stack), watch_(watch) {
    watch_.states = true;
    tally_.keeps_path = true;
  }

  // A scenario is kept whatever it shows. False when it was not judged to the end, because a queue
  // of the model was full. An error is the stack's.
  absl::StatusOr<bool> TakeScenario(const std::string& title, const Solo& solo);

  // A schedule of the matrix or a random one is kept when it shows a rule with an outcome that
  // nothing before has shown: the state after it and the number of segments sent. What comes after
  // that is cut off.
  absl::Status TakeIfNew(const std::string& title, const Solo& solo);

  const std::vector<Transcript>& kept() const { return kept_; }
  const std::vector<Disagreement>& disagreements() const { return disagreements_; }

 private:
  using Outcome = std::tuple<RuleId, State, uint8_t>;

  // Runs it until it agrees, a few times at most. `tally_.path` is then what explains it.
  absl::StatusOr<bool> Run(const std::string& title, const Solo& solo);
  void Keep(const std::string& title, const Solo& solo);
  // How many events it takes to see all that is new in the last run; 0 when nothing is.
  size_t EventsWithNews(size_t events) const;

  const Host& model_;
  Stack& stack_;
  Watch watch_;
  Tally tally_;
  Observation seen_;
  std::set<Outcome> shown_;
  std::vector<Transcript> kept_;
  std::vector<Disagreement> disagreements_;
};

}  // namespace finwait

#endif  // FINWAIT_DIFF_RECORD_H_
