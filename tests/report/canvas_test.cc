// SPDX-License-Identifier: Apache-2.0
#include "report/canvas.h"

#include <gtest/gtest.h>

#include <string>

namespace finwait {
namespace {

TEST(CanvasRow, EncodesWithoutTrailingBlanks) {
  CanvasRow row;
  EXPECT_EQ(row.Encode(false), "");
  row.Write(2, "ab");
  EXPECT_EQ(row.Encode(false), "  ab");
  row.Write(6, "  ");
  EXPECT_EQ(row.Encode(true), "  ab");
}

TEST(CanvasRow, CutsWhatDoesNotFitTheRow) {
  CanvasRow row;
  row.Write(78, "abcdef");
  EXPECT_EQ(row.Encode(false), std::string(78, ' ') + "ab");
  row.Put(80, U'x');
  row.Put(5000, U'x');
  EXPECT_EQ(row.Encode(false), std::string(78, ' ') + "ab");
}

TEST(CanvasRow, WritesBeforeAColumn) {
  CanvasRow row;
  row.WriteBefore(5, "abc");
  EXPECT_EQ(row.Encode(false), "  abc");
  row.WriteBefore(2, "xyz");  // Too long: from the first column.
  EXPECT_EQ(row.Encode(false), "xyzbc");
}

TEST(CanvasRow, ALineCrossesLanes) {
  CanvasRow row;
  row.Put(2, U'┆');
  row.Put(3, U'│');
  row.Line(1, 5);
  EXPECT_EQ(row.Encode(false), " ─┼──");
  EXPECT_EQ(row.Encode(true), " -+--");
}

TEST(CanvasRow, AnEmptyLineDrawsNothing) {
  CanvasRow row;
  row.Line(4, 4);
  row.Line(5, 4);
  EXPECT_EQ(row.Encode(false), "");
}

TEST(CanvasRow, EveryGlyphHasAnAsciiLookAlike) {
  CanvasRow row;
  size_t column = 0;
  for (const char32_t glyph : U"│─╮╭╰╯┆┼▶◀✗┄") {
    if (glyph != 0) row.Put(column++, glyph);
  }
  EXPECT_EQ(row.Encode(false), "│─╮╭╰╯┆┼▶◀✗┄");
  EXPECT_EQ(row.Encode(true), "|-..'':+><x~");
  row.Put(0, U'語');
  EXPECT_EQ(row.Encode(true).substr(0, 2), "?-");
}

// Labels come from files: what is not printable ASCII must neither break UTF-8 nor reach a
// terminal.
TEST(CanvasRow, TextThatIsNotPrintableAsciiIsShownAsQuestionMarks) {
  CanvasRow row;
  row.Write(0, "a\x1b[2m\xc3\xa9\t\x7f");
  EXPECT_EQ(row.Encode(false), "a?[2m????");
  EXPECT_EQ(row.Encode(true), "a?[2m????");
}

}  // namespace
}  // namespace finwait
