// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/packetdrill/pkt_texts.h"

namespace finwait::pkt {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

Plan Planned(const std::string& text) {
  const absl::StatusOr<File> file = ParseFile("x.pkt", text);
  EXPECT_TRUE(file.ok()) << file.status();
  absl::StatusOr<Plan> plan = PlanOf(*file);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *std::move(plan) : Plan{};
}

TEST(Plan, OfAListener) {
  const Plan plan = Planned(kAccepts);
  EXPECT_EQ(plan.connection.opener, Opener::kPassive);
  EXPECT_EQ(plan.connection.next, SeqNum{1});
  EXPECT_EQ(plan.connection.peer_next, SeqNum{1});
  EXPECT_EQ(plan.connection.peer_mss, 1000);
  EXPECT_EQ(plan.connection.peer_window, 29200);
  EXPECT_EQ(plan.connection.rtt, milliseconds(10));
  EXPECT_EQ(plan.connection.options, TcpOptions{});
  EXPECT_EQ(plan.handshake_ends, milliseconds(10));
  EXPECT_EQ(plan.first_step, 6U);
  EXPECT_EQ(plan.listener, 3);
}

TEST(Plan, OfAConnect) {
  const Plan plan = Planned(kConnects);
  EXPECT_EQ(plan.connection.opener, Opener::kActive);
  EXPECT_EQ(plan.connection.rtt, milliseconds(20));
  EXPECT_EQ(plan.first_step, 6U);
  EXPECT_EQ(plan.socket, 3);
  EXPECT_TRUE(plan.nonblocking);
}

const std::string kWithOptions =
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"
    "+0 setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=2}, 8) = 0\n"
    "+0 setsockopt(3, SOL_TCP, TCP_LINGER2, [9], 4) = 0\n"
    "+0 bind(3, ..., ...) = 0\n"
    "+0 listen(3, 1) = 0\n"
    "+0 < S 0:0(0) win 29200 <mss 1000,sackOK,TS val 100 ecr 0,nop,wscale 7>\n"
    "+0 > S. 0:0(0) ack 1 win 65160 <mss 1460,sackOK,TS val 1 ecr 100,nop,wscale 7>\n"
    "+0 < . 1:1(0) ack 1 win 229 <nop,nop,TS val 105 ecr 1>\n";

TEST(Plan, TakesOptionsFromTheHandshake) {
  const Plan plan = Planned(kWithOptions);
  EXPECT_TRUE(plan.connection.options.sack);
  EXPECT_TRUE(plan.connection.options.timestamps);
  EXPECT_EQ(plan.connection.options.peer_tsval, 105U);
  EXPECT_TRUE(plan.connection.options.window_scaling);
  EXPECT_EQ(plan.connection.options.snd_wscale, 7);
  EXPECT_EQ(plan.connection.peer_window, 229);
  EXPECT_TRUE(plan.connection.linger_on);
  EXPECT_EQ(plan.connection.linger_s, 2);
  EXPECT_EQ(plan.connection.linger2_s, 9);
  EXPECT_EQ(plan.terms.window, 65160);
  EXPECT_EQ(plan.terms.mss, 1460);
  EXPECT_EQ(plan.terms.wscale, 7);
}

TEST(Plan, TakesSettings) {
  const Plan plan = Planned(
      "--tolerance_usecs=9000\n--mss=900\n"
      "`./defaults.sh`\n`../common/set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0 "
      "/proc/sys/net/ipv4/tcp_timestamps=0`\n"
      "`sysctl -w net.ipv4.tcp_fin_timeout = 30; sysctl -q net.ipv4.tcp_rfc1337=1 "
      "net.ipv4.tcp_orphan_retries=2`\n" +
      kWithOptions);
  EXPECT_EQ(plan.settings.tolerance, milliseconds(9));
  EXPECT_EQ(plan.settings.mss, 900);
  EXPECT_EQ(plan.settings.environment.tcp_fin_timeout, seconds(30));
  EXPECT_TRUE(plan.settings.environment.tcp_rfc1337);
  EXPECT_EQ(plan.settings.environment.tcp_orphan_retries, 2);
  EXPECT_FALSE(plan.connection.options.sack);
  EXPECT_FALSE(plan.connection.options.timestamps);
  EXPECT_TRUE(plan.connection.options.window_scaling);
}

struct BadPlan {
  std::string text;
  const char* says;
};

TEST(Plan, SaysWhatItDoesNotUnderstand) {
  const BadPlan kBadPlans[] = {
      {"", "x.pkt:1:1: the handshake never ends"},
      {"0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 listen(3, 1) = 0\n",
       "x.pkt:2:1: the handshake never ends"},
      {"--ip_version=ipv6\n", "x.pkt:1:1: not supported: --ip_version=ipv6"},
      {"--tolerance_usecs=much\n", "x.pkt:1:1: --tolerance_usecs: 'much' is no value for it"},
      {"`rm -rf x`\n", "x.pkt:1:1: not supported: the command 'rm -rf x'"},
      {"\n`./defaults.sh\nsysctl -q net.ipv4.tcp_ecn=1`\n",
       "x.pkt:3:1: not supported: the setting net.ipv4.tcp_ecn=1"},
      {"`sysctl -q net.ipv6.conf=1`\n", "not supported: the setting net.ipv6.conf=1"},
      {"`sysctl -q net.ipv4.tcp_fin_timeout=900`\n", "(tcp_fin_timeout takes 1 to 120)"},
      {"0 close(7) = 0\n", "x.pkt:1:1: descriptor 7 is not open"},
      {"0 < S 0:0(0) win 5 <mss 1000>\n",
       "x.pkt:1:1: not supported: this segment before the handshake has ended"},
      {kAccepts + "0 close(4) = 0\n", ":1: earlier than the line before"},
      {"0 %{ assert tcpi_state == 1 }%\n", "not supported: code before the handshake has ended"},
  };
  for (const BadPlan& row : kBadPlans)
    EXPECT_THAT(WrongWith(row.text), HasSubstr(row.says)) << row.text;
  EXPECT_EQ(WrongWith(kAccepts), "");
}

}  // namespace
}  // namespace finwait::pkt
