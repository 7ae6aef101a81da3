// SPDX-License-Identifier: Apache-2.0
#include "diff/solo_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "model/world/notation.h"

namespace finwait {

std::string ConnectionText(const Connection& c) {
  std::string text = absl::StrCat("open ", c.opener == Opener::kActive ? "actively" : "passively",
                                  " win ", c.peer_window, " mss ", c.peer_mss);
  if (c.options.sack) absl::StrAppend(&text, " sackOK");
  if (c.options.timestamps) absl::StrAppend(&text, " TS val ", c.options.peer_tsval);
  if (c.options.window_scaling)
    absl::StrAppend(&text, " wscale ", static_cast<int>(c.options.snd_wscale));
  if (c.linger_on) absl::StrAppend(&text, " linger ", static_cast<int>(c.linger_s));
  if (c.linger2_s != 0) absl::StrAppend(&text, " linger2 ", c.linger2_s);
  return text;
}

std::string WholeSegmentText(const Segment& segment) {
  std::string text = absl::StrCat(segment.flags == 0 ? "-" : "", SegmentText(segment));
  if (segment.wnd == 0 && !segment.Has(kRst)) return text;
  const std::string window = absl::StrCat(" win ", segment.wnd);
  const size_t sack = text.find(" sack ");  // Which is the last there is.
  return sack == std::string::npos ? text + window : text.insert(sack, window);
}

std::string EventText(const SoloEvent& event) {
  const std::string wait =
      event.wait == Duration{} ? "" : absl::StrCat("+", event.wait.count() / 1000, "ms ");
  const Event& e = event.event;
  const bool segment = e.kind == EventKind::kSegment;
  return wait + (segment ? "< " + WholeSegmentText(e.segment) : CallText(e));
}

std::string SoloText(const Solo& solo) {
  std::string text = absl::StrCat("  ", ConnectionText(solo.connection), "\n");
  for (const SoloEvent& event : solo.events) absl::StrAppend(&text, "  ", EventText(event), "\n");
  if (solo.listen_on > Duration{}) {
    absl::StrAppend(&text, "  +", solo.listen_on.count() / 1000, "ms listen\n");
  }
  return text;
}

std::string SoloLine(const Solo& solo) {
  std::string text = SoloText(solo);
  text = text.substr(2, text.size() - 3);  // The first indentation and the last line's end.
  return absl::StrReplaceAll(text, {{"\n  ", "; "}});
}

}  // namespace finwait
