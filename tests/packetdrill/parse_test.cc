// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "packetdrill/file.h"
#include "packetdrill/segment_text.h"
#include "tests/packetdrill/pkt_texts.h"

namespace finwait::pkt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

File Parsed(const std::string& text) {
  absl::StatusOr<File> file = ParseFile("x.pkt", text);
  EXPECT_TRUE(file.ok()) << file.status();
  return file.ok() ? *std::move(file) : File{};
}

template <typename What>
What Only(const std::string& line) {
  const File file = Parsed(line);
  EXPECT_EQ(file.lines.size(), 1U) << line;
  const auto* const what = std::get_if<What>(&file.lines.at(0).what);
  EXPECT_NE(what, nullptr) << line;
  return what != nullptr ? *what : What{};
}

// ---- Segments -----------------------------------------------------------------------------------

TEST(ParseSegment, SaysBackWhatItRead) {
  for (const char* const text : {
           "F. 1:1(0) ack 1 win 257",
           "FP. 1:101(100) ack 1 win 0",
           "S 0:0(0) win 29200 <mss 1000,nop,nop,sackOK,nop,wscale 7>",
           "S 0:0(0) win 29200 <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 8>",
           ". 1:1(0) ack 1 win 257 <nop,nop,TS val 5 ecr 7>",
           ". 1:1(0) ack 1 win 257 <nop,nop,sack 101:201 301:401>",
           "R 4294967295:0(1) win 0",
           "- 1:1(0) win 5",
       }) {
    const auto line = Only<SegmentLine>(std::string("+0 < ") + text);
    EXPECT_TRUE(line.arrives);
    EXPECT_EQ(TextOf(line.segment, line.window, line.syn), text);
  }
}

TEST(ParseSegment, LeavesOpenWhatAnExpectationLeavesOpen) {
  const auto line = Only<SegmentLine>("+0 > S. 0:0(0) ack 1 <...>");
  EXPECT_FALSE(line.arrives);
  EXPECT_TRUE(line.any_options);
  EXPECT_EQ(line.window, std::nullopt);
  EXPECT_EQ(Only<SegmentLine>("+0 > . 1:1(0) ack 1 <eol>").segment.timestamps, false);
}

// ---- Times --------------------------------------------------------------------------------------

TEST(ParseWhen, KnowsEveryForm) {
  using std::chrono::milliseconds;
  const File file = Parsed(
      "0.5 close(4) = 0\n"
      "+.1 close(4) = 0\n"
      "+0~+.2 > . 1:1(0) ack 1\n"
      "* > . 1:1(0) ack 1\n"
      "0.1...0.2 close(4) = 0\n");
  ASSERT_EQ(file.lines.size(), 5U);
  EXPECT_EQ(file.lines[0].when.base, Base::kStart);
  EXPECT_EQ(file.lines[0].when.from, milliseconds(500));
  EXPECT_EQ(file.lines[1].when.base, Base::kLineBefore);
  EXPECT_EQ(file.lines[1].when.from, milliseconds(100));
  EXPECT_EQ(file.lines[2].when.to, milliseconds(200));
  EXPECT_EQ(file.lines[3].when.base, Base::kAnyTime);
  EXPECT_EQ(file.lines[4].when.returns_at, milliseconds(200));
}

// ---- Calls --------------------------------------------------------------------------------------

TEST(ParseCall, ReadsArgumentsAndResults) {
  EXPECT_EQ(Only<CallLine>("+0 write(4, ..., 100) = 100").amount, 100);
  EXPECT_EQ(Only<CallLine>("+0 shutdown(4, SHUT_RDWR) = 0").amount,
            static_cast<uint16_t>(How::kRdwr));
  EXPECT_EQ(Only<CallLine>("+0 shutdown(4, 0) = 0").amount, static_cast<uint16_t>(How::kRd));
  const auto fails = Only<CallLine>("+0 recv(4, ..., 9, MSG_DONTWAIT) = -1 EAGAIN (Try again)");
  EXPECT_EQ(fails.error, "EAGAIN");
  EXPECT_TRUE(fails.nonblocking);
  EXPECT_FALSE(Only<CallLine>("+0 fcntl(4, F_GETFL) = 0x2 (flags O_RDWR)").returns_checked);
  EXPECT_EQ(Only<CallLine>("+0 getsockopt(4, SOL_SOCKET, SO_ERROR, [104], [4]) = 0").pending,
            Errno::kConnReset);
}

