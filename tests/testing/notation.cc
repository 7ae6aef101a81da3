// SPDX-License-Identifier: Apache-2.0
#include "tests/testing/notation.h"

#include <charconv>
#include <cstddef>
#include <sstream>
#include <utility>

namespace finwait::testing {
namespace {

constexpr std::pair<char, Flag> kLetters[] = {
    {'S', kSyn}, {'F', kFin}, {'R', kRst}, {'P', kPsh}, {'.', kAck},
};

// Reads from the front of a text; once something was not there, nothing is any more.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool Good() const { return good_; }
  bool AtEnd() const { return rest_.empty(); }

  bool Skip(std::string_view prefix) {
    if (!rest_.starts_with(prefix)) return false;
    rest_.remove_prefix(prefix.size());
    return true;
  }

  void Expect(std::string_view prefix) { good_ &= Skip(prefix); }

  uint8_t Flags() {
    if (Skip("-")) return 0;
    uint8_t flags = 0;
    bool found = false;
    for (bool more = true; more;) {
      more = false;
      for (const auto& [letter, flag] : kLetters) {
        if (!Skip(std::string_view(&letter, 1))) continue;
        good_ &= (flags & flag) == 0;
        flags |= flag;
        found = more = true;
      }
    }
    good_ &= found;
    return flags;
  }

  SeqNum Number(SeqNum base) {
    const bool absolute = Skip("@");
    const auto number = static_cast<uint32_t>(Integer<int64_t>());
    return absolute ? SeqNum{number} : base + number;
  }

  template <typename Int>
  Int Integer() {
    Int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    good_ &= error == std::errc();
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return value;
  }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::optional<WrittenSegment> ParseSegment(std::string_view text, Bases bases) {
  Reader reader(text);
  WrittenSegment written;
  Segment& segment = written.segment;
  segment.flags = reader.Flags();
  reader.Expect(" ");
  segment.seq = reader.Number(bases.seq);
  reader.Expect(":");
  const SeqNum end = reader.Number(bases.seq);
  reader.Expect("(");
  segment.len = reader.Integer<uint16_t>();
  reader.Expect(")");
  if (segment.Has(kAck)) {
    reader.Expect(" ack ");
    segment.ack = reader.Number(bases.ack);
  }
  if (reader.Skip(" win ")) {
    segment.wnd = reader.Integer<uint16_t>();
    written.names_window = true;
  }
  if (!reader.Good() || !reader.AtEnd() || segment.seq + segment.len != end) return std::nullopt;
  return written;
}

std::optional<std::vector<WrittenSegment>> ParseSegments(std::string_view text, Bases bases) {
  constexpr std::string_view kBetween = " | ";
  std::vector<WrittenSegment> all;
  while (!text.empty()) {
    const size_t end = text.find(kBetween);
    const std::optional<WrittenSegment> one = ParseSegment(text.substr(0, end), bases);
    if (!one) return std::nullopt;
    all.push_back(*one);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + kBetween.size());
  }
  return all;
}

std::string Print(const Segment& segment, Bases bases) {
  std::ostringstream out;
  for (const auto& [letter, flag] : kLetters) {
    if (segment.Has(flag)) out << letter;
  }
  if (segment.flags == 0) out << '-';
  const int32_t seq = Offset(segment.seq, bases.seq);
  out << ' ' << seq << ':' << int64_t{seq} + segment.len << '(' << segment.len << ')';
  if (segment.Has(kAck)) out << " ack " << Offset(segment.ack, bases.ack);
  out << " win " << segment.wnd;
  return out.str();
}

bool Matches(const WrittenSegment& written, const Segment& got) {
  Segment left = written.segment;
  Segment right = got;
  left.flags &= static_cast<uint8_t>(~kPsh);
  right.flags &= static_cast<uint8_t>(~kPsh);
  if (!written.names_window) left.wnd = right.wnd;
  return left == right;
}

}  // namespace finwait::testing
