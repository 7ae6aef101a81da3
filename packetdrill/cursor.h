// SPDX-License-Identifier: Apache-2.0
//
// A reader's place among the tokens of a script. The first failure sticks: after it every take
// gives something harmless and moves no further, and the reader asks ok() where it loops. Internal
// to the reader of scripts.
#ifndef FINWAIT_PACKETDRILL_CURSOR_H_
#define FINWAIT_PACKETDRILL_CURSOR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "model/tcp/time.h"
#include "packetdrill/file.h"
#include "packetdrill/lexer.h"

namespace finwait::pkt {

class Cursor {
 public:
  Cursor(std::string_view name, std::string_view text, std::vector<Token> tokens)
      : name_(name), text_(text), tokens_(std::move(tokens)) {}

  bool ok() const { return status_.ok(); }
  const absl::Status& status() const { return status_; }

  const Token& Peek(size_t ahead = 0) const;
  bool Sees(std::string_view text) const { return Peek().text == text && !AtEnd(); }
  bool Sees(TokenKind kind) const { return Peek().kind == kind; }
  bool AtEnd() const { return Sees(TokenKind::kEnd); }

  Token Take();
  bool Accept(std::string_view text);  // Takes the next token if it is this one.
  void Expect(std::string_view text);  // Takes it, or fails.
  std::string TakeWord();
  int64_t TakeInteger(int64_t min, int64_t max);  // With a sign; decimal or 0x.
  Duration TakeSeconds();

  void Fail(std::string_view reason) { FailAt(Peek().place, reason); }
  void FailAt(Place place, std::string_view reason);
  void NotSupported(std::string_view what) { Fail(std::string(what) + " is not supported"); }

  // The text from there to the end of the last token taken, blanks squeezed, comments left out.
  std::string TextSince(size_t token) const;
  size_t position() const { return at_; }

 private:
  std::string_view name_, text_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  absl::Status status_;
};

// What stands for the next token in a message: 'word', or the end of the file.
std::string Quoted(const Token& token);

// The lines' parts, each in a file of its name.
SegmentLine ParseSegment(Cursor& cursor);                        // parse_segment.cc
CallLine ParseCall(Cursor& cursor);                              // parse_call.cc
CodeLine ParseCode(Cursor& cursor);                              // parse_code.cc
std::vector<ShellCommand> CommandsOf(const Token& shell_token);  // parse_file.cc

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_CURSOR_H_
