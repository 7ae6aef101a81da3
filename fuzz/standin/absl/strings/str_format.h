// SPDX-License-Identifier: Apache-2.0
//
// A stand-in: see docs/decisions/0012-standard-library-fuzzers.md.
#ifndef FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_FORMAT_H_
#define FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_FORMAT_H_

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/string_view.h"

namespace absl {
inline namespace finwait_standin {

// One argument by its own conversion, such as "%06x", whose length modifier its type decides.
template <typename Value>
void AppendFormatted(std::string& out, std::string conversion, const Value& value) {
  char text[128];
  int length = 0;
  if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
    const std::string_view view = value;
    conversion.insert(conversion.size() - 1, ".*");
    length =
        std::snprintf(nullptr, 0, conversion.c_str(), static_cast<int>(view.size()), view.data());
    std::string all(static_cast<size_t>(length) + 1, ' ');
    std::snprintf(all.data(), all.size(), conversion.c_str(), static_cast<int>(view.size()),
                  view.data());
    all.pop_back();
    out.append(all);
    return;
  } else if constexpr (std::integral<Value>) {
    conversion.insert(conversion.size() - 1, "ll");
    length = std::snprintf(text, sizeof(text), conversion.c_str(), static_cast<long long>(value));
  } else {
    length = std::snprintf(text, sizeof(text), conversion.c_str(), static_cast<double>(value));
  }
  out.append(text, static_cast<size_t>(length));
}

// Text up to the next conversion goes to `out`; the conversion itself is returned, or "".
inline std::string NextConversion(std::string& out, string_view& format) {
  while (!format.empty()) {
    if (format[0] != '%') {
      out.push_back(format[0]);
      format.remove_prefix(1);
    } else if (format.starts_with("%%")) {
      out.push_back('%');
      format.remove_prefix(2);
    } else {
      const size_t last = format.find_first_of("sduxfg");
      std::string conversion(format.substr(0, last + 1));
      format.remove_prefix(conversion.size());
      return conversion;
    }
  }
  return "";
}

template <typename... Values>
std::string StrFormat(string_view format, const Values&... values) {
  std::string out;
  (AppendFormatted(out, NextConversion(out, format), values), ...);
  NextConversion(out, format);
  return out;
}

}  // namespace finwait_standin
}  // namespace absl

#endif  // FINWAIT_FUZZ_STANDIN_ABSL_STRINGS_STR_FORMAT_H_
