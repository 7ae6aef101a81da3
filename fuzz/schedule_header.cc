// SPDX-License-Identifier: Apache-2.0
//
// The header of a schedule file: kernels, numbers, labels, expectations.
#include <algorithm>
#include <array>
#include <limits>

#include "absl/strings/str_cat.h"
#include "fuzz/schedule_parser.h"

namespace finwait {

// Both SYNs carried them.
absl::Status ScheduleParser::Options(const Word& word, const Arguments& arguments) {
  if (arguments.empty()) return Count(word, arguments, 1);
  for (const Word& option : arguments) {
    if (option.text == "sack") {
      file_.schedule.setup.sack = true;
    } else if (option.text == "timestamps") {
      file_.schedule.setup.timestamps = true;
    } else {
      return Error(option, absl::StrCat("unknown option ", Quoted(option.text),
                                        "; options: sack, timestamps"));
    }
  }
  return absl::OkStatus();
}

absl::Status ScheduleParser::Next(const Word& word, const Arguments& arguments) {
  if (absl::Status status = Count(word, arguments, 2); !status.ok()) return status;
  for (const Side side : {Side::kA, Side::kB}) {
    const absl::StatusOr<uint32_t> number =
        Number(arguments[Index(side)], 0, std::numeric_limits<uint32_t>::max());
    if (!number.ok()) return number.status();
    file_.schedule.setup[side].next = SeqNum{*number};
  }
  return absl::OkStatus();
}

absl::Status ScheduleParser::Opener(const Word& word, const Arguments& arguments) {
  if (absl::Status status = Count(word, arguments, 1); !status.ok()) return status;
  if (arguments[0].text != "A" && arguments[0].text != "B") {
    return Error(arguments[0], absl::StrCat("opener is A or B, not ", Quoted(arguments[0].text)));
  }
  file_.schedule.setup.opener = arguments[0].text == "A" ? Side::kA : Side::kB;
  return absl::OkStatus();
}

absl::Status ScheduleParser::Latency(const Word& word, const Arguments& arguments) {
  if (absl::Status status = Count(word, arguments, 1); !status.ok()) return status;
  Word value = arguments[0];
  const bool ms = value.text.ends_with("ms");
  if (!ms && !value.text.ends_with("us")) {
    return Error(value,
                 absl::StrCat("latency ends in ms or us, ", Quoted(value.text), " does not"));
  }
  value.text.remove_suffix(2);
  const absl::StatusOr<uint32_t> number = Number(value, 1, ms ? 10'000 : 10'000'000);
  if (!number.ok()) return number.status();
  file_.schedule.setup.latency = Duration(ms ? uint64_t{*number} * 1000 : *number);
  return absl::OkStatus();
}

absl::Status ScheduleParser::Label(const Word& word, const Arguments& arguments) {
  if (absl::Status status = Count(word, arguments, 2); !status.ok()) return status;
  const Word& what = arguments[0];
  if (what.text.empty() || (what.text[0] != 'A' && what.text[0] != 'B')) {
    return Error(what, absl::StrCat("a label is for A, B, or a segment such as B2, not ",
                                    Quoted(what.text)));
  }
  const Side side = what.text[0] == 'A' ? Side::kA : Side::kB;
  const std::string label(arguments[1].text);
  const auto printable = [](char c) { return c > ' ' && c <= '~'; };
  if (!std::all_of(label.begin(), label.end(), printable)) {
    return Error(arguments[1],
                 absl::StrCat("a label is printable ASCII, ", Quoted(label), " is not"));
  }
  if (what.text.size() == 1) {
    file_.labels.ends[Index(side)] = label;
    return absl::OkStatus();
  }
  const absl::StatusOr<uint32_t> serial =
      Number(Word{what.text.substr(1), what.column + 1}, 1, std::numeric_limits<uint16_t>::max());
  if (!serial.ok()) return serial.status();
  file_.labels.segments[{side, static_cast<uint16_t>(*serial)}] = label;
  return absl::OkStatus();
}

absl::Status ScheduleParser::Expect(const Word& word, const Arguments& arguments) {
  if (arguments.size() < 2) return Count(word, arguments, 2);
  Expectation expectation;
  expectation.kernel = std::string(arguments[0].text);
  if (FindProfile(arguments[0].text) == nullptr) {
    return Error(arguments[0], absl::StrCat("unknown kernel ", Quoted(arguments[0].text), "; ",
                                            WhyNoProfile(arguments[0].text)));
  }
  if (arguments[1].text == "violated") {
    if (absl::Status status = Count(word, arguments, 3); !status.ok()) return status;
    expectation.violated = FindProperty(arguments[2].text);
    if (!expectation.violated.has_value()) {
      return Error(arguments[2], absl::StrCat("unknown property ", Quoted(arguments[2].text),
                                              "; see: finwait list properties"));
    }
  } else if (arguments[1].text != "holds") {
    return Error(arguments[1],
                 absl::StrCat("expected 'holds' or 'violated', not ", Quoted(arguments[1].text)));
  } else if (absl::Status status = Count(word, arguments, 2); !status.ok()) {
    return status;
  }
  file_.expectations.push_back(expectation);
  return absl::OkStatus();
}

bool ScheduleParser::Header(const Word& word, const Arguments& arguments, absl::Status& status) {
  using Handler = absl::Status (ScheduleParser::*)(const Word&, const Arguments&);
  struct Row {
    std::string_view word;
    Handler handler;
  };
  static constexpr std::array kHeader = {
      Row{"next", &ScheduleParser::Next},       Row{"opener", &ScheduleParser::Opener},
      Row{"latency", &ScheduleParser::Latency}, Row{"label", &ScheduleParser::Label},
      Row{"expect", &ScheduleParser::Expect},   Row{"options", &ScheduleParser::Options},
  };
  if (word.text == "A" || word.text == "B" || word.text == "kernel") {
    status = Count(word, arguments, 1);
    if (status.ok() && word.text != "B") status = Kernel(Side::kA, arguments[0]);
    if (status.ok() && word.text != "A") status = Kernel(Side::kB, arguments[0]);
    return true;
  }
  for (const Row& row : kHeader) {
    if (row.word != word.text) continue;
    status = (this->*row.handler)(word, arguments);
    return true;
  }
  return false;
}

}  // namespace finwait
