// SPDX-License-Identifier: Apache-2.0
#include "fuzz/targets/solo.h"

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "diff/acceptor.h"
#include "diff/generate.h"
#include "diff/invariants.h"
#include "diff/solo_text.h"
#include "fuzz/targets/crash.h"
#include "fuzz/targets/settings.h"
#include "fuzz/targets/transitions.h"
#include "fuzz/whole_file.h"
#include "model/tcp/trait.h"
#include "stacks/model_stack.h"

namespace finwait {
namespace {

constexpr Watch kWatch{.states = true, .counters = true, .events = true};

void DrawNumber(Random& random, std::span<uint8_t> choice) {
  for (uint8_t& byte : choice) byte = static_cast<uint8_t>(random.Next());
}
// Numbers have no order among events; fewer of them differ.
void LowerNumber(Random& random, std::span<uint8_t> choice) {
  choice[random.Below(static_cast<uint32_t>(choice.size()))] = 0;
}

// What the model of a kernel puts into its SYN.
std::array<Terms, kHandshakes> TermsOf(ModelStack& stack) {
  std::array<Terms, kHandshakes> all;
  for (size_t i = 0; i < kHandshakes; ++i) all[i] = *stack.Establish(HandshakeOf(i));
  return all;
}

Solo DecodeSolo(std::span<const uint8_t> bytes, const Host& host, bool lingers) {
  std::vector<uint32_t> draws;
  for (size_t at = 1; at + 4 <= bytes.size() && draws.size() < kSoloInput.choices_max; at += 4) {
    draws.push_back(uint32_t{bytes[at]} | uint32_t{bytes[at + 1]} << 8U |
                    uint32_t{bytes[at + 2]} << 16U | uint32_t{bytes[at + 3]} << 24U);
  }
  ModelStack guide(host);
  const SoloRules rules{.terms = TermsOf(guide),
                        .waits_percent = 50,
                        .wait_max = std::chrono::seconds(70),
                        .linger = lingers};
  Solo solo;
  GenerateFrom(draws, rules, host, solo);
  return solo;
}

const KernelProfile& ProfileAt(size_t index) { return Profiles()[index % Profiles().size()]; }

void Tell(const Solo& solo, const KernelProfile& kernel, const std::string& what) {
  const std::string text =
      "# " + what + "\n# on " + std::string(kernel.name) + "\n" + SoloText(solo);
  std::fprintf(stderr, "%s\n", text.c_str());
  if (Settings().findings.empty()) return;
  const std::string path = Settings().findings + "/" + std::string(kernel.name) + ".solo";
  if (WriteWhole(path, text).ok()) std::fprintf(stderr, "kept: %s\n", path.c_str());
}

[[gnu::noinline]] void JudgeRefusesModel() { std::abort(); }
[[gnu::noinline]] void NoFieldExplains() { std::abort(); }

}  // namespace

const InputForm kSoloInput = {.choices_max = 32, .draw = DrawNumber, .lower = LowerNumber};

void JudgeSolo(std::span<const uint8_t> bytes) {
  const uint8_t header = bytes.empty() ? uint8_t{0} : bytes[0];
  const FuzzSettings& settings = Settings();
  const Host host{settings.kernels_named ? *settings.kernels[0] : ProfileAt(header >> 1U),
                  Environment{}};
  const Solo solo = DecodeSolo(bytes, host, (header & 1U) != 0);
  ModelStack stack(host);
  std::optional<size_t> broken;
  stack.SetTamper([&](const Endpoint& before, Endpoint& after, Effects& effects) {
    NoteTransition(effects.rule, StateOf(before), StateOf(after));
    if (!effects.bound && !broken.has_value()) broken = BrokenInvariant(before, after);
  });
  Observation seen;
  const bool ran = RunAndObserve(solo, kWatch, stack, seen).ok();
  if (broken.has_value()) {
    Tell(solo, host.kernel, std::string(Invariants()[*broken].claim));
    static constexpr auto kFrames = InvariantFrames(std::make_index_sequence<kInvariantCount>());
    kFrames[*broken]();
  }
  if (!ran) return;  // Bound, and said so.
  Tally tally;
  bool bound = false;
  const std::optional<Mismatch> mismatch = Accept(solo, seen, host, Slack{}, tally, bound);
  if (!mismatch.has_value()) return;
  Tell(solo, host.kernel, "expected " + mismatch->expected + ", seen " + mismatch->seen);
  JudgeRefusesModel();
}

void CompareProfiles(std::span<const uint8_t> bytes) {
  const uint8_t header = bytes.empty() ? uint8_t{0} : bytes[0];
  const KernelProfile& one = ProfileAt(header);
  const KernelProfile& other = ProfileAt(header / Profiles().size());
  KernelProfile made = other;
  for (const TraitValue& change : ChangesTo(one, other)) made = With(made, change);
  const Solo solo = DecodeSolo(bytes, Host{one, Environment{}}, false);
  std::array<Observation, 2> seen;
  for (size_t i = 0; i < 2; ++i) {
    ModelStack stack(Host{i == 0 ? one : made, Environment{}});
    stack.SetTamper([](const Endpoint& before, Endpoint& after, Effects& effects) {
      NoteTransition(effects.rule, StateOf(before), StateOf(after));
    });
    if (!RunAndObserve(solo, kWatch, stack, seen[i]).ok()) return;
  }
  if (seen[0] == seen[1]) return;
  Tell(solo, one, "not what " + std::string(other.name) + " does with every behaviour of it");
  NoFieldExplains();
}

}  // namespace finwait
