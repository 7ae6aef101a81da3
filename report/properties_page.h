// SPDX-License-Identifier: Apache-2.0
//
// docs/properties.md: what must be true of every run.
#ifndef FINWAIT_REPORT_PROPERTIES_PAGE_H_
#define FINWAIT_REPORT_PROPERTIES_PAGE_H_

#include <string>

namespace finwait {

std::string PropertiesPage();

}  // namespace finwait

#endif  // FINWAIT_REPORT_PROPERTIES_PAGE_H_
