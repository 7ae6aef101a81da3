// SPDX-License-Identifier: Apache-2.0
//
// What the schedules of a corpus are expected to show, run again; and how that and its statistics
// are told.
#ifndef FINWAIT_CLI_CORPUS_CHECK_H_
#define FINWAIT_CLI_CORPUS_CHECK_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "fuzz/corpus.h"
#include "fuzz/corpus_stats.h"

namespace finwait {

struct CorpusChecked {
  struct File {
    std::string path;
    std::vector<Checked> expectations;
  };
  std::vector<File> files;
  size_t expectations = 0;
  size_t wrong = 0;  // Of those.
};

// A schedule that expects nothing is an error, InvalidArgument.
absl::StatusOr<CorpusChecked> CheckCorpus(const std::string& directory);

nlohmann::ordered_json ToJson(const CorpusChecked& checked);
std::string TextOf(const CorpusChecked& checked);  // What is wrong, and how many were right.

nlohmann::ordered_json ToJson(const CorpusStats& stats);
std::string TextOf(const CorpusStats& stats);

}  // namespace finwait

#endif  // FINWAIT_CLI_CORPUS_CHECK_H_
