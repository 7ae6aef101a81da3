// SPDX-License-Identifier: Apache-2.0
//
// Which known word somebody may have meant.
#ifndef FINWAIT_CLI_NEAREST_H_
#define FINWAIT_CLI_NEAREST_H_

#include <string>
#include <vector>

namespace finwait {

// The known word that takes the fewest letters to add, drop, change or swap, if that is no more
// than a third of them; else empty.
std::string Nearest(const std::string& word, const std::vector<std::string>& known);

// "; did you mean 'X'?", or empty.
std::string DidYouMean(const std::string& word, const std::vector<std::string>& known);

}  // namespace finwait

#endif  // FINWAIT_CLI_NEAREST_H_
