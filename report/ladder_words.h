// SPDX-License-Identifier: Apache-2.0
//
// What a ladder says in words, apart from how it is drawn.
#ifndef FINWAIT_REPORT_LADDER_WORDS_H_
#define FINWAIT_REPORT_LADDER_WORDS_H_

#include <cstddef>
#include <map>
#include <string>

#include "report/story.h"

namespace finwait {

// "A  shutdown(SHUT_WR)": the end, its label, how it first ended sending.
std::string HeaderOf(const Story& story, Side side);

// "197 ms", "60 s".
std::string DurationText(Duration duration);

bool IsViolating(const Story& story, const StepRecord& step);

// Whether the step threw away the segment that the violation is about.
bool Discards(const Story& story, const StepRecord& step);

// Why the segment was discarded, in numbers: "ack 753 < SND.UNA 754".
std::string Comparison(const StepRecord& step);

// A few words beside a segment that arrives: "taken", when it makes the violation good.
std::string NoteOnArrival(const Story& story, const StepRecord& step);

// A few words beside a segment that leaves: "challenge ACK", "RTO: FIN again".
std::string NoteOnDeparture(const Story& story, const StepRecord& step);

// The labels of segments by their numbers in the ladder, wrapped at 80 columns; empty without any.
std::string Legend(const std::map<int, std::string>& labels);

// A line for what has no segment to tell it: "recv() returns 10", "TIME-WAIT is over".
std::string WordsOn(const Story& story, const StepRecord& step);

// How many steps to draw: with a violation until it is made good and what that set off has arrived,
// else until only timers are left that send nothing.
size_t LastStepToDraw(const Story& story);

}  // namespace finwait

#endif  // FINWAIT_REPORT_LADDER_WORDS_H_
