// SPDX-License-Identifier: Apache-2.0
//
// seeds CORPUS DIRECTORY: makes the seed corpora, DIRECTORY/TARGET/NAME, from the kept corpus, so
// that the tree need not hold them.
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/codec.h"
#include "fuzz/corpus.h"
#include "fuzz/random.h"
#include "fuzz/targets/solo.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

class Seeds {
 public:
  Seeds(std::string corpus, std::string to) : corpus_(std::move(corpus)), to_(std::move(to)) {}

  bool Write() {
    Schedules();
    Files("sched_fuzzer", ".sched");
    Files("pkt_fuzzer", ".pkt");
    Numbers("solo_fuzzer");
    Numbers("differential_fuzzer");
    return ok_;
  }

 private:
  void Put(const std::string& target, const std::string& name, const std::string& bytes) {
    ok_ &= WriteWhole(to_ + "/" + target + "/" + name, bytes).ok();
  }

  void Schedules() {
    const absl::StatusOr<std::vector<NamedSchedule>> all = ReadSchedules(corpus_);
    if (!all.ok()) {
      std::fprintf(stderr, "%s\n", std::string(all.status().message()).c_str());
      ok_ = false;
      return;
    }
    for (const NamedSchedule& one : *all) {
      const std::vector<uint8_t> bytes = Encode(one.file.schedule);
      Put("pair_fuzzer", fs::path(one.path).stem().string(), {bytes.begin(), bytes.end()});
    }
  }

  void Files(const std::string& target, const std::string& extension) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(corpus_, error)) {
      if (entry.path().extension() != extension) continue;
      const absl::StatusOr<std::string> text = ReadFile(entry.path().string());
      ok_ &= text.ok();
      if (text.ok()) Put(target, entry.path().filename().string(), *text);
    }
  }

  // A few draws: what a solo input means no file of the corpus says.
  void Numbers(const std::string& target) {
    constexpr int kInputs = 32;
    for (int i = 0; i < kInputs; ++i) {
      Random random(static_cast<uint64_t>(i));
      std::vector<uint8_t> room(kSoloInput.header_bytes +
                                kSoloInput.choices_max * kSoloInput.choice_bytes);
      size_t size = 0;
      for (int round = 0; round < 8; ++round) {
        size = Mutate(kSoloInput, {room, size}, random);
      }
      Put(target, "draw-" + std::to_string(i),
          {room.begin(), room.begin() + static_cast<ptrdiff_t>(size)});
    }
  }

  std::string corpus_, to_;
  bool ok_ = true;
};

}  // namespace
}  // namespace finwait

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: seeds CORPUS DIRECTORY\n");
    return 2;
  }
  return finwait::Seeds(argv[1], argv[2]).Write() ? 0 : 3;
}
