// SPDX-License-Identifier: Apache-2.0
#include "report/properties_page.h"

#include <gtest/gtest.h>

#include "fuzz/corpus.h"

namespace finwait {
namespace {

TEST(PropertiesPage, IsWhatTheCatalogueSays) {
  const absl::StatusOr<std::string> page = ReadFile("docs/properties.md");
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(*page, PropertiesPage()) << "write it anew: ./x properties";
}

}  // namespace
}  // namespace finwait
