// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/words.h"

#include <array>
#include <charconv>

#include "stacks/user_view.h"

namespace finwait::pkt {
namespace {

struct ErrnoRow {
  Errno error;
  int64_t number;  // As on every Linux.
  std::string_view name, text;
};
constexpr ErrnoRow kErrnos[] = {
    {Errno::kNone, 0, "0", "Success"},
    {Errno::kAgain, 11, "EAGAIN", "Resource temporarily unavailable"},
    {Errno::kPipe, 32, "EPIPE", "Broken pipe"},
    {Errno::kConnReset, 104, "ECONNRESET", "Connection reset by peer"},
    {Errno::kNotConn, 107, "ENOTCONN", "Transport endpoint is not connected"},
    {Errno::kTimedOut, 110, "ETIMEDOUT", "Connection timed out"},
};

struct PollRow {
  uint16_t bit;
  std::string_view name;
};
constexpr PollRow kPolls[] = {
    {kPollIn, "POLLIN"},   {kPollOut, "POLLOUT"},     {kPollErr, "POLLERR"},
    {kPollHup, "POLLHUP"}, {kPollRdHup, "POLLRDHUP"},
};

// In the order of the kernel's numbers, which begin at 1.
constexpr std::array<State, 11> kKernelStates = {
    State::kEstablished, State::kSynSent,  State::kSynReceived, State::kFinWait1,
    State::kFinWait2,    State::kTimeWait, State::kClosed,      State::kCloseWait,
    State::kLastAck,     State::kListen,   State::kClosing,
};
constexpr std::array<std::string_view, 11> kNames = {
    "ESTABLISHED", "SYN_SENT",   "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
    "CLOSE",       "CLOSE_WAIT", "LAST_ACK", "LISTEN",    "CLOSING",
};

const ErrnoRow& RowOf(Errno error) {
  for (const ErrnoRow& row : kErrnos) {
    if (row.error == error) return row;
  }
  return kErrnos[0];
}

}  // namespace

std::string_view ErrnoName(Errno error) { return RowOf(error).name; }
std::string_view ErrnoText(Errno error) { return RowOf(error).text; }

std::optional<Errno> ErrnoCalled(std::string_view name) {
  for (const ErrnoRow& row : kErrnos) {
    if (row.name == name) return row.error;
  }
  return std::nullopt;
}

std::optional<Errno> ErrnoNumbered(int64_t number) {
  for (const ErrnoRow& row : kErrnos) {
    if (row.number == number) return row.error;
  }
  return std::nullopt;
}

std::string PollText(uint16_t bits) {
  std::string text;
  for (const PollRow& row : kPolls) {
    if ((bits & row.bit) == 0) continue;
    if (!text.empty()) text += '|';
    text += row.name;
  }
  return text.empty() ? "0" : text;
}

std::optional<uint16_t> PollBitCalled(std::string_view name) {
  for (const PollRow& row : kPolls) {
    if (row.name == name) return row.bit;
  }
  return std::nullopt;
}

int KernelNumber(State state) {
  for (size_t i = 0; i < kKernelStates.size(); ++i) {
    if (kKernelStates[i] == state) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::string KernelName(State state) {
  return "TCP_" + std::string(kNames[static_cast<size_t>(KernelNumber(state) - 1)]);
}

std::optional<State> KernelState(std::string_view word) {
  size_t number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec == std::errc() && read.ptr == word.data() + word.size()) {
    if (number < 1 || number > kKernelStates.size()) return std::nullopt;
    return kKernelStates[number - 1];
  }
  if (word.starts_with("TCP_")) word.remove_prefix(4);
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == word) return kKernelStates[i];
  }
  return std::nullopt;
}

}  // namespace finwait::pkt
