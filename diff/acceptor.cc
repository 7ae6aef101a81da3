// SPDX-License-Identifier: Apache-2.0
#include "diff/acceptor.h"

#include <algorithm>
#include <span>

#include "diff/agreement.h"
#include "diff/candidate.h"
#include "diff/explain.h"
#include "model/tcp/step.h"

namespace finwait {
namespace {

constexpr size_t kCandidatesMax = 64;

class Judge {
 public:
  Judge(const Solo& solo, const Observation& seen, const Host& host, const Slack& slack,
        Tally& tally)
      : solo_(solo), seen_(seen), host_(host), slack_(slack), tally_(tally) {
    Candidate start{.end = StartOf(solo.connection, seen.terms, host)};
    NoteArmed(start, Time{});
    candidates_.push_back(start);
  }

  // Follows every candidate over one event. False when none can explain what was seen.
  bool Take(size_t index) {
    const Observed& event = seen_.events[index];
    segments_.assign(event.before.begin(), event.before.end());
    event_at_ = segments_.size();
    segments_.insert(segments_.end(), event.sent.begin(), event.sent.end());
    event_ = &solo_.events[index].event;
    observed_ = &event;
    index_ = index;
    return FollowAll(event.at);
  }

  // The time that was listened for after the last event, and what the descriptor shows.
  bool TakeEnding() {
    segments_.assign(seen_.after.begin(), seen_.after.end());
    event_at_ = segments_.size();
    event_ = nullptr;
    return FollowAll(seen_.ends_at);
  }

  bool bound() const { return bound_; }
  const std::vector<Firing>& path() const { return candidates_.front().path; }
  Mismatch Explain(size_t index) const {
    if (otherwise_.has_value()) return ToldOtherwise(index, *otherwise_, seen_);
    return Explained(
        index, {before_.front().end, event_, observed_, segments_, until_, seen_.ending, host_});
  }

 private:
  bool FollowAll(Time until) {
    tally_.segments += segments_.size();
    until_ = until;
    before_.swap(candidates_);  // Both keep their room.
    candidates_.clear();
    for (const Candidate& candidate : before_) Explore(candidate, 0, event_ == nullptr, 0);
    return !candidates_.empty();
  }

  void Explore(const Candidate& c, size_t at, bool happened, int timers) {
    if (bound_ || candidates_.size() >= kCandidatesMax) return;
    if (happened && at == segments_.size() && !Late(c)) Keep(c);
    if (!happened && at >= event_at_) LetHappen(c, at, timers);
    if (timers >= kTimersMax) return;
    LetTimerFire(c, at, happened, timers);
    LetTimerBeLate(c, at, happened, timers);
  }

  void LetHappen(const Candidate& c, size_t at, int timers) {
    if (Late(c)) return;
    // What the model asks about memory is answered in every way, one question after another.
    uint8_t asked = 0;
    for (uint8_t memory = 0; memory <= kMemoryAll; ++memory) {
      if ((memory & ~asked) == 0) asked |= HappensWith(memory, c, at, timers);
    }
  }

  // What the model asked.
  uint8_t HappensWith(uint8_t memory, const Candidate& c, size_t at, int timers) {
    Candidate next = c;
    Event event = *event_;
    event.memory = memory;
    Step(next.end, event, until_, host_, effects_);
    const uint8_t asked = effects_.asked;
    const bool grows = (memory & kReceiveSpaceGrows) != 0;
    const Segment* const seen = at < segments_.size() ? &segments_[at].segment : nullptr;
    const bool open = (asked & kReceiveSpaceGrows) != 0;
    if (open && !MayGrow(c.end.socket, effects_, seen, grows)) return asked;
    Follow(next, at, timers);
    return asked;
  }

  void Follow(Candidate& next, size_t at, int timers) {
    bound_ |= effects_.bound;
    const bool call = event_->kind != EventKind::kSegment;
    if (bound_ || (call && effects_.result != observed_->result)) return;
    size_t sent = Match(next.end, at);
    if (sent == kNoMatch) return;
    Count(next);
    if (!LetSleeperWake(next, at + sent, until_, sent)) return;
    if (observed_->sleeps.value_or(next.end.socket.lingering) != next.end.socket.lingering) return;
    const State state = observed_->state.value_or(StateOf(next.end));
    if (next.end.entry != Entry::kRequest && state != StateOf(next.end)) return;
    NoteArmed(next, until_);
    Explore(next, at + sent, true, timers);
  }

  // When it ran is not known unless it sent something: at the last moment or, since what it has set
  // may be over as well, at once.
  void LetTimerFire(const Candidate& c, size_t at, bool happened, int timers) {
    const Time due = NextTimer(c.end);
    if (due == kNever) return;
    const Time when = at < segments_.size() ? std::min(segments_[at].at, until_) : until_;
    if (due - Tick() - Tick() / 8 > when) return;
    if (slack_.wheel && !FireTimer(c, at, happened, timers, when)) return;
    if (!slack_.wheel || due < when) FireTimer(c, at, happened, timers, std::min(due, when));
  }

