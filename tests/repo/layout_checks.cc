// SPDX-License-Identifier: Apache-2.0
#include "tests/repo/layout_checks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <regex>

#include "tests/repo/source_text.h"

namespace finwait::repo {
namespace {

using Names = std::vector<std::string_view>;

struct Box {
  std::string_view folder;
  Names may_include;  // Besides itself.
};

// The arrows of docs/architecture.md.
const std::vector<Box>& Boxes() {
  static const std::vector<Box> kBoxes = {
      {"model/tcp", {}},
      {"model/world", {"model/tcp"}},
      {"props", {"model/tcp", "model/world"}},
      {"fuzz/targets",
       {"model/tcp", "model/world", "props", "fuzz", "stacks", "diff", "packetdrill"}},
      {"fuzz", {"model/tcp", "model/world", "props"}},
      {"stacks", {"model/tcp", "model/world"}},
      {"diff", {"model/tcp", "model/world", "props", "fuzz", "stacks"}},
      {"packetdrill", {"model/tcp", "model/world", "stacks"}},
      {"report", {"model/tcp", "model/world", "props", "fuzz"}},
      {"cli",
       {"model/tcp", "model/world", "props", "fuzz", "stacks", "diff", "packetdrill", "report"}},
      {"tests",
       {"model/tcp", "model/world", "props", "fuzz", "stacks", "diff", "packetdrill", "report",
        "cli", "fuzz/targets"}},
      {"bench", {"model/tcp", "model/world", "props", "fuzz", "stacks", "diff", "report"}},
  };
  return kBoxes;
}

struct Library {
  std::string_view prefix;  // Of its headers' names.
  Names only_in;            // Boxes.
};

const std::vector<Library>& Libraries() {
  static const std::vector<Library> kLibraries = {
      {"gtest/", {"tests"}},
      {"gmock/", {"tests"}},
      {"rapidcheck", {"tests"}},
      {"benchmark/", {"bench"}},
      {"CLI/", {"cli", "tests"}},
      {"absl/",
       {"props", "fuzz", "fuzz/targets", "stacks", "diff", "packetdrill", "report", "cli", "tests",
        "bench"}},
      {"nlohmann/", {"fuzz", "stacks", "report", "cli", "tests", "bench"}},
  };
  return kLibraries;
}

// The headers of C++20, each between spaces.
constexpr std::string_view kStandardHeaders =
    " algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv "
    "chrono "
    "cinttypes climits clocale cmath compare complex concepts condition_variable coroutine csetjmp "
    "csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque "
    "exception execution filesystem format forward_list fstream functional future initializer_list "
    "iomanip ios iosfwd iostream istream iterator latch limits list locale map memory "
    "memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex "
    "scoped_allocator semaphore set shared_mutex source_location span sstream stack stdexcept "
    "stop_token streambuf string string_view syncstream system_error thread tuple type_traits "
    "typeindex typeinfo unordered_map unordered_set utility valarray variant vector version ";

bool IsStandardHeader(std::string_view name) {
  std::string word = " ";
  word.append(name).append(" ");
  return kStandardHeaders.find(word) != std::string_view::npos;
}

bool Contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsUnder(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
}

bool IsTest(std::string_view path) { return IsUnder(path, "tests") || path.ends_with("_test.cc"); }

// The box a file lies in, or nullptr. The suites among the properties count as tests.
const Box* BoxOf(std::string_view path) {
  if (IsUnder(path, "props") && path.ends_with("_test.cc")) path = "tests/";
  for (const Box& box : Boxes()) {
    if (IsUnder(path, box.folder)) return &box;
  }
  return nullptr;
}

bool MayUseSystemHeader(std::string_view path, std::string_view header) {
  if (IsUnder(path, "stacks") || IsUnder(path, "tests/stacks")) return true;
  // A file that is there whole must be on the disk before it gets its name.
  if (IsUnder(path, "cli") || path == "fuzz/whole_file.cc") return header == "unistd.h";
  return (IsUnder(path, "tests/cli") || IsUnder(path, "tests/x")) &&
         (header == "unistd.h" || header == "sys/wait.h");
}

// What runs the model, judges or searches. A report is made from what these found, elsewhere.
constexpr std::array kRunsTheModel = {
    std::string_view("fuzz/exhaust.h"),      std::string_view("fuzz/explore.h"),
    std::string_view("fuzz/hunt.h"),         std::string_view("fuzz/judge.h"),
    std::string_view("fuzz/matrix.h"),       std::string_view("fuzz/origin.h"),
    std::string_view("fuzz/shrink.h"),       std::string_view("model/world/play.h"),
    std::string_view("model/world/world.h"),
};

// What speaks against including a header, or nothing.
std::string WhyNot(std::string_view path, const Box& box, std::string_view header, bool quoted) {
  const std::string named(header);
  if (IsStandardHeader(header)) return "";
  if (header.starts_with("fuzzer/")) {
    return IsUnder(path, "fuzz/targets") ? "" : named + ": libFuzzer is for fuzz/targets/ only";
  }
  for (const Library& library : Libraries()) {
    if (!header.starts_with(library.prefix)) continue;
    if (Contains(library.only_in, box.folder)) return "";
    return named + ": " + std::string(box.folder) + "/ does not use this library";
  }
  const Box* target = BoxOf(header);
  if (box.folder == "report" &&
      std::find(kRunsTheModel.begin(), kRunsTheModel.end(), header) != kRunsTheModel.end()) {
    return named + ": report/ only draws what was found";
  }
  if (target != nullptr && quoted) {
    if (target == &box || Contains(box.may_include, target->folder)) return "";
    return named + ": " + std::string(box.folder) + "/ does not include " +
           std::string(target->folder) + "/";
  }
  if (MayUseSystemHeader(path, header)) return "";
  if (quoted) return named + ": the path of a header of ours begins with its box";
  return named + ": not of the standard library; a system's headers are for stacks/ only";
}

std::string At(std::string_view path, std::size_t line, std::string_view reason) {
  return std::string(path) + ":" + std::to_string(line) + ": " + std::string(reason);
}

bool IsCpp(std::string_view path) {
  return path.ends_with(".h") || path.ends_with(".cc") || path.ends_with(".c");
}

int LinesMax(std::string_view path) {
  if (IsUnder(path, "fuzz/targets") && path.ends_with("_fuzzer.cc")) return kFuzzTargetLinesMax;
  if (IsTest(path)) return kTestLinesMax;
  return path.ends_with(".h") ? kHeaderLinesMax : kSourceLinesMax;
}

std::string GuardOf(std::string_view path) {
  std::string guard = "FINWAIT_";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    guard += std::isalnum(byte) ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return guard + "_";
}

}  // namespace

Findings CheckIncludes(std::string_view path, std::string_view text) {
  const Box* box = BoxOf(path);
  if (box == nullptr) return {At(path, 1, "lies in none of the boxes")};
  static const std::regex kInclude(R"re(^\s*#\s*include\s*([<"])([^>"]*)[>"])re");
  Findings findings;
  const std::string code = WithoutComments(text);
  std::size_t number = 0;
  for (const std::string_view line : LinesOf(code)) {
    ++number;
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(line.begin(), line.end(), match, kInclude)) continue;
    const std::string why = WhyNot(path, *box, match[2].str(), match[1] == "\"");
    if (!why.empty()) findings.push_back(At(path, number, why));
  }
  return findings;
}

