// SPDX-License-Identifier: Apache-2.0
//
// A packetdrill script as its lines say it, before anything is made of them.
#ifndef FINWAIT_PACKETDRILL_FILE_H_
#define FINWAIT_PACKETDRILL_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "model/tcp/effects.h"
#include "model/tcp/segment.h"
#include "model/tcp/state.h"
#include "model/tcp/time.h"
#include "packetdrill/lexer.h"
#include "stacks/packet.h"
#include "stacks/user_view.h"

namespace finwait::pkt {

enum class Base : uint8_t { kStart, kLineBefore, kAnyTime };

// "0.5", "+.1", "+0~+.2", "*", "+0...0.2".
struct When {
  Base base = Base::kLineBefore;
  Duration from{}, to{};               // Equal but for a range.
  std::optional<Duration> returns_at;  // Of a call that blocks; the same base.
};

// `> F. 1:1(0) ack 1 <nop,nop,TS val 5 ecr 7>`
struct SegmentLine {
  bool arrives = false;      // `<`; else `>`, which is an expectation.
  Segment segment{};         // The window is zero when the line says none.
  SynOptions syn{};          // mss, sackOK and wscale.
  bool any_options = false;  // `<...>`
  std::optional<uint16_t> window;
};

enum class CallName : uint8_t {
  kSocket,
  kBind,
  kListen,
  kAccept,
  kConnect,
  kSetsockopt,
  kGetError,  // getsockopt() of SO_ERROR.
  kFcntl,
  kSend,
  kRecv,
  kShutdown,
  kClose,
  kPoll,
};

struct CallLine {
  CallName name = CallName::kSocket;
  int fd = -1;
  uint16_t amount = 0;                 // Bytes of send() and recv(), How of shutdown().
  bool nonblocking = false;            // MSG_DONTWAIT, or what fcntl() sets.
  std::optional<SocketOption> option;  // Of setsockopt(); nothing when it changes nothing here.
  uint16_t events = 0, revents = 0;    // Of poll().
  Errno pending = Errno::kNone;        // What getsockopt(SO_ERROR) is expected to give.

  int64_t returns = 0;          // Expected: -1 for an error,
  std::string error;            // by its name.
  bool returns_checked = true;  // False: for `= ?`.
};

// `%{ assert tcpi_state == 5 }%`
struct StateClaim {
  State state = State::kEstablished;
  bool is = true;  // False: `!=`.
};
struct CodeLine {
  std::vector<StateClaim> claims;
};

struct Line {
  Place place;
  std::string text;  // As written, blanks squeezed.
  When when;
  std::variant<SegmentLine, CallLine, CodeLine> what;
};

// `--tolerance_usecs=10000`
struct OptionLine {
  Place place;
  std::string name, value;
};

// One command of a line in backquotes.
struct ShellCommand {
  Place place;
  std::string command;
};

struct File {
  std::string name;  // For messages.
  std::vector<OptionLine> options;
  std::vector<ShellCommand> commands;
  std::vector<Line> lines;
};

inline constexpr size_t kFileBytesMax = size_t{1} << 20;
inline constexpr size_t kLinesMax = 4096;

// Errors are InvalidArgument, one line: "NAME:LINE:COLUMN: reason". What the language has and this
// reader has not is said to be "not supported".
absl::StatusOr<File> ParseFile(std::string_view name, std::string_view text);

}  // namespace finwait::pkt

#endif  // FINWAIT_PACKETDRILL_FILE_H_
