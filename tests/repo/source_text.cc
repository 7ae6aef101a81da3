// SPDX-License-Identifier: Apache-2.0
#include "tests/repo/source_text.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace finwait::repo {
namespace {

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Copies a text, character by character, replacing what is to be left out by spaces.
class Blanker {
 public:
  Blanker(std::string_view text, bool keep_literals)
      : text_(text), out_(text), keep_literals_(keep_literals) {}

  std::string Run() {
    while (at_ < text_.size()) {
      if (Here("//")) {
        BlankTo(EndOfLine());
      } else if (Here("/*")) {
        BlankTo(After("*/", at_ + 2));
      } else if (Here("R\"") && !(at_ > 0 && IsWordCharacter(text_[at_ - 1]))) {
        Literal(at_ + 2, EndOfRawString());
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !InNumber())) {
        Literal(at_ + 1, EndOfQuoted());
      } else {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  bool Here(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  std::size_t After(std::string_view what, std::size_t from) const {
    const std::size_t found = text_.find(what, from);
    return found == std::string_view::npos ? text_.size() : found + what.size();
  }

  // A comment to the end of the line goes on where the line ends with a backslash.
  std::size_t EndOfLine() const {
    std::size_t end = text_.find('\n', at_);
    while (end != std::string_view::npos && text_[end - 1] == '\\') end = text_.find('\n', end + 1);
    return std::min(end, text_.size());
  }

  std::size_t EndOfRawString() const {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return text_.size();
    const std::string delimiter(text_.substr(at_ + 2, open - at_ - 2));
    return After(")" + delimiter + "\"", open);
  }

  std::size_t EndOfQuoted() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != text_[at_] && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    return std::min(end + 1, text_.size());
  }

  // Whether the quote at the current place separates digits, as in 1'000'000.
  bool InNumber() const {
    std::size_t start = at_;
    while (start > 0 && (IsWordCharacter(text_[start - 1]) || text_[start - 1] == '\'')) --start;
    return start < at_ && std::isdigit(static_cast<unsigned char>(text_[start]));
  }

  // The quotes stay, so that an empty literal and a blanked one look alike.
  void Literal(std::size_t inside, std::size_t end) {
    if (!keep_literals_) {
      at_ = inside;
      BlankTo(end > inside ? end - 1 : end);
    }
    at_ = end;
  }

  void BlankTo(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') out_[at_] = ' ';
    }
  }

  std::string_view text_;
  std::string out_;
  bool keep_literals_;
  std::size_t at_ = 0;
};

std::string WithoutPreprocessor(std::string text) {
  bool in_directive = false;
  bool line_begins = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      if (i == 0 || text[i - 1] != '\\') in_directive = false;
      line_begins = true;
    } else if (line_begins && !std::isspace(static_cast<unsigned char>(text[i]))) {
      in_directive = in_directive || text[i] == '#';
      line_begins = false;
    }
    if (in_directive && text[i] != '\n' && text[i] != '\\') text[i] = ' ';
  }
  return text;
}

// Drops `template <...>` from the front of a head.
std::string_view AfterTemplate(std::string_view head) {
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++depth;
    if (head[i] == '>' && --depth == 0) {
      head.remove_prefix(i + 1);
      while (head.starts_with(' ')) head.remove_prefix(1);
      return head;
    }
  }
  return head;
}

bool OpensFunction(std::string_view head) {
  head = AfterTemplate(head);
  if (head.starts_with("inline namespace")) return false;
  for (const std::string_view word : {"namespace", "class", "struct", "union", "enum"}) {
    if (head.starts_with(word) &&
        !(head.size() > word.size() && IsWordCharacter(head[word.size()])))
      return false;
  }
  const std::size_t parameters = head.find('(');
  if (parameters == std::string_view::npos) return false;
  const std::size_t assigns = head.find('=');
  if (assigns == std::string_view::npos || assigns > parameters) return true;
  return head.find("operator") < assigns || head.find('[', assigns) < parameters;  // Or a lambda.
}

// Whether the brace after a head initialises a member, as in `A::A(int x) : x_{x}`.
bool OpensMember(std::string_view head) {
  const std::size_t parameters_end = head.find(')');
  if (parameters_end == std::string_view::npos) return false;
  const std::size_t colon = head.find(" : ", parameters_end);
  if (colon == std::string_view::npos) return false;
  while (head.ends_with(' ')) head.remove_suffix(1);
  return IsWordCharacter(head.back()) || head.ends_with('>');
}

// Follows the braces of a file, one character at a time.
class FunctionFinder {
 public:
  std::vector<FunctionSpan> Run(std::string_view text) {
    for (const char c : text) Take(c);
    return std::move(functions_);
  }

 private:
  enum class Block { kScope, kFunction, kInside, kInitialiser };

  void Take(char c) {
    if (c == '\n') ++line_;
    if (c == '{') return Open();
    if (c == '}') return Close();
    if (InFunction()) return;
    if (c == '(') ++parentheses_;
    if (c == ')') --parentheses_;
    if (c == ';' && parentheses_ == 0) return head_.clear();
    const bool space = std::isspace(static_cast<unsigned char>(c));
    if (head_.empty() && space) return;
    if (head_.empty()) head_line_ = line_;
    head_ += space ? ' ' : c;
    if (head_ == "public:" || head_ == "private:" || head_ == "protected:") head_.clear();
  }

  bool InFunction() const {
    return !blocks_.empty() &&
           (blocks_.back() == Block::kFunction || blocks_.back() == Block::kInside);
  }

  void Open() {
    if (InFunction()) return blocks_.push_back(Block::kInside);
    if (parentheses_ > 0 || OpensMember(head_)) return blocks_.push_back(Block::kInitialiser);
    if (OpensFunction(head_)) {
      functions_.push_back({.first_line = head_line_});
      return blocks_.push_back(Block::kFunction);
    }
    const bool initialises = head_.find('=') != std::string::npos;
    blocks_.push_back(initialises ? Block::kInitialiser : Block::kScope);
    if (!initialises) head_.clear();
  }

  void Close() {
    if (blocks_.empty()) return;
    if (blocks_.back() == Block::kFunction) functions_.back().last_line = line_;
    if (blocks_.back() == Block::kInitialiser) {
      head_ += '}';
    } else if (blocks_.back() != Block::kInside) {
      head_.clear();
    }
    blocks_.pop_back();
  }

  std::vector<FunctionSpan> functions_;
  std::vector<Block> blocks_;
  std::string head_;
  int head_line_ = 1;
  int line_ = 1;
  int parentheses_ = 0;
};

}  // namespace

std::string WithoutComments(std::string_view text) {
  return Blanker(text, /*keep_literals=*/true).Run();
}

std::string WithoutCommentsAndLiterals(std::string_view text) {
  return Blanker(text, /*keep_literals=*/false).Run();
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::size_t ColumnsOf(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // Not a continuation byte.
  }));
}

std::vector<FunctionSpan> FunctionsOf(std::string_view text) {
  return FunctionFinder().Run(WithoutPreprocessor(WithoutCommentsAndLiterals(text)));
}

}  // namespace finwait::repo