Findings CheckFuzzerNames(std::string_view path, std::string_view text) {
  Findings findings;
  if (IsUnder(path, "fuzz/targets")) return findings;
  const std::string code = WithoutCommentsAndLiterals(text);
  std::size_t number = 0;
  for (const std::string_view line : LinesOf(code)) {
    ++number;
    if (line.find("LLVMFuzzer") == std::string_view::npos) continue;
    findings.push_back(At(path, number, "libFuzzer is for fuzz/targets/ only"));
  }
  return findings;
}

Findings CheckLengths(std::string_view path, std::string_view text) {
  Findings findings;
  const std::vector<std::string_view> lines = LinesOf(text);
  const auto lines_max = static_cast<std::size_t>(LinesMax(path));
  if (IsCpp(path) && lines.size() > lines_max) {
    findings.push_back(At(path, lines_max + 1,
                          std::to_string(lines.size()) + " lines, at most " +
                              std::to_string(lines_max) + "; split by concept"));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t columns = ColumnsOf(lines[i]);
    if (columns <= kColumnsMax) continue;
    findings.push_back(At(
        path, i + 1, std::to_string(columns) + " columns, at most " + std::to_string(kColumnsMax)));
  }
  return findings;
}

Findings CheckFunctions(std::string_view path, std::string_view text) {
  Findings findings;
  for (const FunctionSpan& function : FunctionsOf(text)) {
    const int lines = function.last_line - function.first_line + 1;
    if (lines <= kFunctionLinesMax) continue;
    findings.push_back(At(path, static_cast<std::size_t>(function.first_line),
                          "a function of " + std::to_string(lines) + " lines, at most " +
                              std::to_string(kFunctionLinesMax)));
  }
  return findings;
}

