// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/cursor.h"

#include <algorithm>
#include <charconv>

namespace finwait::pkt {

const Token& Cursor::Peek(size_t ahead) const {
  return tokens_[ok() ? std::min(at_ + ahead, tokens_.size() - 1) : tokens_.size() - 1];
}

Token Cursor::Take() {
  Token token = Peek();
  if (ok() && at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool Cursor::Accept(std::string_view text) {
  if (!Sees(text)) return false;
  Take();
  return true;
}

void Cursor::Expect(std::string_view text) {
  if (!Accept(text)) Fail("expected '" + std::string(text) + "', not " + Quoted(Peek()));
}

std::string Cursor::TakeWord() {
  if (Sees(TokenKind::kWord)) return Take().text;
  Fail("expected a word, not " + Quoted(Peek()));
  return "";
}

int64_t Cursor::TakeInteger(int64_t min, int64_t max) {
  const Token first = Peek();
  const bool negative = Accept("-");
  const std::string digits = Peek().text;
  const bool hex = digits.starts_with("0x") || digits.starts_with("0X");
  const char* const end = digits.data() + digits.size();
  int64_t value = 0;
  const auto read = std::from_chars(digits.data() + (hex ? 2 : 0), end, value, hex ? 16 : 10);
  if (!Sees(TokenKind::kNumber) || read.ec != std::errc() || read.ptr != end) {
    Fail("expected a whole number, not " + Quoted(Peek()));
    return min;
  }
  if (negative) value = -value;
  if (value < min || value > max) {
    FailAt(first.place, std::to_string(value) + " is not between " + std::to_string(min) + " and " +
                            std::to_string(max));
    return min;
  }
  Take();
  return value;
}

// Digits behind the sixth of a fraction say less than a microsecond and are dropped.
Duration Cursor::TakeSeconds() {
  const std::string text = Peek().text;
  const size_t point = std::min(text.find('.'), text.size());
  std::string fraction = point < text.size() ? text.substr(point + 1, 6) : "";
  fraction.resize(6, '0');
  const std::string digits = text.substr(0, point) + fraction;
  int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  constexpr int64_t kLongest = int64_t{1'000'000} * 1'000'000;
  if (!Sees(TokenKind::kNumber) || read.ptr != digits.data() + digits.size() ||
      read.ec != std::errc() || value > kLongest) {
    Fail("expected a time in seconds, not " + Quoted(Peek()));
    return Duration{};
  }
  Take();
  return Duration(value);
}

void Cursor::FailAt(Place place, std::string_view reason) {
  if (ok()) status_ = ErrorAt(name_, place, reason);
}

std::string Cursor::TextSince(size_t token) const {
  std::string out;
  for (size_t i = token; i < at_; ++i) {
    const Token& t = tokens_[i];
    if (i > token && tokens_[i - 1].end != t.begin) out += ' ';
    for (const char c : text_.substr(t.begin, t.end - t.begin)) {
      const bool blank = c == '\n' || c == '\t' || c == ' ';
      if (!blank || !out.ends_with(' ')) out += blank ? ' ' : c;
    }
  }
  return out;
}

std::string Quoted(const Token& token) {
  if (token.kind == TokenKind::kEnd) return "the end of the file";
  if (token.kind == TokenKind::kShell) return "a shell command";
  if (token.kind == TokenKind::kCode) return "code";
  return "'" + token.text + "'";
}

}  // namespace finwait::pkt
