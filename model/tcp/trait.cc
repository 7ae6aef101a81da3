// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/trait.h"

#include <array>
#include <type_traits>

namespace finwait {
namespace {

using Words = std::array<std::string_view, 2>;

constexpr Words kOldAck = {"is discarded, and lost until it is sent again", "is taken"};
constexpr Words kTooOld = {
    "is too old when it lies more than the largest window seen below SND.UNA",
    "is too old when it lies more than the largest window seen, or than the bytes acknowledged, "
    "below SND.UNA"};
constexpr Words kUnsent = {"is ignored", "is challenged"};
constexpr Words kPawsOldAck = {"is answered", "is dropped silently"};
constexpr Words kPawsReplay = {"may be one RTO old", "may be one RTO and a fifth old"};
constexpr Words kPawsSyn = {"is answered as any segment", "is challenged"};
constexpr std::array<std::string_view, 3> kSegmentEnd = {"is not checked", "must lie in the window",
                                                         "must lie in the window, but for a FIN"};
constexpr Words kRightEdge = {"is the last one offered", "is the largest one ever offered"};
constexpr Words kFinAtZero = {"is dropped", "is accepted"};
constexpr Words kZeroUpdate = {"is ignored", "is honoured"};
constexpr Words kTsRecent = {"is kept", "is refreshed"};
constexpr Words kDsack = {"reaches up to RCV.NXT", "reaches up to the end of the segment"};
constexpr Words kQuickAck = {"is spent by every acknowledgement",
                             "is spent by an acknowledgement of new text"};
constexpr Words kOfoMss = {"has no part in the estimate of the peer's segment size",
                           "has a part in the estimate of the peer's segment size"};
constexpr Words kProbeRounding = {"is rounded to jiffies part by part",
                                  "is rounded to jiffies as a sum"};
constexpr Words kFinCwnd = {"does not wait for the congestion window",
                            "waits for the congestion window"};
constexpr Words kPredicted = {"lets any acknowledgement number through",
                              "lets no old acknowledgement number through"};
constexpr Words kCloseUnread = {
    "sends a reset for text not read, and for old text with a FIN that the reader has not come to",
    "sends a reset for text not read"};
constexpr Words kFailingSend = {"is removed and never leaves", "is kept"};
constexpr Words kIss = {"comes from the clock", "lies just past the old connection's"};
constexpr Words kTwPaws = {"counts as PAWSEstab", "counts as PAWSTimewait"};
constexpr Words kBucket = {"counts as TW or TWKilled when it expires",
                           "counts as TW or TWKilled when it is made"};
constexpr Words kPingpong = {"counts as interactive after one reply",
                             "counts as interactive after three replies"};

template <auto kField>
constexpr Trait Of(std::string_view name, std::string_view about, std::string_view commit,
                   std::span<const std::string_view> values) {
  return {.name = name,
          .about = about,
          .values = values,
          .commit = commit,
          .get = [](const KernelProfile& k) { return static_cast<uint8_t>(k.*kField); },
          .set =
              [](KernelProfile& k, uint8_t value) {
                k.*kField = static_cast<std::remove_reference_t<decltype(k.*kField)>>(value);
              }};
}

using K = KernelProfile;

constexpr std::array kTraits = {
    Of<&K::old_ack_while_closing>("old-ack-while-closing",
                                  "a FIN that arrives late after shutdown(), with an old "
                                  "acknowledgement number,",
                                  "795a7dfbc3d9", kOldAck),
    Of<&K::too_old_limit>("too-old-limit", "an acknowledgement number", "3d501dd326fb", kTooOld),
    Of<&K::unsent_ack_when_established>("unsent-ack-when-established",
                                        "an acknowledgement in ESTABLISHED of what was never sent",
                                        "42726ec644cb", kUnsent),
    Of<&K::paws_old_ack>("paws-old-ack",
                         "a bare acknowledgement before RCV.NXT with an old timestamp",
                         "124c4c32e9f3", kPawsOldAck),
    Of<&K::paws_replay>("paws-replay", "the timestamp of a duplicated acknowledgement", "",
                        kPawsReplay),
    Of<&K::paws_syn>("paws-syn", "a SYN with an old timestamp", "", kPawsSyn),
    Of<&K::segment_end>("segment-end", "the end of a segment that begins in the window",
                        "9ca48d616ed7", kSegmentEnd),
    Of<&K::right_edge>("right-edge", "the right edge that segments are held against",
                       "0e24d17bd966", kRightEdge),
    Of<&K::fin_at_zero_window>("fin-at-zero-window", "a bare FIN while the window is closed",
                               "2bd99aef1b19", kFinAtZero),
    Of<&K::zero_window_update>("zero-window-update",
                               "a bare announcement that the peer's window has closed", "",
                               kZeroUpdate),
    Of<&K::old_ack_ts_recent>("old-ack-ts-recent", "TS.Recent, at an old acknowledgement number,",
                              "1b92780ae4fc", kTsRecent),
    Of<&K::drained_dsack>("drained-dsack", "a DSACK block for text out of order that came twice",
                          "", kDsack),
    Of<&K::quick_ack_spent_by>("quick-ack-spent-by", "a quick acknowledgement", "059217c18be6",
                               kQuickAck),
    Of<&K::out_of_order_mss>("out-of-order-mss", "text out of order", "", kOfoMss),
    Of<&K::loss_probe_rounding>("loss-probe-rounding", "the time of a loss probe", "",
                                kProbeRounding),
    Of<&K::fin_and_cwnd>("fin-and-cwnd", "a FIN", "22555032c513", kFinCwnd),
    Of<&K::predicted_ack>("predicted-ack", "header prediction", "f81e6c3fb063", kPredicted),
    Of<&K::close_unread>("close-unread", "close()", "5f9238530970", kCloseUnread),
    Of<&K::failing_send>("failing-send", "a FIN that waits for window when a send() fails",
                         "cf12e6f91246", kFailingSend),
    Of<&K::time_wait_iss>("time-wait-iss", "the first number after a SYN reopens TIME-WAIT",
                          "41eecbd712b7", kIss),
    Of<&K::time_wait_paws>("time-wait-paws", "what fails PAWS in TIME-WAIT", "c449d5f3a3d7",
                           kTwPaws),
    Of<&K::bucket_counted>("bucket-counted", "a timewait bucket", "", kBucket),
    Trait{.name = "pingpong-replies",
          .about = "an exchange",
          .values = kPingpong,
          .commit = "",
          .get = [](const K& k) { return static_cast<uint8_t>(k.pingpong_replies > 1 ? 1 : 0); },
          .set =
              [](K& k, uint8_t value) {
                k.pingpong_replies = static_cast<uint8_t>(value == 0 ? 1 : 3);
              }},
};

}  // namespace

std::span<const Trait> Traits() { return kTraits; }

const Trait* FindTrait(std::string_view name) {
  for (const Trait& trait : kTraits) {
    if (trait.name == name) return &trait;
  }
  return nullptr;
}

std::string TraitValue::Sentence() const {
  return std::string(trait->about) + " " + std::string(Words());
}

KernelProfile With(KernelProfile kernel, const TraitValue& change) {
  change.trait->set(kernel, change.value);
  return kernel;
}

std::vector<TraitValue> ChangesTo(const KernelProfile& to, const KernelProfile& from) {
  std::vector<TraitValue> changes;
  for (const Trait& trait : kTraits) {
    if (trait.get(to) != trait.get(from)) changes.push_back({&trait, trait.get(to)});
  }
  return changes;
}

std::vector<TraitValue> AllChanges(const KernelProfile& from) {
  std::vector<TraitValue> changes;
  for (const Trait& trait : kTraits) {
    const auto count = static_cast<uint8_t>(trait.values.size());
    for (uint8_t value = 0; value < count; ++value) {
      if (value != trait.get(from)) changes.push_back({&trait, value});
    }
  }
  return changes;
}

}  // namespace finwait
