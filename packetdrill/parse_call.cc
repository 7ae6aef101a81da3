// SPDX-License-Identifier: Apache-2.0
//
// `close(4) = 0`: what a call's arguments mean.
#include <array>
#include <limits>

#include "model/tcp/event.h"
#include "packetdrill/cursor.h"
#include "packetdrill/expression.h"
#include "packetdrill/words.h"

namespace finwait::pkt {
namespace {

// A call being read, with what its arguments are asked for.
class Reading {
 public:
  Reading(Cursor& cursor, const Written& written) : cursor_(cursor), written_(written) {}

  void Fail(Place place, std::string_view reason) {
    cursor_.FailAt(place, written_.name + "(): " + std::string(reason));
  }
  void NotSupported(Place place, std::string_view what) {
    Fail(place, std::string(what) + " is not supported");
  }
  const Expression& Argument(size_t i) {
    if (i < written_.arguments.size()) return written_.arguments[i];
    Fail(written_.place, "too few arguments");
    return none_;
  }
  int64_t Number(const Expression& expression, int64_t min, int64_t max) {
    const bool inside = expression.number >= min && expression.number <= max;
    if (expression.form == Form::kNumber && inside) return expression.number;
    Fail(expression.place,
         "expected a number from " + std::to_string(min) + " to " + std::to_string(max));
    return min;
  }
  // The one item of `[1]`.
  const Expression& Single(const Expression& list) {
    if (list.form == Form::kList && list.items.size() == 1) return list.items[0];
    Fail(list.place, "expected one value in brackets");
    return list;
  }
  // The field's number.
  int64_t Field(const Expression& fields, std::string_view name, int64_t min, int64_t max) {
    const Expression* const field = fields.Field(name);
    if (field != nullptr) return Number(*field, min, max);
    Fail(fields.place, "expected {..., " + std::string(name) + "=...}");
    return min;
  }
  const Written& written() const { return written_; }

