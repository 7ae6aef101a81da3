// SPDX-License-Identifier: Apache-2.0
//
// Assertions about tcp_info between %{ and }%: `assert tcpi_state == TCP_FIN_WAIT2`, one a line, or
// joined by `;`. What follows a comma is the assertion's message in the language that packetdrill
// hands them to, and is passed over, unless it is another assertion.
#include <algorithm>

#include "packetdrill/cursor.h"
#include "packetdrill/words.h"

namespace finwait::pkt {
namespace {

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

// One statement, without the word assert.
std::optional<StateClaim> ClaimOf(std::string_view text) {
  const std::string claim = Trimmed(text);
  constexpr std::string_view kField = "tcpi_state";
  if (!claim.starts_with(kField)) return std::nullopt;
  const std::string rest = Trimmed(std::string_view(claim).substr(kField.size()));
  if (!rest.starts_with("==") && !rest.starts_with("!=")) return std::nullopt;
  const std::optional<State> state = KernelState(Trimmed(std::string_view(rest).substr(2)));
  if (!state.has_value()) return std::nullopt;
  return StateClaim{.state = *state, .is = rest[0] == '='};
}

// Takes the next statement off the front of `code`.
std::string NextStatement(std::string_view& code) {
  const size_t end = std::min(code.find_first_of("\n;,"), code.size());
  std::string statement = Trimmed(code.substr(0, end));
  code.remove_prefix(std::min(end + 1, code.size()));
  return statement;
}

}  // namespace

CodeLine ParseCode(Cursor& cursor) {
  CodeLine line;
  const Token token = cursor.Take();
  std::string_view code = token.text;
  bool message = false;  // Behind a comma.
  while (!code.empty()) {
    const char* const begin = code.data();
    const std::string statement = NextStatement(code);
    const bool behind_comma = message;
    message = code.data() > begin && *(code.data() - 1) == ',';
    constexpr std::string_view kAssert = "assert";
    if (statement.empty() || statement.starts_with("#")) continue;
    if (behind_comma && !statement.starts_with(kAssert)) continue;
    const bool asserts = statement.starts_with(kAssert);
    const std::optional<StateClaim> claim =
        asserts ? ClaimOf(std::string_view(statement).substr(kAssert.size())) : std::nullopt;
    if (!claim.has_value()) {
      cursor.FailAt(token.place, "'" + statement + "' is not supported; only comparisons such as " +
                                     "'assert tcpi_state == TCP_FIN_WAIT2' are");
      return line;
    }
    line.claims.push_back(*claim);
  }
  if (line.claims.empty()) cursor.FailAt(token.place, "code without an assertion");
  return line;
}

}  // namespace finwait::pkt
