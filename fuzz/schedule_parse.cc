// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "fuzz/schedule_parser.h"

namespace finwait {
namespace {

constexpr bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::vector<Word> Words(std::string_view text, size_t column) {
  std::vector<Word> words;
  for (size_t at = 0; at < text.size();) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    const size_t from = at;
    while (at < text.size() && !IsSpace(text[at])) ++at;
    words.push_back(Word{text.substr(from, at - from), column + from});
  }
  return words;
}

}  // namespace

std::string Quoted(std::string_view word) {
  std::string shown = "'";
  for (const char c : word.substr(0, 40)) shown += c >= ' ' && c <= '~' ? c : '?';
  return absl::StrCat(shown, word.size() > 40 ? "...'" : "'");
}

ScheduleParser::ScheduleParser(const std::string& text, const TextSource& source)
    : text_(text), source_(source) {
  const KernelProfile& newest = HeadlineProfiles().back();
  file_.schedule.setup = PairOf(newest, newest);
}

absl::Status ScheduleParser::Error(const Word& word, absl::string_view reason) const {
  return absl::InvalidArgumentError(
      absl::StrCat(source_.name, ":", line_, ":", word.column, ": ", reason));
}

absl::Status ScheduleParser::Count(const Word& word, const Arguments& arguments,
                                   size_t want) const {
  if (arguments.size() == want) return absl::OkStatus();
  if (arguments.size() > want) {
    return Error(arguments[want], absl::StrCat("unexpected ", Quoted(arguments[want].text)));
  }
  return Error(
      word, absl::StrCat(Quoted(word.text), " needs ", want, want == 1 ? " argument" : " arguments",
                         ", has ", arguments.size()));
}

absl::StatusOr<uint32_t> ScheduleParser::Number(const Word& word, uint32_t min,
                                                uint32_t max) const {
  uint64_t value = 0;
  const char* const end = word.text.data() + word.text.size();
  const auto [stop, error] = std::from_chars(word.text.data(), end, value);
  if (error == std::errc::invalid_argument || stop != end) {
    return Error(word, absl::StrCat(Quoted(word.text), " is not a number"));
  }
  if (error == std::errc::result_out_of_range || value < min || value > max) {
    return Error(word, absl::StrCat(Quoted(word.text), " is out of range ", min, " to ", max));
  }
  return static_cast<uint32_t>(value);
}

// The first choice fixes the header: from here on the world runs.
absl::Status ScheduleParser::Make(const Choice& choice, const Word& word) {
  if (!choosing_) world_ = Start(file_.schedule.setup);
  choosing_ = true;
  if (file_.schedule.choices.size() == kScheduleChoicesMax) {
    return Error(word, absl::StrCat("more than ", kScheduleChoicesMax, " choices"));
  }
  file_.schedule.choices.push_back(choice);
  Runner(file_.schedule.setup, world_, nobody_).Apply(choice);
  return absl::OkStatus();
}