TEST(ParseCall, ReadsOptions) {
  const auto linger =
      Only<CallLine>("+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0");
  EXPECT_EQ(linger.option, (SocketOption{OptionName::kLinger, true, 5}));
  const auto linger2 = Only<CallLine>("+0 setsockopt(4, SOL_TCP, TCP_LINGER2, [-1], 4) = 0");
  EXPECT_EQ(linger2.option, (SocketOption{OptionName::kLinger2, true, -1}));
  const auto buffer = Only<CallLine>("+0 setsockopt(4, SOL_SOCKET, SO_RCVBUF, [4096], 4) = 0");
  EXPECT_EQ(buffer.option, (SocketOption{OptionName::kReceiveBuffer, true, 4096}));
  const auto reuse = Only<CallLine>("+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0");
  EXPECT_EQ(reuse.option, std::nullopt);
}

TEST(ParseCall, ReadsPoll) {
  const auto poll =
      Only<CallLine>("+0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLIN}], 1, 0) = 1");
  EXPECT_EQ(poll.fd, 4);
  EXPECT_EQ(poll.events, kPollIn | kPollOut);
  EXPECT_EQ(poll.revents, kPollIn);
}

// ---- Code ---------------------------------------------------------------------------------------

TEST(ParseCode, ReadsStates) {
  const auto claims = [](const std::string& code) {
    std::string text;
    for (const StateClaim& claim : Only<CodeLine>("+0 %{ " + code + " }%").claims) {
      text += (claim.is ? " " : " not ") + std::string(Name(claim.state));
    }
    return text;
  };
  EXPECT_EQ(claims("assert tcpi_state == 5"), " FIN-WAIT-2");
  EXPECT_EQ(claims("assert tcpi_state == TCP_FIN_WAIT2, tcpi_state"), " FIN-WAIT-2");
  EXPECT_EQ(claims("\n  assert tcpi_state != TCP_CLOSE\n  assert tcpi_state == 11\n"),
            " not CLOSED CLOSING");
  EXPECT_EQ(claims("assert tcpi_state == 1, assert tcpi_state != 8"),
            " ESTABLISHED not CLOSE-WAIT");
}

// ---- The file -----------------------------------------------------------------------------------

TEST(ParseFile, PassesOverCommentsAndKeepsLineNumbers) {
  const File file = Parsed(
      "// One.\n"
      "# Two.\n"
      "/* Three,\n"
      "   four. */\n"
      "--tolerance_usecs=10000\n"
      "`./defaults.sh\n"
      " sysctl -q net.ipv4.tcp_sack=0 && ip tcp_metrics flush all > /dev/null 2>&1`\n"
      "+0 close(4)   = /* here, too */  0  // Eight.\n");
  ASSERT_EQ(file.options.size(), 1U);
  EXPECT_EQ(file.options[0].name, "tolerance_usecs");
  EXPECT_EQ(file.options[0].value, "10000");
  std::vector<std::string> commands;
  for (const ShellCommand& command : file.commands) commands.push_back(command.command);
  EXPECT_THAT(commands, ElementsAre("./defaults.sh", "sysctl -q net.ipv4.tcp_sack=0",
                                    "ip tcp_metrics flush all > /dev/null 2>&1"));
  EXPECT_EQ(file.commands[1].place.line, 7);
  ASSERT_EQ(file.lines.size(), 1U);
  EXPECT_EQ(file.lines[0].place.line, 8);
  EXPECT_EQ(file.lines[0].text, "+0 close(4) = 0");
}

