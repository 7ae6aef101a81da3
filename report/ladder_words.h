// SPDX-License-Identifier: Apache-2.0
//
// What a ladder says in words, apart from how it is drawn.
#ifndef FINWAIT_REPORT_LADDER_WORDS_H_
#define FINWAIT_REPORT_LADDER_WORDS_H_

#include <cstddef>
#include <map>
#include <string>

#include "report/fold.h"
#include "report/story.h"

namespace finwait {

// "A (server)  linux-5.10, linger 5 s": the end, its label, its kernel.
std::string HeaderOf(const Story& story, Side side);

bool IsViolating(const Story& story, const StepRecord& step);

// Whether the step threw away the segment that the violation is about.
bool Discards(const Story& story, const StepRecord& step);

// Why the segment was discarded, in numbers: "ack 753 < SND.UNA 754".
std::string Comparison(const StepRecord& step);

// A few words beside a segment that arrives: "taken", when it makes the violation good.
std::string NoteOnArrival(const Story& story, const StepRecord& step);

// A few words beside the segment with this index that leaves: "challenge ACK", "RTO: FIN again".
std::string NoteOnDeparture(const StepRecord& step, uint8_t index);

// The labels of segments by their numbers in the ladder, wrapped at 80 columns; empty without any.
std::string Legend(const std::map<int, std::string>& labels);

// A line of its own: for each call what it returns, for what no segment tells why ("no answer:
// ..."). Empty where the segments say it all.
std::string WordsOn(const Story& story, const StepRecord& step);

// What stands for so many repetitions, which begin with `step`: "46 more probes, every 120 s".
std::string FoldText(const StepRecord& step, const Piece& piece);

}  // namespace finwait

#endif  // FINWAIT_REPORT_LADDER_WORDS_H_