absl::Status ScheduleParser::Segments(Op op, const Word& word, const Arguments& arguments) {
  if (arguments.empty()) return Count(word, arguments, 1);
  for (const Word& argument : arguments) {
    const absl::StatusOr<Choice> choice = PickSegment(op, argument);
    if (!choice.ok()) return choice.status();
    if (absl::Status status = Make(*choice, argument); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// `A.shutdown WR`, `B.send 10`, `A.recv`, `A.recv 4`, `A.close`, `A.wakes`.
absl::Status ScheduleParser::UserCall(const Word& word, const Arguments& arguments) {
  const Side side = word.text[0] == 'A' ? Side::kA : Side::kB;
  const std::string_view call = word.text.substr(2);
  if (call == "shutdown") {
    if (absl::Status status = Count(word, arguments, 1); !status.ok()) return status;
    constexpr std::array<std::string_view, 3> kHows = {"WR", "RDWR", "RD"};
    for (size_t how = 0; how < kHows.size(); ++how) {
      if (kHows[how] == arguments[0].text)
        return Make(ShutdownBy(side, static_cast<How>(how)), word);
    }
    return Error(arguments[0],
                 absl::StrCat("shutdown takes WR, RD or RDWR, not ", Quoted(arguments[0].text)));
  }
  if (call == "send" || (call == "recv" && !arguments.empty())) {
    if (absl::Status status = Count(word, arguments, 1); !status.ok()) return status;
    const absl::StatusOr<uint32_t> bytes = Number(arguments[0], 1, 255);
    if (!bytes.ok()) return bytes.status();
    const auto amount = static_cast<uint8_t>(*bytes);
    return Make(call == "send" ? SendBy(side, amount) : RecvBy(side, amount), word);
  }
  if (call != "recv" && call != "close" && call != "wakes") {
    return Error(word, absl::StrCat("unknown call ", Quoted(word.text),
                                    "; calls: shutdown, close, recv, send, wakes"));
  }
  if (absl::Status status = Count(word, arguments, 0); !status.ok()) return status;
  return Make(call == "recv"    ? RecvBy(side, 0)
              : call == "close" ? CloseBy(side)
                                : WakeOf(side),
              word);
}

absl::Status ScheduleParser::Handle(const Word& word, const Arguments& arguments) {
  if (word.text == "deliver") return Segments(Op::kDeliver, word, arguments);
  if (word.text == "duplicate") return Segments(Op::kDuplicate, word, arguments);
  if (word.text == "drop") return Segments(Op::kDrop, word, arguments);
  if (word.text.starts_with("A.") || word.text.starts_with("B.")) return UserCall(word, arguments);
  if (word.text == "wait") {
    if (absl::Status status = Count(word, arguments, 0); !status.ok()) return status;
    return Make(Wait(), word);
  }
  if (word.text == "end") {
    ended_ = true;
    return Count(word, arguments, 0);
  }
  absl::Status status;
  if (!Header(word, arguments, status)) {
    return Error(word, absl::StrCat("unknown word ", Quoted(word.text)));
  }
  if (status.ok() && choosing_) {
    return Error(word, absl::StrCat(Quoted(word.text), " belongs before the first choice"));
  }
  return status;
}

absl::Status ScheduleParser::Statement(std::string_view text, size_t column) {
  const std::vector<Word> words = Words(text, column);
  if (words.empty()) return absl::OkStatus();
  if (ended_) return Error(words[0], "text after 'end'");
  const Arguments arguments(words.begin() + 1, words.end());
  const bool first = !started_;
  started_ = true;
  if (words[0].text == "finwait" && first) {
    versioned_ = true;
    if (absl::Status status = Count(words[0], arguments, 1); !status.ok()) return status;
    if (arguments[0].text == "1") return absl::OkStatus();
    return Error(arguments[0], absl::StrCat("version ", Quoted(arguments[0].text),
                                            " is not known; this finwait reads version 1"));
  }
  if (source_.whole_file && !versioned_) {
    return Error(words[0], "not a schedule: the first line must be 'finwait 1'");
  }
  return Handle(words[0], arguments);
}

absl::Status ScheduleParser::Line(std::string_view line) {
  const size_t hash = line.find('#');
  const bool leading = !choosing_ && line.find_first_not_of(" \t") == hash;
  if (hash != std::string_view::npos && leading) {
    std::string_view comment = line.substr(hash + 1);
    if (comment.starts_with(' ')) comment.remove_prefix(1);
    while (!comment.empty() && IsSpace(comment.back())) comment.remove_suffix(1);
    file_.about.emplace_back(comment);
  }
  line = line.substr(0, hash);
  for (size_t from = 0; from <= line.size();) {
    const size_t semicolon = std::min(line.find(';', from), line.size());
    if (absl::Status status = Statement(line.substr(from, semicolon - from), from + 1);
        !status.ok()) {
      return status;
    }
    from = semicolon + 1;
  }
  return absl::OkStatus();
}

absl::StatusOr<ScheduleFile> ScheduleParser::Parse() {
  const std::string_view text = text_;
  for (size_t from = 0; from < text.size();) {
    const size_t newline = std::min(text.find('\n', from), text.size());
    if (absl::Status status = Line(text.substr(from, newline - from)); !status.ok()) return status;
    from = newline + 1;
    if (from < text.size()) ++line_;
  }
  if (source_.whole_file && !ended_) {
    return Error(Word{}, "the file ends without 'end': it is cut short");
  }
  return std::move(file_);
}

absl::StatusOr<ScheduleFile> ParseSchedule(const std::string& text, const TextSource& source) {
  const std::string where = absl::StrCat(source.name, ":1:1: ");
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(where, "empty: there is no schedule in it"));
  }
  if (text.size() > kScheduleBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(where, "larger than ", kScheduleBytesMax >> 20, " MiB: not a schedule"));
  }
  return ScheduleParser(text, source).Parse();
}

}  // namespace finwait
