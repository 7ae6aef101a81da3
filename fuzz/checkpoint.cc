// SPDX-License-Identifier: Apache-2.0
#include "fuzz/checkpoint.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "fuzz/whole_file.h"

namespace finwait {
namespace {

namespace fs = std::filesystem;

struct Closes {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closes>;

constexpr uint64_t kMagic = 0x31544B4350574E46;  // "FNWPCKT1"
constexpr uint64_t kEnd = 0x444E45;

// Numbers of a search that are no list, in a fixed order.
struct Header {
  uint64_t level, dealt, found_before, bytes_peak, applied, violated;
  double seconds;
  ExpandCounts counts;
};

class Writer {
 public:
  explicit Writer(std::FILE* file) : file_(file) {}
  void Raw(const void* data, size_t size) { good_ &= std::fwrite(data, 1, size, file_) == size; }
  void Number(uint64_t n) { Raw(&n, sizeof(n)); }
  void Text(const std::string& text) {
    Number(text.size());
    Raw(text.data(), text.size());
  }
  void Chunks(const std::vector<Chunk>& chunks) {
    Number(chunks.size());
    for (const Chunk& chunk : chunks) {
      Number(chunk.size());
      Raw(chunk.data(), chunk.size() * sizeof(CollapsedState));
    }
  }
  template <typename Part>
  void Parts(const Parted<Part>& parts) {
    Number(parts.size());
    for (PartId id = 0; id < parts.size(); ++id) Raw(&parts[id], sizeof(Part));
  }
  // Ends and monitors, which are packed.
  template <typename Part>
  void Packed(const Parted<Part>& parts) {
    Number(parts.size());
    for (PartId id = 0; id < parts.size(); ++id) {
      const Part& part = parts[id];
      Raw(&part.hot, sizeof(part.hot));
      Raw(&part.now, sizeof(part.now));
      if constexpr (requires { part.quirk_memory; }) Number(part.quirk_memory);
      Number(part.packed.size());
      Raw(part.packed.data(), part.packed.size());
    }
  }
  bool good() const { return good_; }

 private:
  std::FILE* file_;
  bool good_ = true;
};

// Reads no more than the file holds, whatever the numbers in it say.
class Reader {
 public:
  Reader(std::FILE* file, uint64_t size) : file_(file), left_(size) {}
  void Raw(void* data, size_t size) {
    good_ = good_ && size <= left_ && std::fread(data, 1, size, file_) == size;
    left_ -= good_ ? size : 0;
  }
  uint64_t Number() {
    uint64_t n = 0;
    Raw(&n, sizeof(n));
    return good_ ? n : 0;
  }
  // How many things of at least `size` bytes follow.
  uint64_t Count(size_t size) {
    const uint64_t n = Number();
    good_ = good_ && n <= left_ / size;
    return good_ ? n : 0;
  }
  std::string Text() {
    std::string text(Count(1), '\0');
    Raw(text.data(), text.size());
    return text;
  }
  void Chunks(std::vector<Chunk>& chunks, const CollapsedState& any) {
    chunks.resize(Count(sizeof(uint64_t)));
    for (Chunk& chunk : chunks) {
      chunk.resize(Count(sizeof(CollapsedState)), any);
      Raw(chunk.data(), chunk.size() * sizeof(CollapsedState));
    }
  }
  // In the order in which they were kept, so that each has its number again.
  template <typename Part>
  void Parts(Parted<Part>& parts, Part any) {
    for (uint64_t left = Count(sizeof(Part)); left > 0 && good_; --left) {
      Raw(static_cast<void*>(&any), sizeof(Part));
      if (good_) parts.Keep(any);
    }
  }
  template <typename Part>
  void Packed(Parted<Part>& parts) {
    for (uint64_t left = Count(sizeof(uint64_t)); left > 0 && good_; --left) {
      Part part;
      Raw(&part.hot, sizeof(part.hot));
      Raw(&part.now, sizeof(part.now));
      if constexpr (requires { part.quirk_memory; }) {
        part.quirk_memory = static_cast<uint32_t>(Number());
      }
      part.packed.resize(Count(1));
      Raw(part.packed.data(), part.packed.size());
      if (good_) parts.Keep(part);
    }
  }
  bool good() const { return good_; }

 private:
  std::FILE* file_;
  uint64_t left_;
  bool good_ = true;
};

void Write(Writer& out, const std::string& key, const LevelState& state) {
  out.Number(kMagic);
  out.Text(key);
  const Header header{state.level,      state.dealt ? 1U : 0U, state.found_before,
                      state.bytes_peak, state.applied.bits,    state.violated.bits,
                      state.seconds,    state.counts};
  out.Raw(&header, sizeof(header));
  out.Chunks(state.current);
  out.Chunks(state.next);
  for (const size_t i : {size_t{0}, size_t{1}}) {
    out.Packed(state.parts.ends[i]);
    out.Parts(state.parts.items[i]);
    out.Parts(state.parts.wires[i]);
  }
  out.Packed(state.parts.monitors);
  out.Number(state.visited.size());
  state.visited.ForEach([&](uint64_t print) { out.Number(print); });
  out.Number(kEnd);
}

bool Read(Reader& in, const SearchState& start, LevelState& state) {
  Header header{};
  in.Raw(&header, sizeof(header));
  state.level = static_cast<uint32_t>(header.level);
  state.dealt = header.dealt != 0;
  state.found_before = header.found_before;
  state.bytes_peak = header.bytes_peak;
  state.applied.bits = static_cast<decltype(state.applied.bits)>(header.applied);
  state.violated.bits = static_cast<decltype(state.violated.bits)>(header.violated);
  state.seconds = header.seconds;
  state.counts = header.counts;
  const CollapsedState any{.budget = start.budget};
  in.Chunks(state.current, any);
  in.Chunks(state.next, any);
  for (const size_t i : {size_t{0}, size_t{1}}) {
    in.Packed(state.parts.ends[i]);
    in.Parts(state.parts.items[i], ItemPart{});
    in.Parts(state.parts.wires[i], WirePart{});
  }
  in.Packed(state.parts.monitors);
  for (uint64_t left = in.Count(sizeof(uint64_t)); left > 0 && in.good(); --left) {
    state.visited.Insert(in.Number());
  }
  return in.Number() == kEnd && in.good();
}

}  // namespace

absl::Status SaveCheckpoint(const std::string& folder, const std::string& key,
                            const LevelState& state) {
  return WriteWhole(absl::StrCat(folder, "/", kCheckpointName), [&](std::FILE* file) {
    Writer out(file);
    Write(out, key, state);
    return out.good();
  });
}

absl::StatusOr<bool> LoadCheckpoint(const std::string& folder, const std::string& key,
                                    const SearchState& start, LevelState& state) {
  RemoveDrafts(folder, std::chrono::seconds(0));  // A folder is one search's alone.
  const std::string path = absl::StrCat(folder, "/", kCheckpointName);
  std::error_code error;
  const uint64_t size = fs::file_size(path, error);
  if (error) return false;
  const File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return absl::UnavailableError(absl::StrCat("cannot read ", path));
  Reader in(file.get(), size);
  const bool ours = in.Number() == kMagic;
  const std::string of = in.Text();
  if (!ours || !in.good()) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": not a checkpoint of this program"));
  }
  if (of != key) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": of another search or build:\n  ", of, "\nthis one is\n  ", key));
  }
  if (!Read(in, start, state)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": damaged; remove it to begin anew"));
  }
  return true;
}

}  // namespace finwait
