// SPDX-License-Identifier: Apache-2.0
//
// Why a row of a matrix comes out as it does.
#ifndef FINWAIT_FUZZ_MATRIX_WHY_H_
#define FINWAIT_FUZZ_MATRIX_WHY_H_

#include <string>

#include "fuzz/matrix.h"

namespace finwait {

// Where the row is violated, the property's own sentence. Else what became of the step that
// violates the property in the case itself: the same arrival, call or timer in this row's run.
// Without a property, how the run ends.
std::string WhyOf(const MatrixRow& row, const MatrixSubject& subject);

// How the run ends at both ends: "A resets the connection at 10 ms; B is CLOSED from 15 ms on".
std::string HowItEnds(const Trace& trace);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_MATRIX_WHY_H_
