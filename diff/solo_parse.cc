// SPDX-License-Identifier: Apache-2.0
#include "diff/solo_parse.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "fuzz/view.h"

namespace finwait {
namespace {

// The words of one line, taken one by one.
class Words {
 public:
  explicit Words(absl::string_view line)
      : words_(absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty())) {}

  bool Empty() const { return at_ == words_.size(); }
  absl::string_view Peek() const { return Empty() ? absl::string_view() : words_[at_]; }
  absl::string_view Next() { return Empty() ? absl::string_view() : words_[at_++]; }
  bool Take(absl::string_view word) {
    if (Peek() != word || Empty()) return false;
    ++at_;
    return true;
  }
  template <typename T>
  bool Number(T& value) {
    int64_t number = 0;
    if (!absl::SimpleAtoi(Next(), &number)) return false;
    value = static_cast<T>(number);
    return static_cast<int64_t>(value) == number;
  }

 private:
  std::vector<absl::string_view> words_;
  size_t at_ = 0;
};

absl::Status Wrong(absl::string_view what) { return absl::InvalidArgumentError(what); }

absl::Status ReadConnection(Words words, Connection& c) {
  c.next = c.peer_next = kSoloNext;
  if (!words.Take("open")) return Wrong("the first line is 'open passively' or 'open actively'");
  const absl::string_view how = words.Next();
  if (how != "actively" && how != "passively") return Wrong("'open' takes passively or actively");
  c.opener = how == "actively" ? Opener::kActive : Opener::kPassive;
  while (!words.Empty()) {
    const absl::string_view option = words.Next();
    bool good = true;
    if (option == "win") {
      good = words.Number(c.peer_window);
    } else if (option == "mss") {
      good = words.Number(c.peer_mss);
    } else if (option == "sackOK") {
      c.options.sack = true;
    } else if (option == "TS") {
      c.options.timestamps = true;
      good = words.Take("val") && words.Number(c.options.peer_tsval);
    } else if (option == "wscale") {
      c.options.window_scaling = true;
      good = words.Number(c.options.snd_wscale) && c.options.snd_wscale <= 14;
    } else if (option == "linger") {
      c.linger_on = true;
      good = words.Number(c.linger_s);
    } else if (option == "linger2") {
      good = words.Number(c.linger2_s);
    } else {
      return Wrong(absl::StrCat("unknown option '", option, "' of the connection"));
    }
    if (!good) return Wrong(absl::StrCat("a bad value of '", option, "'"));
  }
  return absl::OkStatus();
}

bool ReadFlags(absl::string_view text, uint8_t& flags) {
  constexpr absl::string_view kLetters = "FSRP.";  // In the order of their bits.
  flags = 0;
  if (text == "-") return true;
  for (const char letter : text) {
    const size_t bit = kLetters.find(letter);
    if (bit == absl::string_view::npos) return false;
    flags = static_cast<uint8_t>(flags | (1U << bit));
  }
  return true;
}

// "1:11(10)"
bool ReadRange(absl::string_view text, Segment& segment) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar(":()"));
  uint32_t seq = 0, end = 0, len = 0;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[0], &seq) || !absl::SimpleAtoi(parts[1], &end) ||
      !absl::SimpleAtoi(parts[2], &len)) {
    return false;
  }
  segment.seq = SeqNum{seq};
  segment.len = static_cast<uint16_t>(len);
  return len <= 65535 && SeqNum{end} == segment.seq + len;
}

// "101:201 301:401", the last words of a line.
bool ReadSack(Words& words, Segment& segment) {
  while (!words.Empty()) {
    const std::vector<absl::string_view> ends = absl::StrSplit(words.Next(), ':');
    SackBlock block;
    if (ends.size() != 2 || !absl::SimpleAtoi(ends[0], &block.begin.raw) ||
        !absl::SimpleAtoi(ends[1], &block.end.raw) || segment.sack.Full()) {
      return false;
    }
    segment.sack.PushBack(block);
  }
  return true;
}

