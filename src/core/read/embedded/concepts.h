#pragma once
// What a support team's words mean, across four languages: "refund", "Erstattung", "remboursement" and "reembolso" are
// one concept. It lets a sheet with English examples read a German ticket, and a few examples reach further. Written by
// hand.

#include <string_view>

namespace tr::read {

// The number of the word's concept, from 0; -1: none. `folded`: lower case, without accents.
int ConceptOf(std::string_view folded);

}  // namespace tr::read
