// SPDX-License-Identifier: Apache-2.0
//
// One line of a drawing: 80 cells, lines that cross, text over them.
#ifndef FINWAIT_REPORT_CANVAS_H_
#define FINWAIT_REPORT_CANVAS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace finwait {

inline constexpr size_t kCanvasColumns = 80;

class CanvasRow {
 public:
  CanvasRow() { cells_.fill(U' '); }

  void Put(size_t column, char32_t glyph) {
    if (column < kCanvasColumns) cells_[column] = glyph;
  }
  char32_t At(size_t column) const { return cells_[column]; }

  // Text from `column` on; what does not fit the row is cut, and what is not printable ASCII (a
  // label may hold anything) is shown as '?'.
  void Write(size_t column, std::string_view text);
  // Text that ends just before `column`.
  void WriteBefore(size_t column, std::string_view text);

  // A horizontal line over the cells [from, to); upright lines become crossings.
  void Line(size_t from, size_t to);

  // The line without trailing blanks, in UTF-8 or in ASCII look-alikes.
  std::string Encode(bool ascii) const;

 private:
  std::array<char32_t, kCanvasColumns> cells_{};
};

}  // namespace finwait

#endif  // FINWAIT_REPORT_CANVAS_H_
