// SPDX-License-Identifier: Apache-2.0
//
// A .pkt file as a Script.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "model/world/notation.h"
#include "packetdrill/words.h"
#include "packetdrill/write.h"

namespace finwait::pkt {
namespace {

class Importer {
 public:
  Importer(const File& file, const Plan& plan) : file_(file), plan_(plan) {
    script_.connection = plan.connection;
  }

  absl::StatusOr<Script> Run() {
    if (!plan_.inherited.empty()) line_ = plan_.first_step - 1;
    if (!plan_.inherited.empty()) Refuse("SO_RCVBUF");
    Duration time = plan_.handshake_ends;
    for (size_t i = plan_.first_step; i < file_.lines.size() && error_.ok(); ++i) {
      line_ = i;
      const Line& line = file_.lines[i];
      const Instants at = InstantsOf(line.when, time);
      if (!at.to.has_value()) Refuse("a time left open");
      if (at.returns_at.has_value()) Refuse("a close() that sleeps");
      time = at.from;
      Take(line, At(time - plan_.handshake_ends));
    }
    if (!error_.ok()) return error_;
    return std::move(script_);
  }

 private:
  void Refuse(std::string_view what) {
    if (!error_.ok()) return;
    error_ = ErrorAt(file_.name, file_.lines[line_].place,
                     std::string(what) + " has no place in a script of exact events");
  }

  void Add(Time at, const Event& event, const CallResult& result) {
    const bool closes = event.kind == EventKind::kClose;
    if (closes) state_ = State::kClosed;
    const bool arrives = event.kind == EventKind::kSegment;
    script_.events.push_back(
        ScriptEvent{.at = at,
                    .event = event,
                    .label = arrives ? SegmentText(event.segment) : CallText(event),
                    .expected = Expected{.sent = {}, .result = result, .state = state_}});
    script_.ends_at = std::max(script_.ends_at, at);
  }

  void Take(const Line& line, Time at) {
    if (const auto* const segment = std::get_if<SegmentLine>(&line.what)) {
      if (segment->arrives) {
        return Add(at, Event{.kind = EventKind::kSegment, .segment = segment->segment}, {});
      }
      return TakeDeparture(*segment, at);
    }
    if (const auto* const code = std::get_if<CodeLine>(&line.what)) return TakeState(*code);
    TakeCall(std::get<CallLine>(line.what), at);
  }

  void TakeDeparture(const SegmentLine& line, Time at) {
    if (script_.events.empty()) return Refuse("a segment that leaves before anything happened");
    Departure departure{.at = at, .segment = line.segment};
    departure.segment.wnd = line.window.value_or(kAnyWindow);
    script_.events.back().expected->sent.push_back(departure);
    script_.ends_at = std::max(script_.ends_at, at);
  }

  void TakeState(const CodeLine& code) {
    if (code.claims.size() != 1 || !code.claims[0].is) return Refuse("this assertion");
    state_ = code.claims[0].state;
    if (!script_.events.empty()) script_.events.back().expected->state = state_;
  }

  void TakeCall(const CallLine& call, Time at) {
    if (call.name == CallName::kAccept || call.name == CallName::kFcntl) return;
    const bool listeners = call.name == CallName::kClose && call.fd == plan_.listener;
    if (listeners) return;
    const auto add = [&](EventKind kind) {
      const std::optional<Errno> error = ErrnoCalled(call.error);
      const CallResult result{.returned = true,
                              .error = error.value_or(Errno::kNone),
                              .bytes = static_cast<uint16_t>(std::max<int64_t>(call.returns, 0))};
      Add(at, Event{.kind = kind, .amount = call.amount}, result);
    };
    switch (call.name) {
      case CallName::kSend:
        return add(EventKind::kSend);
      case CallName::kRecv:
        return add(EventKind::kRecv);
      case CallName::kShutdown:
        return add(EventKind::kShutdown);
      case CallName::kClose:
        return add(EventKind::kClose);
      default:
        return Refuse("this call");
    }
  }

  const File& file_;
  const Plan& plan_;
  Script script_;
  State state_ = State::kEstablished;
  size_t line_ = 0;
  absl::Status error_;
};

}  // namespace

absl::StatusOr<Script> ScriptOf(const File& file, const Plan& plan) {
  return Importer(file, plan).Run();
}

}  // namespace finwait::pkt