struct BadFile {
  const char* text;
  const char* says;  // Behind "x.pkt:".
};
constexpr BadFile kBadFiles[] = {
    {"close(4) = 0", "1:1: expected a time (0.1, +.1, *), not 'close'"},
    {"\n\n+0 clone(4) = 0", "3:4: the call clone() is not supported"},
    {"+0", "1:3: expected '<', '>', %{ or a call, not the end of the file"},
    {"+x close(4) = 0", "1:2: expected a time"},
    {"+.2~+.1 > . 1:1(0) ack 1", "1:2: the range of times ends before it begins"},
    {"* close(4) = 0", "1:1: only a line with '>' may leave its time open"},
    {"0...1 > . 1:1(0) ack 1", "1:1: only a call may take time"},
    {"+0 < . 1:1(0) ack 1", "1:6: a segment that is sent in needs its window"},
    {"+0 < . 1:3(1) ack 1 win 5", "1:8: the length in parentheses is not the difference"},
    {"+0 < F 1:1(0) ack 1 win 5", "1:6: 'ack' without the flag '.'"},
    {"+0 < F. 1:1(0) win 5", "1:6: the flag '.' without 'ack'"},
    {"+0 < E. 1:1(0) ack 1 win 5", "1:6: expected flags out of SFRP."},
    {"+0 < [ect0] . 1:1(0) ack 1 win 5", "1:6: '[' is not supported"},
    {"+0 < . 1:1(0) ack 1 win 70000", "1:25: 70000 is not between 0 and 65535"},
    {"+0 < . 1:1(0) ack 1 win 5 <FO abc>", "1:28: the TCP option 'FO' is not supported"},
    {"+0 < . 1:1(0) ack 1 win 5 <...>", "1:28: a segment that is sent in needs its options"},
    {"+0 > . 1:1(0) ack 1 <nop", "1:25: expected '>', not the end of the file"},
    {"+0 close(4 = 0", "1:12: expected ')', not '='"},
    {"+0 close() = 0", "1:4: close(): too few arguments"},
    {"+0 close(4, 5) = 0", "1:4: close(): too many arguments"},
    {"+0 close(4) = -1", "1:17: expected a word, not the end of the file"},
    {"+0 close(4) = -1 EXYZ", "1:4: close(): the error EXYZ is not supported"},
    {"+0 recv(4, ..., 9, MSG_PEEK) = 9", "1:20: recv(): MSG_PEEK is not supported"},
    {"+0 setsockopt(4, SOL_TCP, TCP_NODELAY, [1], 4) = 0",
     "1:27: setsockopt(): this option is not supported"},
    {"+0 setsockopt(4, SOL_SOCKET, SO_LINGER, [1], 4) = 0",
     "1:41: setsockopt(): expected {..., onoff=...}"},
    {"+0 poll([{fd=4, events=POLLPRI, revents=0}], 1, 0) = 0",
     "1:24: poll(): POLLPRI is not supported"},
    {"+0 poll([{fd=4, events=POLLIN, revents=0}], 1, 100) = 0",
     "1:48: poll(): a time to wait is not supported"},
    {"+0 %{ print(tcpi_rtt) }%", "1:4: 'print(tcpi_rtt)' is not supported"},
    {"+0 %{ assert tcpi_rtt == 1 }%", "1:4: 'assert tcpi_rtt == 1' is not supported"},
    {"+0 %{ assert tcpi_state == 12 }%", "1:4: 'assert tcpi_state == 12' is not supported"},
    {"+0 %{ assert 1", "1:4: %{ is not closed with }%"},
    {"/* never", "1:1: a comment that is not closed with */"},
    {"`./defaults.sh", "1:1: ` is not closed with `"},
};

TEST(ParseFile, SaysWhereAndWhatIsWrong) {
  for (const BadFile& row : kBadFiles) {
    const absl::StatusOr<File> file = ParseFile("x.pkt", row.text);
    EXPECT_TRUE(absl::IsInvalidArgument(file.status())) << row.text;
    EXPECT_THAT(std::string(file.status().message()), StartsWith(std::string("x.pkt:") + row.says))
        << row.text;
  }
}

TEST(ParseFile, EveryPrefixIsReadOrRefused) {
  const std::string text = kAccepts +
                           "+0 setsockopt(4, SOL_SOCKET, SO_LINGER, {onoff=1, linger=5}, 8) = 0\n"
                           "`sysctl -q net.ipv4.tcp_sack=0`\n+0~+.1 > F. 1:1(0) ack 1 "
                           "<nop,nop,TS val 1 ecr 2>\n+0 %{ assert tcpi_state == 4 }%\n";
  for (size_t n = 0; n <= text.size(); ++n) {
    const std::string prefix = text.substr(0, n);
    const absl::StatusOr<File> file = ParseFile("x.pkt", prefix);
    if (!file.ok()) {
      EXPECT_THAT(std::string(file.status().message()), HasSubstr("x.pkt:"));
    }
  }
}

}  // namespace
}  // namespace finwait::pkt
