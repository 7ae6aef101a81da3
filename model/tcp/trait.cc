// SPDX-License-Identifier: Apache-2.0
#include "model/tcp/trait.h"

#include <array>
#include <type_traits>

namespace finwait {
namespace {

using Words = std::array<std::string_view, 2>;

constexpr Words kOldAck = {"discarded: the FIN is lost until it is sent again", "taken"};
constexpr Words kTooOld = {"below SND.UNA less the largest window seen",
                           "the same, but no further than the bytes acknowledged"};
constexpr Words kUnsent = {"ignored", "challenged"};
constexpr Words kPawsOldAck = {"answered", "dropped silently"};
constexpr Words kPawsReplay = {"one RTO", "one RTO and a fifth"};
constexpr Words kPawsSyn = {"answered as any segment", "challenged"};
constexpr std::array<std::string_view, 3> kSegmentEnd = {"not checked", "must lie in the window",
                                                         "must lie in the window, but for a FIN"};
constexpr Words kRightEdge = {"the last one offered", "the largest one ever offered"};
constexpr Words kFinAtZero = {"dropped", "accepted"};
constexpr Words kZeroUpdate = {"ignored", "honoured"};
constexpr Words kTsRecent = {"kept", "refreshed"};
constexpr Words kDsack = {"up to RCV.NXT", "up to the end of the segment"};
constexpr Words kQuickAck = {"every acknowledgement", "an acknowledgement of new text"};
constexpr Words kOfoMss = {"no part", "a part"};
constexpr Words kProbeRounding = {"each part alone", "the sum"};
constexpr Words kFinCwnd = {"does not wait", "waits"};
constexpr Words kPredicted = {"any", "not an old one"};
constexpr Words kCloseUnread = {"text not read, and old text with a FIN not come to",
                                "text not read"};
constexpr Words kFailingSend = {"removed: it never leaves", "kept"};
constexpr Words kIss = {"from the clock", "just past the old connection's"};
constexpr Words kTwPaws = {"PAWSEstab", "PAWSTimewait"};
constexpr Words kBucket = {"when it expires", "when it is made"};
constexpr Words kPingpong = {"one reply", "three replies"};

template <auto kField>
constexpr Trait Of(std::string_view name, std::string_view about, std::string_view commit,
                   std::span<const std::string_view> values) {
  return {.name = name,
          .about = about,
          .commit = commit,
          .values = values,
          .get = [](const KernelProfile& k) { return static_cast<uint8_t>(k.*kField); },
          .set =
              [](KernelProfile& k, uint8_t value) {
                k.*kField = static_cast<std::remove_reference_t<decltype(k.*kField)>>(value);
              }};
}

using K = KernelProfile;

constexpr std::array kTraits = {
    Of<&K::old_ack_while_closing>("old-ack-while-closing",
                                  "a late FIN after shutdown(), with an old acknowledgement number",
                                  "795a7dfbc3d9", kOldAck),
    Of<&K::too_old_limit>("too-old-limit", "an acknowledgement number is too old", "3d501dd326fb",
                          kTooOld),
    Of<&K::unsent_ack_when_established>("unsent-ack-when-established",
                                        "an acknowledgement of what was never sent, in ESTABLISHED",
                                        "42726ec644cb", kUnsent),
    Of<&K::paws_old_ack>("paws-old-ack",
                         "a bare acknowledgement before RCV.NXT with an old timestamp",
                         "124c4c32e9f3", kPawsOldAck),
    Of<&K::paws_replay>("paws-replay", "a duplicated acknowledgement may be as old as", "",
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
    Of<&K::old_ack_ts_recent>("old-ack-ts-recent", "TS.Recent on an old acknowledgement",
                              "1b92780ae4fc", kTsRecent),
    Of<&K::drained_dsack>(
        "drained-dsack", "a DSACK block for text out of order that came twice reaches", "", kDsack),
    Of<&K::quick_ack_spent_by>("quick-ack-spent-by", "a quick acknowledgement is spent by",
                               "059217c18be6", kQuickAck),
    Of<&K::out_of_order_mss>("out-of-order-mss",
                             "in the estimate of the peer's segment size, text out of order has",
                             "", kOfoMss),
    Of<&K::loss_probe_rounding>("loss-probe-rounding",
                                "the time of a loss probe is rounded to jiffies by", "",
                                kProbeRounding),
    Of<&K::fin_and_cwnd>("fin-and-cwnd", "for the congestion window a FIN", "22555032c513",
                         kFinCwnd),
    Of<&K::predicted_ack>("predicted-ack", "header prediction lets through acknowledgement numbers",
                          "f81e6c3fb063", kPredicted),
    Of<&K::close_unread>("close-unread", "close() counts as unread", "5f9238530970", kCloseUnread),
    Of<&K::failing_send>("failing-send", "a FIN that waits for window when a send() fails",
                         "cf12e6f91246", kFailingSend),
    Of<&K::time_wait_iss>("time-wait-iss", "the first number after a SYN reopens TIME-WAIT",
                          "41eecbd712b7", kIss),
    Of<&K::time_wait_paws>("time-wait-paws", "what fails PAWS in TIME-WAIT counts as",
                           "c449d5f3a3d7", kTwPaws),
    Of<&K::bucket_counted>("bucket-counted", "a timewait bucket counts as TW or TWKilled", "",
                           kBucket),
    Trait{.name = "pingpong-replies",
          .about = "an exchange counts as interactive after",
          .commit = "",
          .values = kPingpong,
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
