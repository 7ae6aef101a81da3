// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "diff/solo_parse.h"
#include "diff/transcript.h"
#include "diff/transcript_words.h"

namespace finwait {
namespace {

using Split = std::vector<absl::string_view>;

absl::Status BadLine(absl::string_view what) { return absl::InvalidArgumentError(what); }
std::string_view Std(absl::string_view text) { return {text.data(), text.size()}; }

bool ReadTime(absl::string_view text, Time& time) {
  int64_t us = 0;
  if (!absl::SimpleAtoi(text, &us)) return false;
  time = At(Duration(us));
  return true;
}

template <typename T>
bool ReadNumber(absl::string_view text, T& value) {
  uint32_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) return false;
  value = static_cast<T>(number);
  return value == number;
}

// What ResultText writes.
bool ReadResult(absl::string_view text, CallResult& result) {
  result = CallResult{};
  if (text == "sleeps") return true;
  result.returned = true;
  if (absl::ConsumePrefix(&text, "returns ")) return ReadNumber(text, result.bytes);
  if (!absl::ConsumePrefix(&text, "fails with ")) return false;
  const std::optional<Errno> error = FindErrno(Std(text));
  result.error = error.value_or(Errno::kNone);
  return error.has_value();
}

class Reader {
 public:
  absl::Status Take(absl::string_view line) {
    if (absl::ConsumePrefix(&line, "---- ")) return Begin(line);
    if (file_.transcripts.empty()) return Head(line);
    if (complete_) return BadLine("a transcript ends with what is seen at its end");
    Transcript& t = file_.transcripts.back();
    if (absl::ConsumePrefix(&line, "terms ")) return ReadTerms(line, t.seen.terms);
    if (line.substr(0, 5) == "open ") return ParseSoloConnection(Std(line), t.solo.connection);
    if (absl::ConsumePrefix(&line, "> ")) return Departs(line, t);
    if (absl::ConsumePrefix(&line, "@ ")) return ended_ ? Ends(line, t.seen) : Happens(line, t);
    if (happened_ < t.solo.events.size())
      return BadLine("the event before it has no line '@ TIME'");
    if (line == "end") {
      ended_ = true;
      return absl::OkStatus();
    }
    absl::Status status = ParseSoloEvent(Std(line), t.solo);
    t.seen.events.resize(t.solo.events.size());
    return status;
  }

  absl::StatusOr<TranscriptFile> Finish() {
    if (file_.kernel.profile.empty()) return BadLine("no kernel is named");
    if (!file_.transcripts.empty() && !complete_) return BadLine("the last transcript has no end");
    return std::move(file_);
  }

 private:
  absl::Status Begin(absl::string_view title) {
    if (!file_.transcripts.empty() && !complete_)
      return BadLine("the transcript before has no end");
    file_.transcripts.emplace_back().title = std::string(title);
    happened_ = 0;
    ended_ = complete_ = false;
    return absl::OkStatus();
  }

  absl::Status Head(absl::string_view line) {
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    const auto& [word, value] = halves;
    if (word == "kernel") {
      file_.kernel.profile = std::string(value);
    } else if (word == "release") {
      file_.kernel.release = std::string(value);
    } else if (word == "package") {
      file_.kernel.package = value == "none" ? "" : std::string(value);
    } else if (word != "hz" || !ReadNumber(value, file_.kernel.hz) || file_.kernel.hz == 0) {
      return BadLine("expected kernel, release, package, hz, or a line '---- TITLE'");
    }
    return absl::OkStatus();
  }

  static absl::Status ReadTerms(absl::string_view line, Terms& terms) {
    const Split words = absl::StrSplit(line, ' ');
    const bool good = words.size() == 6 && words[0] == "win" && words[2] == "mss" &&
                      words[4] == "wscale" && ReadNumber(words[1], terms.window) &&
                      ReadNumber(words[3], terms.mss) && ReadNumber(words[5], terms.wscale);
    return good ? absl::OkStatus() : BadLine("expected: terms win N mss N wscale N");
  }

  absl::Status Departs(absl::string_view line, Transcript& t) const {
    const std::pair<absl::string_view, absl::string_view> halves =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    Departure departure;
    if (!ReadTime(halves.first, departure.at)) return BadLine("expected a time in microseconds");
    absl::Status status = ParseSoloSegment(Std(halves.second), departure.segment);
    if (!status.ok()) return status;
    if (ended_) {
      t.seen.after.push_back(departure);
    } else if (t.seen.events.empty()) {
      return BadLine("a segment before the first event");
    } else {
      Observed& seen = t.seen.events.back();
      (happened_ < t.solo.events.size() ? seen.before : seen.sent).push_back(departure);
    }
    return absl::OkStatus();
  }

  // "50112 returns 0; FIN-WAIT-1"
  absl::Status Happens(absl::string_view line, Transcript& t) {
    if (happened_ == t.solo.events.size()) return BadLine("no event before it");
    Observed& seen = t.seen.events.back();
    const Split parts = absl::StrSplit(line, absl::MaxSplits("; ", 1));
    if (parts.size() == 2) {
      seen.state = FindState(Std(parts[1]));
      if (!seen.state.has_value()) return BadLine(absl::StrCat("no state '", parts[1], "'"));
    }
    const Split words = absl::StrSplit(parts[0], absl::MaxSplits(' ', 1));
    if (!ReadTime(words[0], seen.at)) return BadLine("expected a time in microseconds");
    const bool call = t.solo.events.back().event.kind != EventKind::kSegment;
    if (call != (words.size() == 2) || (call && !ReadResult(words[1], seen.result))) {
      return BadLine("a call has a result such as 'returns 0', a segment has none");
    }
    ++happened_;
    return absl::OkStatus();
  }

  // "50121 FIN-WAIT-1 unread 0 poll 4 SO_ERROR none", "50121 TIME-WAIT closed"
  absl::Status Ends(absl::string_view line, Observation& seen) {
    const Split words = absl::StrSplit(line, ' ');
    Ending& ending = seen.ending;
    if (words.size() < 3 || !ReadTime(words[0], seen.ends_at)) return BadLine("not an ending");
    const std::optional<State> state = FindState(Std(words[1]));
    if (!state.has_value()) return BadLine(absl::StrCat("no state '", words[1], "'"));
    ending.state = *state;
    complete_ = true;
    if (words.size() == 3 && words[2] == "closed") return absl::OkStatus();
    const std::optional<Errno> error = FindErrno(Std(words.back()));
    if (words.size() != 8 || words[2] != "unread" || words[4] != "poll" || words[6] != "SO_ERROR" ||
        !ReadNumber(words[3], ending.unread) || !ReadNumber(words[5], ending.poll) ||
        !error.has_value()) {
      return BadLine("expected 'closed', or: unread N poll N SO_ERROR NAME");
    }
    ending.open = true;
    ending.error = *error;
    return absl::OkStatus();
  }

  TranscriptFile file_;
  size_t happened_ = 0;    // Events of the last transcript whose '@' line has come.
  bool ended_ = false;     // Its 'end' has come,
  bool complete_ = false;  // and what was seen there.
};

}  // namespace

absl::StatusOr<TranscriptFile> ParseTranscripts(const std::string& text, const std::string& path) {
  Reader reader;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (absl::Status status = reader.Take(line); !status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", status.message()));
    }
  }
  absl::StatusOr<TranscriptFile> file = reader.Finish();
  if (file.ok()) return file;
  return absl::InvalidArgumentError(absl::StrCat(path, ":", number, ": ", file.status().message()));
}

}  // namespace finwait
