// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "packetdrill/runner.h"
#include "packetdrill/segment_text.h"
#include "packetdrill/words.h"

namespace finwait::pkt {
namespace {

constexpr Duration kSlice = std::chrono::milliseconds(1);   // At least, between two looks.
constexpr Duration kAnyTimeMax = std::chrono::seconds(10);  // How long `*` waits.
constexpr auto kNoPush = static_cast<uint8_t>(~unsigned{kPsh});

bool SameSegment(const SegmentLine& expected, const Segment& came) {
  const Segment& segment = expected.segment;
  const bool same = (segment.flags & kNoPush) == (came.flags & kNoPush) &&
                    segment.seq == came.seq && segment.len == came.len &&
                    (!segment.Has(kAck) || segment.ack == came.ack) &&
                    (!expected.window.has_value() || *expected.window == came.wnd);
  if (!same || expected.any_options) return same;
  return segment.timestamps == came.timestamps && segment.sack == came.sack &&
         (!came.timestamps || segment.tsecr == came.tsecr);
}

std::string ExpectedTermsText(const ExpectedTerms& terms) {
  std::vector<std::string> said;
  if (terms.window.has_value()) said.push_back(absl::StrCat("win ", *terms.window));
  if (terms.mss.has_value()) said.push_back(absl::StrCat("mss ", *terms.mss));
  if (terms.wscale.has_value()) said.push_back(absl::StrCat("wscale ", *terms.wscale));
  return absl::StrJoin(said, ", ");
}

}  // namespace

std::string AtText(Duration t) {
  return absl::StrFormat("at %.1f ms", static_cast<double>(t.count()) / 1000.0);
}

std::string LateText(Duration late) {
  if (late == Duration{}) return "";
  return absl::StrFormat(" (finwait itself %.1f ms late)",
                         static_cast<double>(late.count()) / 1000.0);
}

const LineResult* Ran::Failed() const {
  const auto failed = std::find_if(lines.begin(), lines.end(), [](const LineResult& line) {
    return line.outcome == Outcome::kFailed;
  });
  return failed == lines.end() ? nullptr : &*failed;
}

void Runner::Judge(size_t i, bool held, std::string expected, std::string came) {
  LineResult& line = ran_.lines[i];
  line.outcome = held ? Outcome::kHeld : Outcome::kFailed;
  line.expected = std::move(expected);
  line.came = std::move(came);
}

// The place is added here, for whatever went wrong.
absl::Status Runner::Explain(size_t i, const absl::Status& status) const {
  if (status.ok() || absl::IsUnavailable(status)) return status;
  const bool beyond = absl::IsUnimplemented(status) || absl::IsResourceExhausted(status);
  const std::string reason = absl::StrCat(
      beyond ? absl::StrCat("not supported by ", ran_.target, ": ") : "", status.message());
  absl::Status placed = ErrorAt(file_.name, file_.lines[i].place, reason);
  if (beyond || absl::IsFailedPrecondition(status)) return placed;
  return absl::Status(status.code(), placed.message());
}

absl::Status Runner::SetUp() {
  const absl::StatusOr<Terms> terms = stack_.Establish(plan_.connection);
  if (!terms.ok()) return terms.status();
  for (size_t i = 0; i < plan_.first_step; ++i) ran_.lines[i].outcome = Outcome::kSetUp;
  const ExpectedTerms& expected = plan_.terms;
  ExpectedTerms came = expected;
  if (came.window.has_value()) came.window = terms->window;
  if (came.mss.has_value()) came.mss = terms->mss;
  const bool scales = plan_.connection.options.window_scaling;
  if (came.wscale.has_value() && scales) came.wscale = terms->wscale;
  const std::string wanted = ExpectedTermsText(expected);
  if (!wanted.empty()) {
    const std::string got = ExpectedTermsText(came);
    Judge(expected.line, wanted == got, wanted, got);
  }
  for (const SocketOption& option : plan_.inherited) {
    if (absl::Status status = stack_.SetOption(option); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Runner::Collect() {
  const absl::StatusOr<std::vector<Departure>> sent = stack_.Collect();
  if (!sent.ok()) return sent.status();
  left_.insert(left_.end(), sent->begin(), sent->end());
  return absl::OkStatus();
}

absl::Status Runner::AdvanceTo(Duration t) {
  reached_ = std::max(reached_, t);
  if (absl::Status status = stack_.AdvanceTo(OnStack(t)); !status.ok()) return status;
  return Collect();
}

Duration Runner::LateNow() const {
  return std::max(Duration{}, InScript(stack_.Elapsed()) - reached_);
}

// The script's TSecr names a TSval of the script; the stack is told its own.
absl::Status Runner::Arrive(const SegmentLine& line) {
  Segment segment = line.segment;
  if (segment.timestamps) {
    const auto known = tsval_.upper_bound(segment.tsecr);
    const bool none = segment.tsecr == 0 || known == tsval_.begin();
    segment.tsecr = none ? 0 : std::prev(known)->second + segment.tsecr - std::prev(known)->first;
  }
  return stack_.Inject(segment);
}

absl::Status Runner::Expect(size_t i, const SegmentLine& line, const Instants& at) {
  const Duration tolerance = plan_.settings.tolerance;
  const Duration last = at.to.has_value() ? *at.to + tolerance : at.from + kAnyTimeMax;
  if (absl::Status status = AdvanceTo(at.from); !status.ok()) return status;
  while (left_.empty() && reached_ < last) {
    const Duration slice = std::max(kSlice, (reached_ - at.from) / 16);
    absl::Status status = AdvanceTo(std::min(reached_ + slice, last));
    if (!status.ok()) return status;
  }
  std::string expected = TextOf(line.segment, line.window, line.syn);
  if (line.any_options) expected += " <...>";
  if (at.to.has_value()) absl::StrAppend(&expected, " ", AtText(at.from));
  if (at.to.has_value() && *at.to != at.from) absl::StrAppend(&expected, " to ", AtText(*at.to));
  if (left_.empty()) {
    Judge(i, false, expected, absl::StrCat("nothing until ", AtText(last).substr(3)));
    return absl::OkStatus();
  }
  const Departure came = left_.front();
  left_.pop_front();
  const Duration when = InScript(came.at);
  const Duration late = when > last ? std::max(late_, LateNow()) : Duration{};
  const bool in_time = !at.to.has_value() || (when >= at.from - tolerance && when <= last + late);
  const auto window = line.window.has_value() ? std::optional(came.segment.wnd) : std::nullopt;
  Judge(i, in_time && SameSegment(line, came.segment), expected,
        absl::StrCat(TextOf(came.segment, window), " ", AtText(when), LateText(late)));
  if (line.segment.timestamps) tsval_[line.segment.tsval] = came.segment.tsval;
  if (!at.to.has_value() || *at.to != at.from) time_ = std::max(when, time_);
  return absl::OkStatus();
}

absl::Status Runner::CheckCode(size_t i, const CodeLine& line) {
  if (socket_ < 0) return Misused("tcp_info of a socket that is not open");
  const absl::StatusOr<UserView> view = stack_.ObserveUser();
  if (!view.ok()) return view.status();
  bool held = true;
  std::vector<std::string> claims;
  for (const StateClaim& claim : line.claims) {
    held &= (view->state == claim.state) == claim.is;
    claims.push_back(absl::StrCat(claim.is ? "" : "not ", KernelName(claim.state)));
  }
  Judge(i, held, absl::StrCat("tcpi_state ", absl::StrJoin(claims, ", ")),
        absl::StrCat("tcpi_state ", KernelName(view->state)));
  return absl::OkStatus();
}

absl::Status Runner::RunLine(size_t i) {
  const Line& line = file_.lines[i];
  const Instants at = InstantsOf(line.when, time_);
  time_ = at.from;
  const auto* const segment = std::get_if<SegmentLine>(&line.what);
  if (segment != nullptr && !segment->arrives) return Expect(i, *segment, at);
  if (absl::Status status = AdvanceTo(at.from); !status.ok()) return status;
  ran_.lines[i].outcome = Outcome::kHeld;
  absl::Status status;
  if (segment != nullptr) {
    status = Arrive(*segment);
  } else if (const auto* const call = std::get_if<CallLine>(&line.what)) {
    status = Call(i, *call, at);
  } else {
    status = CheckCode(i, std::get<CodeLine>(line.what));
  }
  if (status.ok()) status = Collect();
  late_ = LateNow();
  late_max_ = std::max(late_max_, late_);
  return status;
}

absl::Status Runner::RunSteps() {
  for (size_t i = plan_.first_step; i < file_.lines.size() && !Failed(); ++i) {
    if (absl::Status status = RunLine(i); !status.ok()) return Explain(i, status);
  }
  if (Failed()) return absl::OkStatus();
  return CheckSleeper();
}

absl::StatusOr<Ran> Runner::Run() {
  ran_.target = stack_.Name();
  for (const Line& line : file_.lines) {
    ran_.lines.push_back(LineResult{
        .line = line.place.line, .text = line.text, .outcome = {}, .expected = {}, .came = {}});
    ran_.lines.back().outcome = Outcome::kNotRun;
  }
  reached_ = plan_.handshake_ends;
  if (absl::Status status = SetUp(); !status.ok()) return Explain(plan_.terms.line, status);
  const absl::Status ran = RunSteps();
  for (const Departure& departure : left_) {
    ran_.unasked.push_back(
        absl::StrCat(TextOf(departure.segment), " ", AtText(InScript(departure.at))));
  }
  const absl::Status released = stack_.Release();
  if (!ran.ok()) return ran;
  if (!released.ok()) return released;
  return std::move(ran_);
}

absl::StatusOr<Ran> RunFile(const File& file, const Plan& plan, Stack& stack) {
  return Runner(file, plan, stack).Run();
}

}  // namespace finwait::pkt
