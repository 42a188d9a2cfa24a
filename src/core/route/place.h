#pragma once
// Where: a human's word, the VIP's "goes to", the special routes from the top, the topic's team, else triage.

#include "route/inquiry.h"

namespace tr::route {

struct Placement {
  rules::Place place;  // a team of the book with or without a person, or triage
  bool held = false;   // nobody knows where: triage
  ReasonAt decided;
  const rules::Away* away = nullptr;  // the entry by which the person is a stand-in
};

// Adds the reasons of place and hold to the inquiry and marks the one that decided.
Placement FindPlacement(Inquiry& inquiry, Time now);

}  // namespace tr::route
