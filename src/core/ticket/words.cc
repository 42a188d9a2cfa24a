#include "ticket/words.h"

#include "ticket/ticket.h"

namespace tr {
namespace {

// The enumerator among `values` that has this name.
template <typename Enum>
std::optional<Enum> Parse(std::initializer_list<Enum> values, std::string_view name) {
  for (const Enum value : values) {
    if (Name(value) == name) return value;
  }
  return std::nullopt;
}

constexpr std::initializer_list<Signal> kSignals = {Signal::kOutage, Signal::kPaymentFailure, Signal::kDeadline};

}  // namespace

std::vector<Signal> Signals::List() const {
  std::vector<Signal> list;
  for (const Signal signal : kSignals) {
    if (Has(signal)) list.push_back(signal);
  }
  return list;
}

std::string_view Name(Lane lane) {
  switch (lane) {
    case Lane::kMail: return "mail";
    case Lane::kForm: return "form";
    case Lane::kChat: return "chat";
    case Lane::kSplit: return "split";
  }
  return "";
}

std::string_view Name(Urgency urgency) {
  switch (urgency) {
    case Urgency::kLow: return "low";
    case Urgency::kMedium: return "medium";
    case Urgency::kHigh: return "high";
  }
  return "";
}

std::string_view Name(Tone tone) {
  switch (tone) {
    case Tone::kCalm: return "calm";
    case Tone::kFrustrated: return "frustrated";
    case Tone::kAngry: return "angry";
  }
  return "";
}

std::string_view Name(Signal signal) {
  switch (signal) {
    case Signal::kOutage: return "outage";
    case Signal::kPaymentFailure: return "payment_failure";
    case Signal::kDeadline: return "deadline";
  }
  return "";
}

std::string_view Name(Move move) {
  switch (move) {
    case Move::kRoute: return "route";
    case Move::kPriority: return "priority";
    case Move::kEscalate: return "escalate";
    case Move::kHold: return "hold";
  }
  return "";
}

std::string_view Name(Rank rank) {
  switch (rank) {
    case Rank::kNormal: return "normal";
    case Rank::kPriority: return "priority";
    case Rank::kEscalate: return "escalate";
  }
  return "";
}

std::string_view Name(State state) {
  switch (state) {
    case State::kReceived: return "received";
    case State::kRead: return "read";
    case State::kLanded: return "landed";
    case State::kTaken: return "taken";
    case State::kDone: return "done";
    case State::kMerged: return "merged";
    case State::kSplit: return "split";
    case State::kSetAside: return "set_aside";
    case State::kSuspect: return "suspect";
  }
  return "";
}

std::string_view Name(Machine machine) {
  switch (machine) {
    case Machine::kNone: return "no";
    case Machine::kAutoReply: return "autoreply";
    case Machine::kBounce: return "bounce";
    case Machine::kList: return "list";
    case Machine::kOwn: return "own";
  }
  return "";
}

std::string_view Name(Verification verification) {
  switch (verification) {
    case Verification::kUnverified: return "unverified";
    case Verification::kVerified: return "verified";
    case Verification::kFailed: return "failed";
  }
  return "";
}

std::string_view Name(Author author) {
  switch (author) {
    case Author::kCustomer: return "customer";
    case Author::kTeam: return "team";
    case Author::kNote: return "note";
  }
  return "";
}

std::string_view Name(MessageState state) {
  switch (state) {
    case MessageState::kReceived: return "received";
    case MessageState::kHandled: return "handled";
  }
  return "";
}

std::optional<Lane> ParseLane(std::string_view name) {
  return Parse({Lane::kMail, Lane::kForm, Lane::kChat, Lane::kSplit}, name);
}

std::optional<Urgency> ParseUrgency(std::string_view name) {
  return Parse({Urgency::kLow, Urgency::kMedium, Urgency::kHigh}, name);
}

std::optional<Tone> ParseTone(std::string_view name) {
  return Parse({Tone::kCalm, Tone::kFrustrated, Tone::kAngry}, name);
}

std::optional<Signal> ParseSignal(std::string_view name) {
  return name == "payment failure" ? Signal::kPaymentFailure : Parse(kSignals, name);
}

std::optional<Move> ParseMove(std::string_view name) {
  return Parse({Move::kRoute, Move::kPriority, Move::kEscalate, Move::kHold}, name);
}

std::optional<Rank> ParseRank(std::string_view name) {
  return Parse({Rank::kNormal, Rank::kPriority, Rank::kEscalate}, name);
}

std::optional<State> ParseState(std::string_view name) {
  return Parse({State::kReceived, State::kRead, State::kLanded, State::kTaken, State::kDone, State::kMerged,
                State::kSplit, State::kSetAside, State::kSuspect},
               name);
}

std::optional<Machine> ParseMachine(std::string_view name) {
  return Parse({Machine::kNone, Machine::kAutoReply, Machine::kBounce, Machine::kList, Machine::kOwn}, name);
}

std::optional<Verification> ParseVerification(std::string_view name) {
  return Parse({Verification::kUnverified, Verification::kVerified, Verification::kFailed}, name);
}

std::optional<Author> ParseAuthor(std::string_view name) {
  return Parse({Author::kCustomer, Author::kTeam, Author::kNote}, name);
}

std::optional<MessageState> ParseMessageState(std::string_view name) {
  return Parse({MessageState::kReceived, MessageState::kHandled}, name);
}

}  // namespace tr
