// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/lexer.h"

#include <algorithm>
#include <cctype>

namespace finwait::pkt {
namespace {

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool IsWordStart(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool IsWordPart(char c) { return IsWordStart(c) || IsDigit(c); }
bool IsBlank(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

class Lexer {
 public:
  Lexer(std::string_view name, std::string_view text) : name_(name), text_(text) {}

  absl::StatusOr<std::vector<Token>> Run() {
    while (SkipBlanks()) {
      if (absl::Status status = Next(); !status.ok()) return status;
    }
    if (!unclosed_.ok()) return unclosed_;
    Add(TokenKind::kEnd, 0);
    return std::move(tokens_);
  }

 private:
  bool At(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  char Ahead(size_t n) const { return at_ + n < text_.size() ? text_[at_ + n] : '\0'; }

  void Move(size_t count) {
    for (const char c : text_.substr(at_, count)) {
      line_begins_ = c == '\n' || (line_begins_ && IsBlank(c));
      place_.column = c == '\n' ? 1 : place_.column + 1;
      place_.line += c == '\n' ? 1 : 0;
    }
    at_ = std::min(at_ + count, text_.size());
  }

  // Moves behind `closing`; false when it never comes.
  bool MoveBehind(std::string_view closing, size_t skip) {
    const size_t found = text_.find(closing, at_ + skip);
    if (found == std::string_view::npos) return false;
    Move(found + closing.size() - at_);
    return true;
  }

  // To the next token; false at the end of the text.
  bool SkipBlanks() {
    while (at_ < text_.size()) {
      if (IsBlank(text_[at_])) {
        Move(1);
      } else if (At("//") || At("#")) {
        Move(std::min(text_.find('\n', at_), text_.size()) - at_);
      } else if (At("/*")) {
        const Place opened = place_;
        if (MoveBehind("*/", 2)) continue;
        unclosed_ = ErrorAt(name_, opened, "a comment that is not closed with */");
        return false;
      } else {
        return true;
      }
    }
    return false;
  }

  void Add(TokenKind kind, size_t length) {
    tokens_.push_back(Token{.kind = kind,
                            .text = std::string(text_.substr(at_, length)),
                            .place = place_,
                            .begin = at_,
                            .end = at_ + length});
    Move(length);
  }

  absl::Status AddBetween(TokenKind kind, std::string_view opening, std::string_view closing) {
    const Place opened = place_;
    const size_t begin = at_;
    if (!MoveBehind(closing, opening.size())) {
      return ErrorAt(name_, opened,
                     std::string(opening) + " is not closed with " + std::string(closing));
    }
    const size_t text = begin + opening.size();
    tokens_.push_back(Token{.kind = kind,
                            .text = std::string(text_.substr(text, at_ - closing.size() - text)),
                            .place = opened,
                            .begin = begin,
                            .end = at_});
    return absl::OkStatus();
  }

  size_t NumberLength() const {
    size_t n = 0;
    if (At("0x") || At("0X")) {
      n = 2;
      while (std::isxdigit(static_cast<unsigned char>(Ahead(n))) != 0) ++n;
      return n;
    }
    while (IsDigit(Ahead(n))) ++n;
    if (Ahead(n) != '.' || !IsDigit(Ahead(n + 1))) return n;  // Not a fraction, but perhaps `...`.
    ++n;
    while (IsDigit(Ahead(n))) ++n;
    return n;
  }

  size_t LengthWhile(bool (*is_part)(char)) const {
    size_t n = 0;
    while (at_ + n < text_.size() && is_part(text_[at_ + n])) ++n;
    return n;
  }

  absl::Status Next() {
    const char c = text_[at_];
    if (line_begins_ && At("--")) {
      Add(TokenKind::kOption, LengthWhile([](char part) { return !IsBlank(part); }));
    } else if (c == '`') {
      return AddBetween(TokenKind::kShell, "`", "`");
    } else if (At("%{")) {
      return AddBetween(TokenKind::kCode, "%{", "}%");
    } else if (IsDigit(c) || (c == '.' && IsDigit(Ahead(1)))) {
      Add(TokenKind::kNumber, NumberLength());
    } else if (IsWordStart(c)) {
      Add(TokenKind::kWord, LengthWhile(IsWordPart));
    } else if (At("...")) {
      Add(TokenKind::kEllipsis, 3);
    } else {
      Add(TokenKind::kMark, 1);
    }
    return absl::OkStatus();
  }

  std::string_view name_, text_;
  size_t at_ = 0;
  Place place_;
  bool line_begins_ = true;  // Only blanks so far on this line.
  absl::Status unclosed_;
  std::vector<Token> tokens_;
};

}  // namespace

absl::Status ErrorAt(std::string_view name, Place place, std::string_view reason) {
  return absl::InvalidArgumentError(std::string(name) + ":" + std::to_string(place.line) + ":" +
                                    std::to_string(place.column) + ": " + std::string(reason));
}

absl::StatusOr<std::vector<Token>> TokensOf(std::string_view name, std::string_view text) {
  return Lexer(name, text).Run();
}

}  // namespace finwait::pkt
