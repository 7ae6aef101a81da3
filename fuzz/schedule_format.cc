// SPDX-License-Identifier: Apache-2.0
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "fuzz/schedule_parser.h"
#include "model/world/world.h"

namespace finwait {
namespace {

// A segment in flight by name, or by place when its name would mean another or nothing.
std::string SegmentName(const World& world, const Choice& choice) {
  const std::string letter(1, Letter(choice.side));
  const Wire& wire = world.From(choice.side);
  if (choice.pick < wire.count) {
    const uint16_t serial = wire[choice.pick].serial;
    uint8_t first = 0;
    while (wire[first].serial != serial) ++first;
    if (first == choice.pick) return absl::StrCat(letter, serial);
  }
  return absl::StrCat(letter, "[", choice.pick, "]");
}

std::string FormatChoice(const World& world, const Choice& choice) {
  const std::string user = absl::StrCat(std::string(1, Letter(choice.side)), ".");
  switch (choice.op) {
    case Op::kDeliver:
      return absl::StrCat("deliver ", SegmentName(world, choice));
    case Op::kDuplicate:
      return absl::StrCat("duplicate ", SegmentName(world, choice));
    case Op::kDrop:
      return absl::StrCat("drop ", SegmentName(world, choice));
    case Op::kShutdown: {
      constexpr std::array kHows = {"WR", "RDWR", "RD"};
      return absl::StrCat(user, "shutdown ", kHows.at(choice.extra));
    }
    case Op::kClose:
      return absl::StrCat(user, "close");
    case Op::kRecv:
      return choice.extra == 0 ? absl::StrCat(user, "recv")
                               : absl::StrCat(user, "recv ", choice.extra);
    case Op::kSend:
      return absl::StrCat(user, "send ", choice.extra);
    case Op::kWake:
      return absl::StrCat(user, "wakes");
    case Op::kWait:
      return "wait";
  }
  return "";
}

std::string LatencyText(Duration latency) {
  const auto us = latency.count();
  return us % 1000 == 0 ? absl::StrCat(us / 1000, "ms") : absl::StrCat(us, "us");
}

// Header lines that say how to run it. What is at its default is left out.
std::vector<std::string> RunLines(const ScheduleFile& file) {
  std::vector<std::string> lines;
  const PairSetup& setup = file.schedule.setup;
  for (const Side side : {Side::kA, Side::kB}) {
    const EndSetup& end = setup[side];
    const Environment& env = end.host.environment;
    std::string line = absl::StrCat(std::string(1, Letter(side)), " ", View(end.host.kernel.name));
    const Mode mode = file.modes[Index(side)];
    if (mode == Mode::kLingerN) {
      absl::StrAppend(&line, ",linger-", end.linger_s);
    } else if (mode != Mode::kAny) {
      absl::StrAppend(&line, ",", View(Name(mode)));
    }
    if (env.hz != Environment{}.hz) absl::StrAppend(&line, ",hz=", env.hz);
    if (env.rcv_buffer != Environment{}.rcv_buffer) {
      absl::StrAppend(&line, ",window=", env.rcv_buffer);
    }
    if (env.tcp_rfc1337) absl::StrAppend(&line, ",rfc1337");
    if (end.quirk != nullptr) absl::StrAppend(&line, ",peer=", View(end.quirk->name));
    lines.push_back(line);
  }
  const SeqNum a = setup[Side::kA].next;
  const SeqNum b = setup[Side::kB].next;
  if (a != kNextOfA || b != kNextOfB) lines.push_back(absl::StrCat("next ", a.raw, " ", b.raw));
  if (setup.opener != Side::kB) lines.push_back("opener A");
  if (setup.sack || setup.timestamps) {
    lines.push_back(
        absl::StrCat("options", setup.sack ? " sack" : "", setup.timestamps ? " timestamps" : ""));
  }
  if (setup.latency != PairSetup{}.latency) {
    lines.push_back(absl::StrCat("latency ", LatencyText(setup.latency)));
  }
  return lines;
}

std::vector<std::string> ReaderLines(const ScheduleFile& file) {
  std::vector<std::string> lines;
  for (const Side side : {Side::kA, Side::kB}) {
    const std::string& label = file.labels.ends[Index(side)];
    if (!label.empty()) {
      lines.push_back(absl::StrCat("label ", std::string(1, Letter(side)), " ", label));
    }
  }
  for (const auto& [segment, label] : file.labels.segments) {
    lines.push_back(
        absl::StrCat("label ", std::string(1, Letter(segment.first)), segment.second, " ", label));
  }
  for (const Expectation& e : file.expectations) {
    lines.push_back(e.violated.has_value() ? absl::StrCat("expect ", e.kernel, " violated ",
                                                          View(kProperties[*e.violated].name))
                                           : absl::StrCat("expect ", e.kernel, " holds"));
  }
  return lines;
}

}  // namespace

std::vector<std::string> FormatChoices(const Schedule& schedule) {
  std::vector<std::string> lines;
  World world = Start(schedule.setup);
  const NoObserver nobody;
  Runner runner(schedule.setup, world, nobody);
  for (const Choice& choice : schedule.choices) {
    lines.push_back(FormatChoice(world, choice));
    runner.Apply(choice);
  }
  return lines;
}

std::string FormatSchedule(const ScheduleFile& file) {
  std::vector<std::string> lines = {"finwait 1"};
  for (const std::string& line : file.about) {
    lines.push_back(line.empty() ? "#" : absl::StrCat("# ", line));
  }
  for (std::string& line : RunLines(file)) lines.push_back(std::move(line));
  for (std::string& line : ReaderLines(file)) lines.push_back(std::move(line));
  for (std::string& line : FormatChoices(file.schedule)) lines.push_back(std::move(line));
  lines.emplace_back("end\n");
  return absl::StrJoin(lines, "\n");
}

std::string FormatOneLine(const Schedule& schedule) {
  ScheduleFile file;
  file.schedule = schedule;
  for (const Side side : {Side::kA, Side::kB}) {
    file.modes[Index(side)] = LingerMode(schedule.setup[side]);
  }
  std::vector<std::string> parts = RunLines(file);
  bool delivering = false;
  for (const std::string& line : FormatChoices(schedule)) {
    const bool deliver = line.starts_with("deliver ");
    if (deliver && delivering) {
      absl::StrAppend(&parts.back(), line.substr(7));  // `deliver A1 B2`: one word, many segments.
    } else {
      parts.push_back(line);
    }
    delivering = deliver;
  }
  return absl::StrJoin(parts, "; ");
}

}  // namespace finwait
