// SPDX-License-Identifier: Apache-2.0
#include "diff/matrix.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "diff/solo_parse.h"
#include "diff/target.h"
#include "model/tcp/step.h"

namespace finwait {
namespace {

constexpr uint16_t kTextLength = 10;

// What a segment carries besides its numbers.
struct Kind {
  uint8_t flags;
  uint16_t len = 0;
};

constexpr std::array kKinds = {
    Kind{kAck},
    Kind{kAck, kTextLength},
    Kind{kFin | kAck},
    Kind{kFin | kAck, kTextLength},
    Kind{kRst},
    Kind{kRst | kAck},
    Kind{kSyn},
    Kind{kSyn | kAck},
    Kind{kFin},
    Kind{0},
    Kind{0, kTextLength},
    Kind{kSyn | kFin},
    Kind{kRst | kFin | kAck, kTextLength},
};

// The timestamp of the last segment, when the connection has agreed on timestamps.
enum class Stamp : uint8_t { kNewest, kOld, kMissing };

struct OptionSet {
  size_t handshake;  // Index for HandshakeOf.
  Stamp stamp = Stamp::kNewest;
};

constexpr size_t kActive = 1, kSack = 2, kTimestamps = 4, kScaling = 8;
constexpr std::array kOptionSets = {
    OptionSet{0},
    OptionSet{kActive},
    OptionSet{kSack},
    OptionSet{kSack | kTimestamps},
    OptionSet{kSack | kTimestamps, Stamp::kOld},
    OptionSet{kSack | kTimestamps, Stamp::kMissing},
    OptionSet{kSack | kTimestamps | kScaling},
    OptionSet{kActive | kSack | kTimestamps | kScaling},
};

std::vector<SeqNum> SeqsFor(const Target& t, uint16_t len) {
  std::vector<SeqNum> seqs = {
      t.rcv_nxt - 100'000U, t.rcv_nxt - len - 1U, t.rcv_nxt - len, t.rcv_nxt - 1U,   t.rcv_nxt,
      t.rcv_nxt + 1U,       t.rcv_nxt + 10U,      t.rcv_nxt + 20U, t.edge + 200'000U};
  if (!t.edge_known) return seqs;
  seqs.insert(seqs.end(), {t.edge - len, t.edge - 1U, t.edge, t.edge + 1U});
  return seqs;
}

std::vector<SeqNum> AcksFor(const Target& t, bool ack) {
  if (!ack) return {SeqNum{}};
  return {t.snd_una - 100'000'000U,
          t.snd_una - t.bytes_acked - 1U,
          t.snd_una - 1U,
          t.snd_una,
          t.snd_nxt - 1U,
          t.snd_nxt,
          t.snd_nxt + 1U};
}

void PutStamp(Segment& segment, uint32_t ts_recent, const Connection& connection, Stamp stamp) {
  segment.timestamps = connection.options.timestamps && stamp != Stamp::kMissing;
  if (!segment.timestamps) return;
  segment.tsval = ts_recent - (stamp == Stamp::kOld ? 100'000U : 0U);
}

// The start under one set of options, and the endpoint that the guide has then.
struct Started {
  Solo solo;
  Endpoint end;
};

absl::StatusOr<Started> Start(const MatrixStart& start, const OptionSet& set, const Terms& terms,
                              const Host& guide) {
  Started s;
  s.solo.connection = HandshakeOf(set.handshake);
  s.end = StartOf(s.solo.connection, terms, guide);
  Effects effects;
  for (const absl::string_view line :
       absl::StrSplit(absl::string_view(start.events.data(), start.events.size()), "; ")) {
    const std::string_view text(line.data(), line.size());
    if (absl::Status status = ParseSoloEvent(text, s.solo); !status.ok()) return status;
    Event& event = s.solo.events.back().event;
    PutStamp(event.segment, s.end.socket.ts_recent, s.solo.connection, Stamp::kNewest);
    Step(s.end, event, Time{}, guide, effects);
  }
  if (StateOf(s.end) == start.state) return s;
  return absl::InternalError(absl::StrCat("the start '", absl::string_view(start.events.data()),
                                          "' ends in ",
                                          absl::string_view(Name(StateOf(s.end)).data())));
}

// Every segment that is of interest to that endpoint, once.
std::vector<Segment> SegmentsFor(const Started& started, Stamp stamp) {
  const Connection& connection = started.solo.connection;
  const Target target = TargetOf(started.end, connection);
  std::vector<Segment> segments;
  for (const Kind& kind : kKinds) {
    Segment segment{.len = kind.len, .wnd = connection.peer_window, .flags = kind.flags};
    PutStamp(segment, target.ts_recent, connection, stamp);
    for (const SeqNum seq : SeqsFor(target, kind.len)) {
      segment.seq = seq;
      for (const SeqNum ack : AcksFor(target, segment.Has(kAck))) {
        segment.ack = ack;
        if (std::find(segments.begin(), segments.end(), segment) == segments.end()) {
          segments.push_back(segment);
        }
      }
    }
  }
  return segments;
}

}  // namespace

absl::Status ForEachCell(const std::array<Terms, kHandshakes>& terms, const Host& guide,
                         const std::function<absl::Status(const Cell&)>& visit) {
  for (const MatrixStart& start : MatrixStarts()) {
    for (const OptionSet& set : kOptionSets) {
      absl::StatusOr<Started> started = Start(start, set, terms[set.handshake], guide);
      if (!started.ok()) return started.status();
      const std::vector<Segment> segments = SegmentsFor(*started, set.stamp);
      Cell cell{.start = &start, .solo = std::move(started->solo)};
      cell.solo.events.emplace_back();
      for (const Segment& segment : segments) {
        cell.solo.events.back().event = Event{.kind = EventKind::kSegment, .segment = segment};
        if (absl::Status status = visit(cell); !status.ok()) return status;
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace finwait
