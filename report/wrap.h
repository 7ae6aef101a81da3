// SPDX-License-Identifier: Apache-2.0
//
// Text in columns.
#ifndef FINWAIT_REPORT_WRAP_H_
#define FINWAIT_REPORT_WRAP_H_

#include <cstddef>
#include <string>

namespace finwait {

// The words of `text`, which starts at column `indent`, over lines of at most 80 columns; later
// lines are indented likewise. A word wider than that stands alone.
std::string Wrapped(const std::string& text, size_t indent);

}  // namespace finwait

#endif  // FINWAIT_REPORT_WRAP_H_
