// SPDX-License-Identifier: Apache-2.0
//
// The ends in the header of a schedule file: a kernel and its options.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "fuzz/schedule_parser.h"
#include "model/world/peer.h"

namespace finwait {

absl::Status ScheduleParser::PeerOption(EndSetup& end, const Word& option) {
  const std::string_view name = option.text.substr(5);
  end.quirk = FindPeer(name);
  if (end.quirk != nullptr) return absl::OkStatus();
  std::vector<std::string> known;
  for (const Quirk& peer : Peers()) known.emplace_back(peer.name);
  return Error(
      option, absl::StrCat("unknown peer ", Quoted(name), "; peers: ", absl::StrJoin(known, ", ")));
}

absl::Status ScheduleParser::KernelOption(Side side, const Word& option) {
  EndSetup& end = file_.schedule.setup[side];
  Mode& mode = file_.modes[Index(side)];
  if (option.text.starts_with("hz=")) {
    const Word value{option.text.substr(3), option.column + 3};
    const absl::StatusOr<uint32_t> hz = Number(value, 100, 1000);
    if (!hz.ok()) return hz.status();
    if (1000 % *hz != 0) return Error(value, "hz must divide 1000");
    end.host.environment.hz = static_cast<uint16_t>(*hz);
    return absl::OkStatus();
  }
  if (option.text.starts_with("window=")) {
    const absl::StatusOr<uint32_t> window =
        Number(Word{option.text.substr(7), option.column + 7}, 1, 64'240);
    if (!window.ok()) return window.status();
    end.host.environment.rcv_buffer = static_cast<uint16_t>(*window);
    return absl::OkStatus();
  }
  if (option.text == "rfc1337") {
    end.host.environment.tcp_rfc1337 = true;
    return absl::OkStatus();
  }
  if (option.text.starts_with("peer=")) return PeerOption(end, option);
  if (const std::optional<Mode> named = FindMode(option.text)) {
    mode = *named;
    SetLinger(end, mode);
    return absl::OkStatus();
  }
  if (option.text.starts_with("linger-")) {
    const absl::StatusOr<uint32_t> seconds =
        Number(Word{option.text.substr(7), option.column + 7}, 1, 120);
    if (!seconds.ok()) return seconds.status();
    mode = Mode::kLingerN;
    SetLinger(end, mode);
    end.linger_s = static_cast<uint8_t>(*seconds);
    return absl::OkStatus();
  }
  return Error(option,
               absl::StrCat("unknown mode ", Quoted(option.text),
                            "; modes: shutdown-wr, shutdown-rdwr, close, linger-0, linger-N; "
                            "also hz=N, window=N, rfc1337, peer=NAME"));
}

absl::Status ScheduleParser::Kernel(Side side, const Word& word) {
  size_t comma = word.text.find(',');
  const KernelProfile* const profile = FindProfile(word.text.substr(0, comma));
  if (profile == nullptr) {
    const std::string_view name = word.text.substr(0, comma);
    return Error(word, absl::StrCat("unknown kernel ", Quoted(name), "; ", WhyNoProfile(name)));
  }
  file_.schedule.setup[side].host.kernel = *profile;
  while (comma != std::string_view::npos) {
    const size_t from = comma + 1;
    comma = word.text.find(',', from);
    const Word option{
        word.text.substr(from, comma == std::string_view::npos ? comma : comma - from),
        word.column + from};
    if (absl::Status status = KernelOption(side, option); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace finwait
