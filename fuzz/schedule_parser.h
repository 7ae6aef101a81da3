// SPDX-License-Identifier: Apache-2.0
//
// The parser behind ParseSchedule. Internal to fuzz.
#ifndef FINWAIT_FUZZ_SCHEDULE_PARSER_H_
#define FINWAIT_FUZZ_SCHEDULE_PARSER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fuzz/schedule_file.h"
#include "fuzz/view.h"
#include "model/world/world.h"

namespace finwait {

// What a reader is shown of a bad word: printable, and not a page of it.
std::string Quoted(std::string_view word);

// A word of the text and where it starts, from 1.
struct Word {
  std::string_view text;
  size_t column = 1;
};

// Reads statements one by one; the header before the first choice, then the choices, which run as
// they are read so that segments can be named.
class ScheduleParser {
 public:
  ScheduleParser(const std::string& text, const TextSource& source);

  absl::StatusOr<ScheduleFile> Parse();

 private:
  using Arguments = std::vector<Word>;

  // schedule_parse.cc
  absl::Status Line(std::string_view line);
  absl::Status Statement(std::string_view text, size_t column);
  absl::Status Handle(const Word& word, const Arguments& arguments);
  absl::Status UserCall(const Word& word, const Arguments& arguments);
  absl::Status Segments(Op op, const Word& word, const Arguments& arguments);
  absl::StatusOr<Choice> PickSegment(Op op, const Word& word) const;
  absl::Status Make(const Choice& choice, const Word& word);
  absl::Status Error(const Word& word, absl::string_view reason) const;
  absl::Status Count(const Word& word, const Arguments& arguments, size_t want) const;
  absl::StatusOr<uint32_t> Number(const Word& word, uint32_t min, uint32_t max) const;

  // schedule_header.cc: true when `word` is a word of the header, handled into `status`.
  bool Header(const Word& word, const Arguments& arguments, absl::Status& status);
  absl::Status Options(const Word& word, const Arguments& arguments);
  absl::Status Next(const Word& word, const Arguments& arguments);
  absl::Status Opener(const Word& word, const Arguments& arguments);
  absl::Status Latency(const Word& word, const Arguments& arguments);
  absl::Status Label(const Word& word, const Arguments& arguments);
  absl::Status Expect(const Word& word, const Arguments& arguments);

  // schedule_ends.cc
  absl::Status Kernel(Side side, const Word& word);
  absl::Status KernelOption(Side side, const Word& option);
  absl::Status PeerOption(EndSetup& end, const Word& option);

  const std::string& text_;
  TextSource source_;
  ScheduleFile file_;
  size_t line_ = 1;
  bool started_ = false, versioned_ = false, choosing_ = false, ended_ = false;
  World world_{};
  NoObserver nobody_;
};

}  // namespace finwait

#endif  // FINWAIT_FUZZ_SCHEDULE_PARSER_H_
