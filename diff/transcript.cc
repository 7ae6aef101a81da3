// SPDX-License-Identifier: Apache-2.0
#include "diff/transcript.h"

#include <chrono>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "diff/solo_text.h"
#include "diff/transcript_words.h"
#include "fuzz/view.h"
#include "model/world/notation.h"

namespace finwait {
namespace {

std::string SentText(const std::vector<Departure>& sent) {
  std::string text;
  for (const Departure& d : sent) {
    absl::StrAppend(&text, "> ", SinceStart(d.at).count(), " ", WholeSegmentText(d.segment), "\n");
  }
  return text;
}

std::string SeenText(const SoloEvent& event, const Observed& seen) {
  std::string text = absl::StrCat(SentText(seen.before), "@ ", SinceStart(seen.at).count());
  if (event.event.kind != EventKind::kSegment) {
    absl::StrAppend(&text, " ", ResultText(seen.result));
  }
  if (seen.state.has_value()) absl::StrAppend(&text, "; ", View(Name(*seen.state)));
  return absl::StrCat(text, "\n", SentText(seen.sent));
}

std::string EndText(const Observation& seen) {
  const Ending& ending = seen.ending;
  std::string text = absl::StrCat("end\n", SentText(seen.after), "@ ",
                                  SinceStart(seen.ends_at).count(), " ", View(Name(ending.state)));
  if (!ending.open) return text + " closed\n";
  return absl::StrCat(text, " unread ", ending.unread, " poll ", static_cast<int>(ending.poll),
                      " SO_ERROR ", View(NameOf(ending.error)), "\n");
}

}  // namespace

std::string HeadText(const RecordedKernel& kernel) {
  return absl::StrCat("kernel ", kernel.profile, "\nrelease ", kernel.release, "\npackage ",
                      kernel.package.empty() ? "none" : kernel.package, "\nhz ", kernel.hz, "\n");
}

std::string TranscriptText(const Transcript& transcript) {
  const auto& [title, solo, seen] = transcript;
  std::string text = absl::StrCat("---- ", title, "\nterms win ", seen.terms.window, " mss ",
                                  seen.terms.mss, " wscale ", static_cast<int>(seen.terms.wscale),
                                  "\n", ConnectionText(solo.connection), "\n");
  for (size_t i = 0; i < solo.events.size(); ++i) {
    absl::StrAppend(&text, EventText(solo.events[i]), "\n",
                    SeenText(solo.events[i], seen.events[i]));
  }
  if (solo.listen_on > Duration{}) {
    absl::StrAppend(&text, "+", solo.listen_on.count() / 1000, "ms listen\n");
  }
  return text + EndText(seen);
}

absl::StatusOr<Host> ModelOf(const RecordedKernel& kernel) {
  const KernelProfile* const profile = FindProfile(kernel.profile);
  if (profile == nullptr) {
    return absl::NotFoundError(absl::StrCat("no kernel profile '", kernel.profile, "'"));
  }
  Host host{.kernel = *profile, .environment = {}};
  host.environment.hz = kernel.hz;
  return host;
}

Slack RecordingSlack() {
  Slack slack;
  slack.late = std::chrono::milliseconds(20);
  return slack;
}

}  // namespace finwait
