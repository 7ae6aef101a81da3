// SPDX-License-Identifier: Apache-2.0
//
// The relations (metamorphic properties). Of three the runs must be the same step by step, of the
// last the two ends must have taken the same text in the end, unless a reset ended a run.
#ifndef FINWAIT_PROPS_RELATIONS_H_
#define FINWAIT_PROPS_RELATIONS_H_

#include "props/property.h"

namespace finwait {

struct NumbersDoNotMatter {
  static Verdict Judge(const PairSetup& setup, std::span<const Choice> choices);
  static std::optional<Variant> Counterpart(const PairSetup& setup,
                                            std::span<const Choice> choices);
  static std::string Tells(const Counterexample& e);
};

struct SidesDoNotMatter {
  static Verdict Judge(const PairSetup& setup, std::span<const Choice> choices);
  static std::optional<Variant> Counterpart(const PairSetup& setup,
                                            std::span<const Choice> choices);
  static std::string Tells(const Counterexample& e);
};

struct IdleTimeDoesNotMatter {
  static Verdict Judge(const PairSetup& setup, std::span<const Choice> choices);
  static std::optional<Variant> Counterpart(const PairSetup& setup,
                                            std::span<const Choice> choices);
  static std::string Tells(const Counterexample& e);
};

struct WayDoesNotMatter {
  static Verdict Judge(const PairSetup& setup, std::span<const Choice> choices);
  static std::optional<Variant> Counterpart(const PairSetup& setup,
                                            std::span<const Choice> choices);
  static std::string Tells(const Counterexample& e);
};

inline constexpr Property kNumbersDoNotMatter{
    .name = "numbers-do-not-matter",
    .claim =
        "With other initial sequence numbers, near their wrap among them, the run is the same.",
    .cites = "RFC 9293 3.4, 3.4.1",
    .kind = Kind::kMetamorphic,
    .relation = RelationOf<NumbersDoNotMatter>(),
    .tells = &NumbersDoNotMatter::Tells,
};

inline constexpr Property kSidesDoNotMatter{
    .name = "sides-do-not-matter",
    .claim = "With A in B's place and B in A's, numbers left where they are, the run is the same.",
    .cites = "RFC 9293 3.6 (either side may initiate the close)",
    .kind = Kind::kMetamorphic,
    .relation = RelationOf<SidesDoNotMatter>(),
    .tells = &SidesDoNotMatter::Tells,
};

inline constexpr Property kIdleTimeDoesNotMatter{
    .name = "idle-time-does-not-matter",
    .claim =
        "After two years without a segment the run is the same, and all of it that much later.",
    .cites = "RFC 9293 3.8.3, 3.8.4 (connections may stay idle)",
    .kind = Kind::kMetamorphic,
    .relation = RelationOf<IdleTimeDoesNotMatter>(),
    .tells = &IdleTimeDoesNotMatter::Tells,
};

inline constexpr Property kWayDoesNotMatter{
    .name = "way-does-not-matter",
    .claim =
        "The text that both ends have taken in the end does not depend on the order of delivery, "
        "on how "
        "text was split into calls, on timestamps or on selective acknowledgements.",
    .cites = "RFC 9293 3.4, 3.9.1.2 (a stream), RFC 7323 5, RFC 2018 5",
    .kind = Kind::kMetamorphic,
    .relation = RelationOf<WayDoesNotMatter>(),
    .tells = &WayDoesNotMatter::Tells,
};

}  // namespace finwait

#endif  // FINWAIT_PROPS_RELATIONS_H_
