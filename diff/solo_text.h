// SPDX-License-Identifier: Apache-2.0
//
// A solo schedule as text, a line an event.
#ifndef FINWAIT_DIFF_SOLO_TEXT_H_
#define FINWAIT_DIFF_SOLO_TEXT_H_

#include <string>

#include "diff/solo.h"

namespace finwait {

std::string SoloText(const Solo& solo);

// Its lines, neither indented nor ended.
std::string ConnectionText(const Connection& connection);
std::string EventText(const SoloEvent& event);

// A segment with its window; "-" stands for no flags at all.
std::string WholeSegmentText(const Segment& segment);
// The same in one line, as -e takes it: "open passively ...; shutdown(SHUT_WR); < . 1:1(0) ack 2".
std::string SoloLine(const Solo& solo);

}  // namespace finwait

#endif  // FINWAIT_DIFF_SOLO_TEXT_H_
