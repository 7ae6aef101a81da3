// SPDX-License-Identifier: Apache-2.0
#include "model/world/notation.h"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace finwait {
namespace {

TEST(Notation, OfResults) {
  const std::pair<CallResult, std::string_view> rows[] = {
      {{}, "sleeps"},
      {{.returned = true}, "returns 0"},
      {{.returned = true, .bytes = 10}, "returns 10"},
      {{.returned = true, .error = Errno::kAgain}, "fails with EAGAIN"},
      {{.returned = true, .error = Errno::kPipe}, "fails with EPIPE"},
      {{.returned = true, .error = Errno::kConnReset}, "fails with ECONNRESET"},
      {{.returned = true, .error = Errno::kTimedOut}, "fails with ETIMEDOUT"},
      {{.returned = true, .error = Errno::kNotConn}, "fails with ENOTCONN"},
  };
  for (const auto& [result, text] : rows) EXPECT_EQ(ResultText(result), text);
}

TEST(Notation, OfCalls) {
  const auto shutdown = [](How how) {
    return Event{.kind = EventKind::kShutdown, .amount = static_cast<uint16_t>(how)};
  };
  const std::pair<Event, std::string_view> rows[] = {
      {{.kind = EventKind::kSend, .amount = 10}, "send(10)"},
      {{.kind = EventKind::kRecv}, "recv()"},
      {{.kind = EventKind::kRecv, .amount = 4}, "recv(4)"},
      {shutdown(How::kWr), "shutdown(SHUT_WR)"},
      {shutdown(How::kRdwr), "shutdown(SHUT_RDWR)"},
      {shutdown(How::kRd), "shutdown(SHUT_RD)"},
      {{.kind = EventKind::kClose}, "close()"},
      {{.kind = EventKind::kWake}, "close() runs again"},
  };
  for (const auto& [call, text] : rows) EXPECT_EQ(CallText(call), text);
}

}  // namespace
}  // namespace finwait
