// SPDX-License-Identifier: Apache-2.0
//
// Text in columns.
#ifndef FINWAIT_REPORT_WRAP_H_
#define FINWAIT_REPORT_WRAP_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace finwait {

// The words of `text`, which starts at column `indent`, over lines of at most 80 columns; later
// lines are indented likewise. A word wider than that stands alone.
std::string Wrapped(const std::string& text, size_t indent);

// "  label    text", a line below a ladder; the text is wrapped below itself.
std::string Fact(std::string_view label, const std::string& text);

}  // namespace finwait

#endif  // FINWAIT_REPORT_WRAP_H_
