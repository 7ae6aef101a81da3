// SPDX-License-Identifier: Apache-2.0
#include "packetdrill/segment_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "model/world/notation.h"

namespace finwait::pkt {
namespace {

// In the order and with the padding that Linux writes, as packetdrill compares bytes.
std::string OptionsText(const Segment& segment, const SynOptions& syn) {
  std::vector<std::string> options;
  const std::string timestamps = absl::StrCat("TS val ", segment.tsval, " ecr ", segment.tsecr);
  const auto pad = [&options](int count) {
    for (int i = 0; i < count; ++i) options.emplace_back("nop");
  };
  if (syn.mss != 0) options.push_back(absl::StrCat("mss ", syn.mss));
  if (segment.timestamps) {
    if (syn.sack_permitted) {
      options.emplace_back("sackOK");
    } else {
      pad(2);
    }
    options.push_back(timestamps);
  } else if (syn.sack_permitted) {
    pad(2);
    options.emplace_back("sackOK");
  }
  if (syn.wscale.has_value()) {
    pad(1);
    options.push_back(absl::StrCat("wscale ", *syn.wscale));
  }
  if (!segment.sack.Empty()) {
    pad(2);
    std::string sack = "sack";
    for (const SackBlock& block : segment.sack) {
      absl::StrAppend(&sack, " ", block.begin.raw, ":", block.end.raw);
    }
    options.push_back(sack);
  }
  return options.empty() ? "" : absl::StrCat(" <", absl::StrJoin(options, ","), ">");
}

}  // namespace

std::string TextOf(const Segment& segment, std::optional<uint16_t> window, const SynOptions& syn) {
  Segment plain = segment;
  plain.wnd = 1;  // SegmentText() names a window of zero, and options, in a way of its own.
  plain.timestamps = false;
  plain.sack.count = 0;
  std::string text = segment.flags == 0 ? "-" : "";
  absl::StrAppend(&text, SegmentText(plain));
  if (window.has_value()) absl::StrAppend(&text, " win ", *window);
  return text + OptionsText(segment, syn);
}

}  // namespace finwait::pkt
