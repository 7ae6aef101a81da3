// SPDX-License-Identifier: Apache-2.0
//
// What words of the command line must be, and what is said of one that is something else.
#ifndef FINWAIT_CLI_USAGE_H_
#define FINWAIT_CLI_USAGE_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace finwait {

// For options with unsigned values, since a sign would be read as a number near 2^64.
CLI::Validator WholeNumber(uint64_t least = 0);

// Why the command line cannot be understood, and how to learn more, in two lines.
std::string UsageError(const CLI::App& app, const CLI::ParseError& error);

}  // namespace finwait

#endif  // FINWAIT_CLI_USAGE_H_
