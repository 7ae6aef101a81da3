// SPDX-License-Identifier: Apache-2.0
//
// Transcripts: what a running kernel did with solo schedules, as text that is replayed against the
// model wherever there is none of that kernel.
#ifndef FINWAIT_DIFF_TRANSCRIPT_H_
#define FINWAIT_DIFF_TRANSCRIPT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "diff/acceptor.h"
#include "diff/observe.h"
#include "diff/solo.h"
#include "model/tcp/profile.h"

namespace finwait {

// What ran.
struct RecordedKernel {
  std::string profile;  // The model that it is held against: "linux-6.12".
  std::string release;  // As uname -r prints it.
  std::string package;  // Its version, empty where there is none.
  uint16_t hz = 250;    // CONFIG_HZ.

  friend bool operator==(const RecordedKernel&, const RecordedKernel&) = default;
};

struct Transcript {
  std::string title;  // One line.
  Solo solo;
  Observation seen;
};

struct TranscriptFile {
  RecordedKernel kernel;
  std::vector<Transcript> transcripts;
};

// The kernel a line each; then each transcript, after a line "---- TITLE":
//
//   terms win 64240 mss 1460 wscale 0
//   open passively win 29200 mss 1000
//   +50ms shutdown(SHUT_WR)
//   @ 50112 returns 0; FIN-WAIT-1
//   > 50120 F. 1:1(0) ack 1 win 64240
//   end
//   @ 50121 FIN-WAIT-1 unread 0 poll 4 SO_ERROR none
//
// A line of the schedule, then what was seen: segments that left before it, when it happened and
// with what result and state, segments that left at once. Times are in microseconds.
std::string HeadText(const RecordedKernel& kernel);
std::string TranscriptText(const Transcript& transcript);

// Reads both back. InvalidArgument with file, line and reason; `path` is for that.
absl::StatusOr<TranscriptFile> ParseTranscripts(const std::string& text, const std::string& path);

// The model that transcripts of this kernel are held against. NotFound without such a profile.
absl::StatusOr<Host> ModelOf(const RecordedKernel& kernel);

// How late the observer may be.
Slack RecordingSlack();

}  // namespace finwait

#endif  // FINWAIT_DIFF_TRANSCRIPT_H_
