// SPDX-License-Identifier: Apache-2.0
//
// The parsers of files, as fuzz targets run them: what parses can be written, what was written
// parses, and nothing changes any more on the way.
#ifndef FINWAIT_FUZZ_TARGETS_TEXTS_H_
#define FINWAIT_FUZZ_TARGETS_TEXTS_H_

#include <string>

namespace finwait {

// A .sched file: written once, it stays as it is to the byte.
void CheckScheduleText(const std::string& text);

// A packetdrill script. One that has become a Script and can be written is read back as the same.
void CheckScriptText(const std::string& text);

}  // namespace finwait

#endif  // FINWAIT_FUZZ_TARGETS_TEXTS_H_
