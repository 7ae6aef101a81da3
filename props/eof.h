// SPDX-License-Identifier: Apache-2.0
//
// What recv() says of the end of the peer's text.
#ifndef FINWAIT_PROPS_EOF_H_
#define FINWAIT_PROPS_EOF_H_

#include <array>
#include <cstdint>

#include "props/property.h"
#include "props/ruling.h"

namespace finwait {

// Only an end of file caused by the peer's FIN counts: after shutdown(SHUT_RD) recv() may return 0
// at any time.
class DataBeforeEof : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls | kSending;
  void Init(const PairSetup& setup);
  void Observe(const StepRecord& step);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  struct Stream {
    bool fin_sent = false;
    SeqNum first{}, fin{};  // The sender's first byte and its FIN.
    uint32_t read = 0;      // Bytes its peer has read.
  };

  std::array<Stream, 2> from_{};  // By sender.
};

inline constexpr Property kDataBeforeEof{
    .name = "data-before-eof",
    .claim =
        "recv() reports the end that the peer's FIN marks only after every byte before that "
        "FIN was read.",
    .cites = "RFC 9293 3.6 (a user who has CLOSEd; RECEIVE), POSIX recv()",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<DataBeforeEof>(),
    .tells = &DataBeforeEof::Tells,
};

class BytesReadOnce : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kBytesReadOnce{
    .name = "bytes-read-once",
    .claim = "recv() hands out each byte once, and none that has not arrived with all before it.",
    .cites = "RFC 9293 3.4 (duplicates), 3.10.7.4 (seventh), POSIX recv()",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<BytesReadOnce>(),
    .tells = &BytesReadOnce::Tells,
};

class FinGivesEof : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kFinGivesEof{
    .name = "fin-gives-eof",
    .claim =
        "Once the peer's FIN was taken and every byte before it was read, each recv() reports the "
        "end of file.",
    .cites = "RFC 9293 3.6 (all pending RECEIVEs: connection closing), POSIX recv()",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<FinGivesEof>(),
    .tells = &FinGivesEof::Tells,
};

// Premise: the connection ended by a reset before the peer's FIN, and nothing is left to read.
class ResetIsNoEof : public AlwaysMonitor {
 public:
  static constexpr uint8_t kHears = kCalls;
  void Observe(const StepRecord& step, const Ledger& before);
  static std::string Tells(const Counterexample& e);
  void Mix(Hasher& hasher, Time now) const;

 private:
  std::array<bool, 2> told_{};  // An error was reported.
};

inline constexpr Property kResetIsNoEof{
    .name = "reset-is-no-eof",
    .claim = "A user whose connection was reset is told so by an error, before any end of file.",
    .cites = "RFC 9293 3.10.7.4 (second: users receive a connection reset signal), POSIX recv()",
    .kind = Kind::kAlways,
    .monitor = MonitorOf<ResetIsNoEof>(),
    .tells = &ResetIsNoEof::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_EOF_H_