 private:
  Cursor& cursor_;
  const Written& written_;
  const Expression none_{};  // In place of an argument that is missing.
};

// Of the options for which there are names here, the first that the words do not know is reported.
bool Knows(Reading& reading, const Expression& flags, std::initializer_list<const char*> known) {
  bool knows = flags.form == Form::kWords;
  for (const std::string& word : flags.words) {
    bool found = false;
    for (const char* const name : known) found |= word == name;
    if (!found) reading.NotSupported(flags.place, word);
    knows &= found;
  }
  return knows;
}

bool HasWord(const Expression& flags, std::string_view word) {
  for (const std::string& w : flags.words) {
    if (w == word) return true;
  }
  return false;
}

void ReadSocket(Reading& reading, CallLine& call) {
  Knows(reading, reading.Argument(1), {"SOCK_STREAM", "SOCK_NONBLOCK", "SOCK_CLOEXEC"});
  Knows(reading, reading.Argument(2), {"IPPROTO_TCP"});
  call.nonblocking = HasWord(reading.Argument(1), "SOCK_NONBLOCK");
}

constexpr int64_t kSecondsMax = std::numeric_limits<int16_t>::max();
constexpr int64_t kLingerMax = std::numeric_limits<uint8_t>::max();
constexpr int64_t kBytesMax = std::numeric_limits<int32_t>::max();

void ReadSetsockopt(Reading& reading, CallLine& call) {
  const Expression& name = reading.Argument(2);
  const Expression& value = reading.Argument(3);
  reading.Number(reading.Argument(4), 0, 64);
  if (name.IsWord("SO_REUSEADDR")) return;
  if (name.IsWord("SO_LINGER")) {
    call.option =
        SocketOption{.name = OptionName::kLinger,
                     .on = reading.Field(value, "onoff", 0, 1) != 0,
                     .value = static_cast<int32_t>(reading.Field(value, "linger", 0, kLingerMax))};
  } else if (name.IsWord("TCP_LINGER2")) {
    const int64_t seconds = reading.Number(reading.Single(value), -kSecondsMax, kSecondsMax);
    call.option = SocketOption{
        .name = OptionName::kLinger2, .on = true, .value = static_cast<int32_t>(seconds)};
  } else if (name.IsWord("SO_RCVBUF")) {
    const int64_t bytes = reading.Number(reading.Single(value), 0, kBytesMax);
    call.option = SocketOption{
        .name = OptionName::kReceiveBuffer, .on = true, .value = static_cast<int32_t>(bytes)};
  } else {
    reading.NotSupported(name.place, "this option");
  }
}

void ReadGetsockopt(Reading& reading, CallLine& call) {
  if (!reading.Argument(2).IsWord("SO_ERROR")) {
    return reading.NotSupported(reading.Argument(2).place, "an option other than SO_ERROR");
  }
  const Expression& value = reading.Single(reading.Argument(3));
  const std::optional<Errno> error = value.form == Form::kWords && value.words.size() == 1
                                         ? ErrnoCalled(value.words[0])
                                         : ErrnoNumbered(value.number);
  if (!error.has_value()) return reading.NotSupported(value.place, "this error");
  call.pending = *error;
}

void ReadFcntl(Reading& reading, CallLine& call) {
  if (reading.Argument(1).IsWord("F_GETFL")) {
    call.returns_checked = false;  // The flags of a socket are of no interest here.
    return;
  }
  if (!reading.Argument(1).IsWord("F_SETFL")) {
    return reading.NotSupported(reading.Argument(1).place, "a command other than F_SETFL");
  }
  Knows(reading, reading.Argument(2), {"O_RDWR", "O_NONBLOCK"});
  call.nonblocking = HasWord(reading.Argument(2), "O_NONBLOCK");
}

// `(4, ..., 10, MSG_DONTWAIT)`, the flags not for read() and write().
void ReadTransfer(Reading& reading, CallLine& call) {
  const bool flags = reading.written().name == "send" || reading.written().name == "recv";
  call.amount = static_cast<uint16_t>(
      reading.Number(reading.Argument(2), 1, std::numeric_limits<uint16_t>::max()));
  if (!flags) return;
  const Expression& given = reading.Argument(3);
  if (given.form == Form::kNumber && given.number == 0) return;
  Knows(reading, given, {"MSG_DONTWAIT", "MSG_NOSIGNAL"});
  call.nonblocking = HasWord(given, "MSG_DONTWAIT");
}

void ReadShutdown(Reading& reading, CallLine& call) {
  constexpr std::array<How, 3> kBySystemNumber = {How::kRd, How::kWr, How::kRdwr};
  constexpr std::array<const char*, 3> kWords = {"SHUT_RD", "SHUT_WR", "SHUT_RDWR"};
  const Expression& how = reading.Argument(1);
  for (size_t i = 0; i < kWords.size(); ++i) {
    const bool numbered = how.form == Form::kNumber && how.number == static_cast<int64_t>(i);
    if (!numbered && !how.IsWord(kWords[i])) continue;
    call.amount = static_cast<uint16_t>(kBySystemNumber[i]);
    return;
  }
  reading.Fail(how.place, "expected SHUT_RD, SHUT_WR or SHUT_RDWR");
}

uint16_t ReadPollBits(Reading& reading, const Expression* bits, Place place) {
  if (bits == nullptr) {
    reading.Fail(place, "expected [{fd=4, events=POLLIN, revents=POLLIN}]");
    return 0;
  }
  if (bits->form == Form::kNumber) return static_cast<uint16_t>(reading.Number(*bits, 0, 0));
  uint16_t all = 0;
  for (const std::string& word : bits->words) {
    const std::optional<uint16_t> bit = PollBitCalled(word);
    if (!bit.has_value()) reading.NotSupported(bits->place, word);
    all |= bit.value_or(0);
  }
  return all;
}

void ReadPoll(Reading& reading, CallLine& call) {
  const Expression& one = reading.Single(reading.Argument(0));
  call.fd = static_cast<int>(reading.Field(one, "fd", 0, kBytesMax));
  call.events = ReadPollBits(reading, one.Field("events"), one.place);
  call.revents = ReadPollBits(reading, one.Field("revents"), one.place);
  reading.Number(reading.Argument(1), 1, 1);
  if (reading.Number(reading.Argument(2), -1, kBytesMax) != 0) {
    reading.NotSupported(reading.Argument(2).place, "a time to wait");
  }
}

void ReadNothing(Reading& /*reading*/, CallLine& /*call*/) {}

struct CallForm {
  std::string_view word;
  CallName name;
  size_t arguments;
  void (*read)(Reading&, CallLine&);
};
constexpr CallForm kForms[] = {
    {"socket", CallName::kSocket, 3, &ReadSocket},
    {"bind", CallName::kBind, 3, &ReadNothing},
    {"listen", CallName::kListen, 2, &ReadNothing},
    {"accept", CallName::kAccept, 3, &ReadNothing},
    {"connect", CallName::kConnect, 3, &ReadNothing},
    {"setsockopt", CallName::kSetsockopt, 5, &ReadSetsockopt},
    {"getsockopt", CallName::kGetError, 5, &ReadGetsockopt},
    {"fcntl", CallName::kFcntl, 3, &ReadFcntl},
    {"send", CallName::kSend, 4, &ReadTransfer},
    {"write", CallName::kSend, 3, &ReadTransfer},
    {"recv", CallName::kRecv, 4, &ReadTransfer},
    {"read", CallName::kRecv, 3, &ReadTransfer},
    {"shutdown", CallName::kShutdown, 2, &ReadShutdown},
    {"close", CallName::kClose, 1, &ReadNothing},
    {"poll", CallName::kPoll, 3, &ReadPoll},
};

}  // namespace

CallLine ParseCall(Cursor& cursor) {
  const Written written = ParseWritten(cursor);
  CallLine call;
  if (!cursor.ok()) return call;
  Reading reading(cursor, written);
  for (const CallForm& form : kForms) {
    if (form.word != written.name) continue;
    call.name = form.name;
    call.returns_checked = written.value.has_value();
    call.returns = written.value.value_or(0);
    call.error = written.error;
    if (written.arguments.size() > form.arguments) {
      reading.Fail(written.place, "too many arguments");
    }
    const bool first_is_fd = form.name != CallName::kSocket && form.name != CallName::kPoll;
    if (first_is_fd) {
      call.fd = static_cast<int>(reading.Number(reading.Argument(0), 0, kBytesMax));
    }
    form.read(reading, call);
    const bool in_progress = call.name == CallName::kConnect && call.error == "EINPROGRESS";
    if (!call.error.empty() && !in_progress && !ErrnoCalled(call.error).has_value()) {
      reading.NotSupported(written.place, "the error " + call.error);
    }
    return call;
  }
  cursor.FailAt(written.place, "the call " + written.name + "() is not supported");
  return call;
}

}  // namespace finwait::pkt