Findings CheckLicence(std::string_view path, std::string_view text) {
  const bool slashes = IsCpp(path);
  const std::string wanted =
      std::string(slashes ? "//" : "#") + " SPDX-License-Identifier: Apache-2.0";
  const std::vector<std::string_view> lines = LinesOf(text);
  const std::size_t where = !slashes && text.starts_with("#!") ? 1 : 0;
  if (where < lines.size() && lines[where] == wanted) return {};
  return {At(path, where + 1, "not the line \"" + wanted + "\"")};
}

Findings CheckKernelVersions(std::string_view path, std::string_view text) {
  Findings findings;
  if (!IsUnder(path, "model") || path == "model/tcp/profiles.cc") return findings;
  // Majors 4 to 7, two or three numbers: a longer one is a section of an RFC.
  static const std::regex kVersion(
      R"re((?:^|[^0-9A-Za-z_.]|\bv)([4-7]\.\d{1,3}(\.\d{1,3})?)(?!\d|\.\d))re");
  static const std::regex kRfc("RFC", std::regex::icase);
  const std::string code = WithoutComments(text);
  std::size_t number = 0;
  for (const std::string_view view : LinesOf(code)) {
    ++number;
    const std::string line(view);
    std::smatch match;
    if (!std::regex_search(line, match, kVersion)) continue;
    if (std::regex_search(match.prefix().str(), kRfc)) continue;
    findings.push_back(At(path, number,
                          match[1].str() + " looks like a kernel's version, which only "
                                           "model/tcp/profiles.cc knows"));
  }
  return findings;
}

Findings CheckIncludeGuard(std::string_view path, std::string_view text) {
  if (!path.ends_with(".h")) return {};
  const std::string guard = GuardOf(path);
  const std::string code = WithoutComments(text);
  std::vector<std::string_view> directives;
  std::vector<std::size_t> numbers;
  std::size_t number = 0;
  for (const std::string_view line : LinesOf(code)) {
    ++number;
    if (!line.starts_with('#')) continue;
    directives.push_back(line);
    numbers.push_back(number);
  }
  if (directives.empty() || directives[0] != "#ifndef " + guard) {
    return {
        At(path, numbers.empty() ? 1 : numbers[0], "the first directive is not #ifndef " + guard)};
  }
  if (directives.size() < 2 || directives[1] != "#define " + guard) {
    return {At(path, numbers[0], "not followed by #define " + guard)};
  }
  const std::vector<std::string_view> lines = LinesOf(text);
  if (lines.back() != "#endif  // " + guard) {
    return {At(path, lines.size(), "the last line is not #endif  // " + guard)};
  }
  return {};
}

}  // namespace finwait::repo
