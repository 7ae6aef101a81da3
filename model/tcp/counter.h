// SPDX-License-Identifier: Apache-2.0
//
// The MIB counters of the close path, by the names that /proc/net/snmp and /proc/net/netstat give
// them.
#ifndef FINWAIT_MODEL_TCP_COUNTER_H_
#define FINWAIT_MODEL_TCP_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace finwait {

enum class Counter : uint8_t {
  kNone,
  // "Tcp:" in /proc/net/snmp.
  kEstabResets,
  kOutSegs,
  kRetransSegs,
  kInErrs,
  kOutRsts,
  // "TcpExt:" in /proc/net/netstat.
  kTw,
  kTwKilled,
  kPawsEstab,
  kPawsOldAck,
  kPawsTimewait,
  kBeyondWindow,
  kDelayedAcks,
  kDelayedAckLost,
  kTcpHpHits,
  kTcpTimeouts,
  kTcpLossProbes,
  kTcpLossProbeRecovery,
  kTcpFastRetrans,
  kTcpWinProbe,
  kTcpOrigDataSent,
  kTcpOfoQueue,
  kTcpOfoMerge,
  kTcpDsackOldSent,
  kTcpZeroWindowDrop,
  kTcpAbortOnData,
  kTcpAbortOnClose,
  kTcpAbortOnTimeout,
  kTcpAbortOnLinger,
  kTcpTimeWaitOverflow,
  kTcpChallengeAck,
  kTcpSynChallenge,
  kTcpAckSkippedPaws,
  kTcpAckSkippedSeq,
  kTcpAckSkippedFinWait2,
  kTcpAckSkippedTimeWait,
  kTcpAckSkippedChallenge,
  kCount,
};

inline constexpr size_t kCounterCount = static_cast<size_t>(Counter::kCount);
constexpr size_t Index(Counter counter) { return static_cast<size_t>(counter); }

struct CounterRow {
  Counter id = Counter::kNone;
  std::string_view group{};  // "Tcp" or "TcpExt", which nstat puts before the name.
  std::string_view name{};   // "TCPChallengeACK".
};

// Every counter but kNone, in the order of Counter.
std::span<const CounterRow> Counters();

// Without group and name for kNone.
const CounterRow& RowOf(Counter counter);
inline std::string_view Name(Counter counter) { return RowOf(counter).name; }

// Counters that closing a connection moves as well, and why the model has none of them.
struct CounterLeftOut {
  std::string_view names;
  std::string_view why;
};
std::span<const CounterLeftOut> CountersLeftOut();

}  // namespace finwait

#endif  // FINWAIT_MODEL_TCP_COUNTER_H_
