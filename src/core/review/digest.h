#pragma once
// The week in one mail to triage: every ticket that fell to triage, misroutes by topic, what jumped the queue and by
// which rule, volume, cost.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/ledger.h"

namespace tr::review {

struct HeldTicket {
  std::string ticket;
  Time received_at{};
  std::string because;  // why it was held
};

// A ticket that nobody took in its time and that waits still.
struct UntakenTicket {
  std::string ticket;
  std::string team;
  Time late_since{};
};

struct Digest {
  Time from{};
  Time to{};
  int tickets = 0;
  int set_aside = 0;
  int merged = 0;
  std::map<std::string, int> by_team;  // where they landed
  std::vector<HeldTicket> held;        // oldest first, at most kMaxHeld; all are counted
  int held_count = 0;
  std::map<std::string, int> misroutes;  // "delivery → refund": how often a human said so
  int jumped = 0;                        // landed above normal
  std::map<std::string, int> jumped_by;  // the rule that decided: how often
  std::int64_t cost_micros = 0;          // of reading these tickets, by now; as Reading::cost_micros
  int undelivered = 0;                   // dead-lettered
  std::map<std::string, int> called;     // by team: tickets that somebody had to be called for
  std::vector<UntakenTicket> untaken;    // as of now, the latest first; whoever makes the digest puts them in
};

inline constexpr int kMaxHeld = 200;

struct DigestPorts {
  store::Tickets& tickets;
  store::Audit& audit;
  store::Corrections& corrections;
};

// Of everything received, decided and corrected from `from` (included) to `to` (not).
Result<Digest> MakeDigest(const DigestPorts& ports, Time from, Time to);

// Plain text, without a customer's words: ids, times, rules, numbers.
std::string Format(const Digest& digest);

}  // namespace tr::review