  // Whether it sent nothing.
  bool FireTimer(const Candidate& c, size_t at, bool happened, int timers, Time now) {
    Candidate next = c;
    Step(next.end, Event{.kind = EventKind::kTimer}, now, host_, effects_);
    const bool silent = effects_.sent.Empty();
    bound_ |= effects_.bound;
    size_t sent = Match(next.end, at);
    if (bound_ || sent == kNoMatch) return silent;
    Count(next);
    const bool returns = effects_.rule == RuleId::kTimerLinger && seen_.closed_at.has_value();
    if (returns && !MayFireAt(c, kLingerTimer, *seen_.closed_at, slack_, Tick())) return silent;
    if (!LetSleeperWake(next, at + sent, now, sent)) return silent;
    tally_.timers += sent;
    NoteArmed(next, now);
    Explore(next, at + sent, happened, timers + 1);
    return silent;
  }

  // The kernel wakes a sleeping close() as soon as its condition holds, and it goes on at once.
  // False when what it then does was not seen, else `sent` is also what it sent.
  bool LetSleeperWake(Candidate& c, size_t at, Time now, size_t& sent) {
    if (!SleeperMayWake(c.end)) return true;
    Step(c.end, Event{.kind = EventKind::kWake}, now, host_, effects_);
    const size_t more = Match(c.end, at);
    if (more == kNoMatch) return false;
    Count(c);
    sent += more;
    return true;
  }

  // The wheel may let a timer that was set for later fire first.
  void LetTimerBeLate(const Candidate& c, size_t at, bool happened, int timers) {
    if (!slack_.wheel || c.overtaken || c.end.entry != Entry::kSocket) return;
    const auto [first, second] = Earliest(c);
    if (second == kNever || second > until_ ||
        c.due[first] + Lateness(c, first, slack_, Tick()) < second)
      return;
    Candidate next = c;
    next.overtaken = true;
    next.due[first] = second + Duration(1);
    SetDeadline(next.end, first, next.due[first]);
    Explore(next, at, happened, timers + 1);
  }

  size_t Match(Endpoint& end, size_t at) const {
    return TakeSent(effects_, std::span(segments_).subspan(at), end);
  }

  Duration Tick() const { return host_.environment.Tick(); }
  bool Late(const Candidate& c) const { return Overdue(c, until_, slack_, Tick()); }

  void Keep(const Candidate& c) {
    if (event_ == nullptr) {
      if (!ShowsEnding(c.end, seen_.ending)) return;
      if (!TellsTheSame(c.told, seen_)) {
        otherwise_ = c.told;
        return;
      }
    }
    if (IsAmong(c, candidates_)) return;
    candidates_.push_back(c);
    candidates_.back().overtaken = false;
  }

  void Count(Candidate& c) {
    for (const RuleId rule : effects_.fired) ++tally_.rules[Index(rule)];
    if (seen_.counts.has_value() || seen_.states.has_value()) c.told.Add(effects_);
    if (!tally_.keeps_path) return;
    const size_t at = event_ == nullptr ? solo_.events.size() : index_;
    for (const RuleId rule : effects_.fired) {
      c.path.push_back({at, rule, StateOf(c.end), effects_.sent.count});
    }
  }

  const Solo& solo_;
  const Observation& seen_;
  const Host& host_;
  const Slack& slack_;
  Tally& tally_;
  std::vector<Candidate> candidates_, before_;
  // Around the event that is being followed:
  std::vector<Departure> segments_;
  size_t event_at_ = 0;  // Those before it left while time passed.
  const Event* event_ = nullptr;
  const Observed* observed_ = nullptr;
  size_t index_ = 0;  // Of it.
  Time until_{};
  Effects effects_;
  std::optional<Told> otherwise_;  // By one who could explain all but this.
  bool bound_ = false;
};

std::optional<Mismatch> AcceptAt(const Host& model, const Solo& solo, const Observation& seen,
                                 const Slack& slack, Tally& tally, bool& bound) {
  Judge judge(solo, seen, model, slack, tally);
  for (size_t i = 0; i < solo.events.size(); ++i) {
    const bool follows = judge.Take(i);
    bound = judge.bound();
    if (bound) return std::nullopt;
    if (!follows) return judge.Explain(i);
  }
  const bool follows = judge.TakeEnding();
  bound = judge.bound();
  if (follows && !bound && tally.keeps_path) tally.path = judge.path();
  if (bound || follows) return std::nullopt;
  return judge.Explain(solo.events.size());
}

}  // namespace

// At which age of a jiffy the connection was established is not known: a mismatch must be one at
// each of several. Without the wheel, in virtual time, the environment says.
std::optional<Mismatch> Accept(const Solo& solo, const Observation& seen, const Host& model,
                               const Slack& slack, Tally& tally, bool& bound) {
  std::optional<Mismatch> first = AcceptAt(model, solo, seen, slack, tally, bound);
  if (!first.has_value() || !slack.wheel || !solo.Waits()) return first;
  constexpr int kPhases = 8;
  Host other = model;
  for (int phase = 1; phase < kPhases; ++phase) {
    other.environment.jiffy_phase = model.environment.Tick() * phase / kPhases;
    Tally uncounted;
    if (!AcceptAt(other, solo, seen, slack, uncounted, bound).has_value()) return std::nullopt;
  }
  return first;
}

}  // namespace finwait
