// SPDX-License-Identifier: Apache-2.0
#include "report/canvas.h"

namespace finwait {
namespace {

struct LookAlike {
  char32_t glyph;
  char ascii;
};

constexpr std::array kLookAlikes = {
    LookAlike{U'│', '|'},  LookAlike{U'─', '-'},  LookAlike{U'╮', '.'}, LookAlike{U'╭', '.'},
    LookAlike{U'╰', '\''}, LookAlike{U'╯', '\''}, LookAlike{U'┆', ':'}, LookAlike{U'┼', '+'},
    LookAlike{U'▶', '>'},  LookAlike{U'◀', '<'},  LookAlike{U'✗', 'x'}, LookAlike{U'┄', '~'},
};

void AppendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else {  // Every glyph above is in the Basic Multilingual Plane, past U+07FF.
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

char Ascii(char32_t c) {
  for (const LookAlike& l : kLookAlikes) {
    if (l.glyph == c) return l.ascii;
  }
  return c < 0x80 ? static_cast<char>(c) : '?';
}

}  // namespace

void CanvasRow::Write(size_t column, std::string_view text) {
  for (const char c : text) Put(column++, c >= ' ' && c <= '~' ? static_cast<char32_t>(c) : U'?');
}

void CanvasRow::WriteBefore(size_t column, std::string_view text) {
  Write(column > text.size() ? column - text.size() : 0, text);
}

void CanvasRow::Line(size_t from, size_t to) {
  for (size_t column = from; column < to; ++column) {
    Put(column, At(column) == U'┆' ? U'┼' : U'─');
  }
}

std::string CanvasRow::Encode(bool ascii) const {
  size_t end = kCanvasColumns;
  while (end > 0 && cells_[end - 1] == U' ') --end;
  std::string out;
  for (size_t column = 0; column < end; ++column) {
    if (ascii) {
      out += Ascii(cells_[column]);
    } else {
      AppendUtf8(out, cells_[column]);
    }
  }
  return out;
}

}  // namespace finwait
