// SPDX-License-Identifier: Apache-2.0
//
// How the verdict of a property on one run is told.
#ifndef FINWAIT_CLI_VERDICT_OUTPUT_H_
#define FINWAIT_CLI_VERDICT_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "props/verdict.h"

namespace finwait {

// "vacuous", "holds; discarded once, made good after 20 ms (0.09 RTO)", "violated by ... at A".
std::string VerdictText(const Verdict& verdict);

nlohmann::ordered_json ToJson(const Verdict& verdict);

}  // namespace finwait

#endif  // FINWAIT_CLI_VERDICT_OUTPUT_H_
