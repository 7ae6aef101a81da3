// SPDX-License-Identifier: Apache-2.0
//
// A whole script: option lines and commands, then lines that begin with a time.
#include <utility>

#include "packetdrill/cursor.h"

namespace finwait::pkt {
namespace {

// The time behind `~` or `...`; its sign, if any, is that of the first.
Duration TakeSecondTime(Cursor& cursor) {
  cursor.Accept("+");
  return cursor.TakeSeconds();
}

When ParseWhen(Cursor& cursor) {
  When when;
  if (cursor.Accept("*")) {
    when.base = Base::kAnyTime;
    return when;
  }
  when.base = cursor.Accept("+") ? Base::kLineBefore : Base::kStart;
  if (!cursor.Sees(TokenKind::kNumber)) {
    cursor.Fail("expected a time (0.1, +.1, *), not " + Quoted(cursor.Peek()));
  }
  const Place place = cursor.Peek().place;
  when.from = when.to = cursor.TakeSeconds();
  if (cursor.Accept("~")) {
    when.to = TakeSecondTime(cursor);
    if (when.to < when.from) cursor.FailAt(place, "the range of times ends before it begins");
  } else if (cursor.Accept("...")) {
    when.returns_at = TakeSecondTime(cursor);
    if (*when.returns_at < when.from) {
      cursor.FailAt(place, "the call returns before it begins");
    }
  }
  return when;
}

// "--name=value" or "--name".
OptionLine OptionOf(const Token& token) {
  const std::string text = token.text.substr(2);
  const size_t equals = text.find('=');
  OptionLine option{.place = token.place, .name = text.substr(0, equals), .value = ""};
  if (equals != std::string::npos) option.value = text.substr(equals + 1);
  return option;
}

void ParseLine(Cursor& cursor, File& file) {
  const size_t begin = cursor.position();
  const Place place = cursor.Peek().place;
  const When when = ParseWhen(cursor);
  if (cursor.Sees(TokenKind::kShell)) {
    for (ShellCommand& command : CommandsOf(cursor.Take())) {
      file.commands.push_back(std::move(command));
    }
    return;
  }
  Line line{.place = place, .text = "", .when = when, .what = CodeLine{}};
  const bool segment = cursor.Sees("<") || cursor.Sees(">");
  const bool expects = cursor.Sees(">");
  if (segment) {
    line.what = ParseSegment(cursor);
  } else if (cursor.Sees(TokenKind::kCode)) {
    line.what = ParseCode(cursor);
  } else {
    line.what = ParseCall(cursor);
  }
  if (!expects && (when.base == Base::kAnyTime || when.from != when.to)) {
    cursor.FailAt(place, "only a line with '>' may leave its time open");
  }
  if (when.returns_at.has_value() && !std::holds_alternative<CallLine>(line.what)) {
    cursor.FailAt(place, "only a call may take time ('...')");
  }
  line.text = cursor.TextSince(begin);
  file.lines.push_back(std::move(line));
}

}  // namespace

// Each line, and what stands between semicolons or && on it.
std::vector<ShellCommand> CommandsOf(const Token& shell_token) {
  std::vector<ShellCommand> commands;
  Place place = shell_token.place;
  std::string command;
  const auto finish = [&] {
    const size_t begin = command.find_first_not_of(" \t\r");
    const size_t end = command.find_last_not_of(" \t\r");
    if (begin != std::string::npos && command[begin] != '#') {
      commands.push_back({.place = place, .command = command.substr(begin, end - begin + 1)});
    }
    command.clear();
  };
  const std::string& text = shell_token.text;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool joined = text.compare(i, 2, "&&") == 0 && text.compare(i, 3, "&&&") != 0;
    if (text[i] != '\n' && text[i] != ';' && !joined) {
      command += text[i];
      continue;
    }
    finish();
    if (joined) ++i;
    if (text[i] == '\n') place = Place{.line = place.line + 1, .column = 1};
  }
  finish();
  return commands;
}

absl::StatusOr<File> ParseFile(std::string_view name, std::string_view text) {
  if (text.size() > kFileBytesMax) {
    return absl::InvalidArgumentError(std::string(name) + ": longer than " +
                                      std::to_string(kFileBytesMax) + " bytes");
  }
  absl::StatusOr<std::vector<Token>> tokens = TokensOf(name, text);
  if (!tokens.ok()) return tokens.status();
  Cursor cursor(name, text, *std::move(tokens));
  File file;
  file.name = std::string(name);
  while (cursor.ok() && !cursor.AtEnd()) {
    if (cursor.Sees(TokenKind::kOption)) {
      file.options.push_back(OptionOf(cursor.Take()));
    } else if (cursor.Sees(TokenKind::kShell)) {
      for (ShellCommand& command : CommandsOf(cursor.Take())) {
        file.commands.push_back(std::move(command));
      }
    } else {
      ParseLine(cursor, file);
    }
    if (file.lines.size() > kLinesMax) cursor.Fail("too many lines");
  }
  if (!cursor.ok()) return cursor.status();
  return file;
}

}  // namespace finwait::pkt
