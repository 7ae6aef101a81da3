// SPDX-License-Identifier: Apache-2.0
#include "diff/transcript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <string>

#include "diff/generate.h"
#include "stacks/model_stack.h"

namespace finwait {
namespace {

using ::testing::HasSubstr;

constexpr const char* kHead = "kernel linux-6.12\nrelease 6.12.117\npackage 6.12.117-1\nhz 250\n";

std::string OneTranscript(const std::string& lines) {
  return std::string(kHead) + "---- title\nterms win 64240 mss 1460 wscale 0\n" + lines;
}

std::string ErrorOf(const std::string& text) {
  const absl::StatusOr<TranscriptFile> file = ParseTranscripts(text, "a.transcript");
  return file.ok() ? "" : std::string(file.status().message());
}

bool SameObserved(const Observed& a, const Observed& b) {
  return a.before == b.before && a.at == b.at && a.sent == b.sent && a.result == b.result &&
         a.state == b.state;
}

bool Same(const Observation& a, const Observation& b) {
  if (a.terms.window != b.terms.window || a.terms.mss != b.terms.mss ||
      a.terms.wscale != b.terms.wscale || a.events.size() != b.events.size()) {
    return false;
  }
  for (size_t i = 0; i < a.events.size(); ++i) {
    if (!SameObserved(a.events[i], b.events[i])) return false;
  }
  return a.after == b.after && a.ends_at == b.ends_at && a.ending == b.ending;
}

RC_GTEST_PROP(Transcript, IsReadBackAsItWasWritten, (uint32_t seed, bool every_state)) {
  const Host host{.kernel = *FindProfile("linux-6.12"), .environment = {}};
  ModelStack stack(host);
  SoloRules rules{.terms = {}, .waits_percent = 50, .wait_max = std::chrono::seconds(70)};
  rules.terms.fill(Terms{.window = 64240, .mss = 1460});
  Random random = Random::ForCase(seed, 0);
  Transcript written{.title = "any title; it may be long", .solo = {}, .seen = {}};
  Generate(random, rules, host, written.solo);
  const absl::Status status =
      RunAndObserve(written.solo, {.states = every_state}, stack, written.seen);
  RC_PRE(status.ok());  // Else a queue of the model was full.
  const RecordedKernel kernel{
      .profile = "linux-6.12", .release = "6.12.117", .package = "6.12.117-1", .hz = 250};
  const std::string text = HeadText(kernel) + TranscriptText(written) + TranscriptText(written);
  const absl::StatusOr<TranscriptFile> read = ParseTranscripts(text, "a.transcript");
  RC_ASSERT(read.ok());
  RC_ASSERT(read->kernel == kernel);
  RC_ASSERT(read->transcripts.size() == 2U);
  std::string again = HeadText(read->kernel);
  for (const Transcript& t : read->transcripts) {
    RC_ASSERT(t.title == written.title);
    RC_ASSERT(Same(t.seen, written.seen));
    again += TranscriptText(t);
  }
  RC_ASSERT(again == text);
}

TEST(ParseTranscripts, ReadsAnEndedConnection) {
  const absl::StatusOr<TranscriptFile> file =
      ParseTranscripts(OneTranscript("open passively win 29200 mss 1000\n"
                                     "+60ms close()\n"
                                     "@ 60012 returns 0; FIN-WAIT-1\n"
                                     "> 60020 F. 1:1(0) ack 1 win 64240\n"
                                     "end\n"
                                     "@ 60030 FIN-WAIT-1 closed\n"),
                       "a.transcript");
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_EQ(file->transcripts.size(), 1U);
  const Transcript& t = file->transcripts.front();
  EXPECT_EQ(t.solo.connection.peer_mss, 1000);
  ASSERT_EQ(t.seen.events.size(), 1U);
  EXPECT_EQ(t.seen.events[0].state, State::kFinWait1);
  ASSERT_EQ(t.seen.events[0].sent.size(), 1U);
  EXPECT_EQ(t.seen.events[0].sent[0].segment.wnd, 64240);
  EXPECT_FALSE(t.seen.ending.open);
}

TEST(ParseTranscripts, NamesFileAndLineAndReason) {
  EXPECT_THAT(ErrorOf("hz 0\n"), HasSubstr("a.transcript:1: expected kernel, release"));
  EXPECT_THAT(ErrorOf(""), HasSubstr("no kernel is named"));
  const std::string open = "open passively win 29200 mss 1000\n";
  EXPECT_THAT(ErrorOf(OneTranscript(open + "close()\nend\n")),
              HasSubstr("a.transcript:9: the event before it has no line"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "close()\n@ 7\n")), HasSubstr("a call has a result"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "close()\n@ 7 returns 0; AWAY\n")),
              HasSubstr("no state 'AWAY'"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "fly()\n")), HasSubstr("no call 'fly()'"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "> 7 F. 1:1(0) ack 1\n")),
              HasSubstr("a segment before the first event"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "end\n")), HasSubstr("has no end"));
  EXPECT_THAT(ErrorOf(OneTranscript(open + "end\n@ 7 CLOSED closed\nclose()\n")),
              HasSubstr("ends with what is seen at its end"));
}

}  // namespace
}  // namespace finwait