absl::Status ReadSegment(Words words, Segment& segment) {
  if (!ReadFlags(words.Next(), segment.flags)) return Wrong("flags are letters of 'SFRP.', or '-'");
  if (!ReadRange(words.Next(), segment)) return Wrong("expected numbers such as 1:11(10)");
  while (!words.Empty()) {
    const absl::string_view option = words.Next();
    bool good = true;
    if (option == "ack") {
      good = words.Number(segment.ack.raw);
    } else if (option == "win") {
      good = words.Number(segment.wnd);
    } else if (option == "TS") {
      segment.timestamps = true;
      good = words.Take("val") && words.Number(segment.tsval) && words.Take("ecr") &&
             words.Number(segment.tsecr);
    } else if (option == "sack") {
      good = ReadSack(words, segment);
    } else {
      return Wrong(absl::StrCat("unknown '", option, "' of a segment"));
    }
    if (!good) return Wrong(absl::StrCat("a bad value of '", option, "'"));
  }
  return absl::OkStatus();
}

absl::Status ReadCall(absl::string_view text, Event& event) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar("()"));
  if (parts.size() != 3 || !parts[2].empty()) return Wrong("expected a call such as send(10)");
  const absl::string_view name = parts[0], argument = parts[1];
  uint32_t amount = 0;
  const bool number = absl::SimpleAtoi(argument, &amount) && amount <= 65535;
  event.amount = static_cast<uint16_t>(amount);
  if (name == "send" && number && amount > 0) {
    event.kind = EventKind::kSend;
  } else if (name == "recv" && (number || argument.empty())) {
    event.kind = EventKind::kRecv;
  } else if (name == "close" && argument.empty()) {
    event.kind = EventKind::kClose;
  } else if (name == "shutdown") {
    event.kind = EventKind::kShutdown;
    const How how = argument == "SHUT_WR"   ? How::kWr
                    : argument == "SHUT_RD" ? How::kRd
                                            : How::kRdwr;
    if (how == How::kRdwr && argument != "SHUT_RDWR") return Wrong("SHUT_RD, SHUT_WR or SHUT_RDWR");
    event.amount = static_cast<uint16_t>(how);
  } else {
    return Wrong(absl::StrCat("no call '", text, "'"));
  }
  return absl::OkStatus();
}

// "+40ms"
bool ReadWait(Words& words, Duration& wait) {
  absl::string_view text = words.Peek();
  if (!absl::ConsumePrefix(&text, "+")) return true;
  words.Next();
  int64_t ms = 0;
  if (!absl::ConsumeSuffix(&text, "ms") || !absl::SimpleAtoi(text, &ms) || ms < 0) return false;
  wait = std::chrono::milliseconds(ms);
  return true;
}

absl::Status ReadEvent(Words words, Solo& solo) {
  SoloEvent event;
  if (!ReadWait(words, event.wait)) return Wrong("a wait is written as +40ms");
  if (words.Take("listen")) {
    solo.listen_on = event.wait;
    return words.Empty() ? absl::OkStatus() : Wrong("nothing follows 'listen'");
  }
  absl::Status status;
  if (words.Take("<")) {
    event.event.kind = EventKind::kSegment;
    status = ReadSegment(words, event.event.segment);
  } else {
    status = ReadCall(words.Next(), event.event);
    if (status.ok() && !words.Empty()) return Wrong("nothing follows a call");
  }
  if (status.ok()) solo.events.push_back(event);
  return status;
}

}  // namespace

absl::Status ParseSoloConnection(std::string_view line, Connection& connection) {
  return ReadConnection(Words(View(line)), connection);
}

absl::Status ParseSoloEvent(std::string_view line, Solo& solo) {
  return ReadEvent(Words(View(line)), solo);
}

absl::Status ParseSoloSegment(std::string_view text, Segment& segment) {
  return ReadSegment(Words(View(text)), segment);
}

absl::StatusOr<Solo> ParseSolo(std::string_view text) {
  Solo solo;
  bool opened = false;
  int number = 0;
  for (absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), absl::ByAnyChar("\n;"))) {
    ++number;
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    const absl::Status status =
        opened ? ReadEvent(Words(line), solo) : ReadConnection(Words(line), solo.connection);
    opened = true;
    if (!status.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("line ", number, ": ", status.message()));
    }
  }
  if (!opened) return Wrong("no schedule: the first line is 'open passively' or 'open actively'");
  return solo;
}

}  // namespace finwait
