// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/expression.h"

#include <limits>

namespace finwait::pkt {
namespace {

constexpr int64_t kNumberMax = std::numeric_limits<uint32_t>::max();
constexpr int kNestingMax = 8;

Expression ParseExpression(Cursor& cursor, int nesting);

void ParseFields(Cursor& cursor, int nesting, Expression& fields) {
  fields.form = Form::kFields;
  cursor.Expect("{");
  do {
    fields.words.push_back(cursor.TakeWord());
    cursor.Expect("=");
    fields.items.push_back(ParseExpression(cursor, nesting + 1));
  } while (cursor.ok() && cursor.Accept(","));
  cursor.Expect("}");
}

void ParseList(Cursor& cursor, int nesting, Expression& list) {
  list.form = Form::kList;
  cursor.Expect("[");
  do {
    list.items.push_back(ParseExpression(cursor, nesting + 1));
  } while (cursor.ok() && cursor.Accept(","));
  cursor.Expect("]");
}

Expression ParseExpression(Cursor& cursor, int nesting) {
  Expression expression;
  expression.place = cursor.Peek().place;
  if (nesting > kNestingMax) cursor.Fail("too many brackets");
  if (cursor.Accept("...")) return expression;
  if (cursor.Sees("{")) {
    ParseFields(cursor, nesting, expression);
  } else if (cursor.Sees("[")) {
    ParseList(cursor, nesting, expression);
  } else if (cursor.Sees(TokenKind::kWord)) {
    expression.form = Form::kWords;
    do {
      expression.words.push_back(cursor.TakeWord());
    } while (cursor.ok() && cursor.Accept("|"));
  } else {
    expression.form = Form::kNumber;
    expression.number = cursor.TakeInteger(-kNumberMax, kNumberMax);
  }
  return expression;
}

// `(Operation now in progress)`, `(flags O_RDWR)`
void SkipNote(Cursor& cursor) {
  if (!cursor.Accept("(")) return;
  while (cursor.ok() && !cursor.Accept(")")) {
    if (cursor.AtEnd()) cursor.Fail("expected ')'");
    cursor.Take();
  }
}

}  // namespace

const Expression* Expression::Field(std::string_view name) const {
  for (size_t i = 0; form == Form::kFields && i < items.size(); ++i) {
    if (words[i] == name) return &items[i];
  }
  return nullptr;
}

Written ParseWritten(Cursor& cursor) {
  Written written;
  written.place = cursor.Peek().place;
  if (!cursor.Sees(TokenKind::kWord)) {
    cursor.Fail("expected '<', '>', %{ or a call, not " + Quoted(cursor.Peek()));
  }
  written.name = cursor.TakeWord();
  cursor.Expect("(");
  if (!cursor.Accept(")")) {
    do {
      written.arguments.push_back(ParseExpression(cursor, 0));
    } while (cursor.ok() && cursor.Accept(","));
    cursor.Expect(")");
  }
  cursor.Expect("=");
  if (!cursor.Accept("?")) written.value = cursor.TakeInteger(-1, kNumberMax);
  if (written.value == -1) written.error = cursor.TakeWord();
  SkipNote(cursor);
  return written;
}

}  // namespace finwait::pkt
