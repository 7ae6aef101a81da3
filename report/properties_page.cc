// SPDX-License-Identifier: Apache-2.0
#include "report/properties_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "fuzz/view.h"
#include "model/world/peer.h"
#include "props/catalog.h"

namespace finwait {

std::string PropertiesPage() {
  std::string page = absl::StrCat(
      "# Properties\n\n", "What must be true of every run: ", kPropertyCount,
      " claims, from RFCs and from what systems promise their users. Written by\n"
      "`./x properties` from props/; do not edit.\n\n"
      "A verdict is one of four. *holds*: the premise came true, and so did the claim. *violated*. "
      "*vacuous*: the\npremise never came true, which is not green. *departs*: the claim did not "
      "hold, and Linux means it so.\n\n"
      "An *always* claim is judged at every step, an *eventually* claim once faults have stopped "
      "and the run has\nsettled, a *metamorphic* claim by comparing the run with others. A "
      "*sometimes* claim is for many runs: one that\ndoes not show it is vacuous, ten thousand "
      "without one that does violate it. Each claim catches a planted fault\n(`tests/faults/`).\n\n"
      "| property | kind | claim | rests on |\n|---|---|---|---|\n");
  for (const Property& p : kProperties) {
    absl::StrAppend(&page, "| `", View(p.name), "` | ", View(Name(p.kind)),
                    p.strict ? ", only when named" : "", " | ", View(p.claim), " | ", View(p.cites),
                    " |\n");
  }
  absl::StrAppend(&page,
                  "\n## Peers that are not Linux\n\nOne end may be the model of another stack: "
                  "`--b linux-6.12,peer=NAME`. Properties do not judge that end.\n\n"
                  "| peer | what it does | who did |\n|---|---|---|\n");
  for (const Quirk& peer : Peers()) {
    absl::StrAppend(&page, "| `", View(peer.name), "` | ", View(peer.what), " | ",
                    View(peer.source), " |\n");
  }
  return page;
}

}  // namespace finwait
