#include "ticket/steps.h"

#include <initializer_list>

namespace tr {
namespace {

bool IsOneOf(State state, std::initializer_list<State> states) {
  for (const State one : states) {
    if (one == state) return true;
  }
  return false;
}

}  // namespace

bool MayStep(State from, State to) {
  if (from == to) return true;
  switch (from) {
    case State::kReceived:
      return IsOneOf(to,
                     {State::kRead, State::kLanded, State::kMerged, State::kSetAside, State::kSuspect, State::kSplit});
    case State::kRead: return IsOneOf(to, {State::kLanded, State::kMerged, State::kSetAside});
    case State::kLanded: return IsOneOf(to, {State::kTaken, State::kDone, State::kMerged, State::kSplit});
    case State::kTaken: return IsOneOf(to, {State::kLanded, State::kDone, State::kMerged, State::kSplit});
    case State::kDone: return IsOneOf(to, {State::kLanded, State::kMerged});
    case State::kMerged: return IsOneOf(to, {State::kLanded, State::kTaken, State::kDone});
    case State::kSplit: return IsOneOf(to, {State::kLanded, State::kTaken});
    case State::kSetAside: return to == State::kReceived;
    case State::kSuspect: return to == State::kReceived;
  }
  return false;
}

bool IsOpen(State state) { return IsOneOf(state, {State::kReceived, State::kRead, State::kLanded, State::kTaken}); }

bool IsQueued(State state) { return IsOneOf(state, {State::kLanded, State::kTaken}); }

}  // namespace tr
