#pragma once
// In: base. Out: the domain's words as types: lane, urgency, tone, signals, move, rank, state. Never: behaviour.
// Start at: Move.
//
// Every enum has Name(), the spelling in the API and the store, and Parse…(), its inverse.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tr {

enum class Lane : std::uint8_t { kMail, kForm, kChat, kSplit };
enum class Urgency : std::uint8_t { kLow, kMedium, kHigh };
enum class Tone : std::uint8_t { kCalm, kFrustrated, kAngry };
enum class Signal : std::uint8_t { kOutage, kPaymentFailure, kDeadline };

// Where a ticket goes and how loudly.
enum class Move : std::uint8_t { kRoute, kPriority, kEscalate, kHold };

// A ticket's place in a queue: escalate before priority before normal.
enum class Rank : std::uint8_t { kNormal, kPriority, kEscalate };

enum class State : std::uint8_t { kReceived, kRead, kLanded, kTaken, kDone, kMerged, kSplit, kSetAside, kSuspect };

// What machine mail is recognised as (RFC 3834, 3464, 2369); kNone: a human wrote it, as far as anyone can tell.
enum class Machine : std::uint8_t { kNone, kAutoReply, kBounce, kList, kOwn };

// Whether the sender is who they say: the verdict of a trusted server (DMARC), or none.
enum class Verification : std::uint8_t { kUnverified, kVerified, kFailed };

// A small set of signals.
class Signals {
 public:
  constexpr Signals() = default;
  constexpr Signals(std::initializer_list<Signal> signals) {
    for (const Signal signal : signals) Add(signal);
  }
  constexpr void Add(Signal signal) { bits_ = static_cast<std::uint8_t>(bits_ | Bit(signal)); }
  constexpr bool Has(Signal signal) const { return (bits_ & Bit(signal)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr Signals operator|(Signals other) const {
    Signals both;
    both.bits_ = static_cast<std::uint8_t>(bits_ | other.bits_);
    return both;
  }
  constexpr bool operator==(const Signals&) const = default;
  // In the order of the enum.
  std::vector<Signal> List() const;

 private:
  static constexpr std::uint8_t Bit(Signal signal) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(signal));
  }
  std::uint8_t bits_ = 0;
};

// "mail", "form", "chat", "split".
std::string_view Name(Lane lane);
// "low", "medium", "high".
std::string_view Name(Urgency urgency);
// "calm", "frustrated", "angry".
std::string_view Name(Tone tone);
// "outage", "payment_failure", "deadline".
std::string_view Name(Signal signal);
// "route", "priority", "escalate", "hold".
std::string_view Name(Move move);
// "normal", "priority", "escalate".
std::string_view Name(Rank rank);
// "received", "read", "landed", "taken", "done", "merged", "split", "set_aside", "suspect".
std::string_view Name(State state);
// "no", "autoreply", "bounce", "list", "own".
std::string_view Name(Machine machine);
// "unverified", "verified", "failed".
std::string_view Name(Verification verification);

std::optional<Lane> ParseLane(std::string_view name);
std::optional<Urgency> ParseUrgency(std::string_view name);
std::optional<Tone> ParseTone(std::string_view name);
// Takes "payment failure" as well as "payment_failure".
std::optional<Signal> ParseSignal(std::string_view name);
std::optional<Move> ParseMove(std::string_view name);
std::optional<Rank> ParseRank(std::string_view name);
std::optional<State> ParseState(std::string_view name);
std::optional<Machine> ParseMachine(std::string_view name);
std::optional<Verification> ParseVerification(std::string_view name);

// The topic of a ticket that nobody could name.
inline constexpr std::string_view kUnsure = "unsure";

}  // namespace tr
