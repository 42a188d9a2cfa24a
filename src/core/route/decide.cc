#include "route/decide.h"

#include "route/inquiry.h"
#include "route/ping.h"
#include "route/place.h"
#include "route/rank.h"

namespace tr::route {
namespace {

Move MoveOf(bool held, Rank rank) {
  if (held) return Move::kHold;
  switch (rank) {
    case Rank::kNormal: return Move::kRoute;
    case Rank::kPriority: return Move::kPriority;
    case Rank::kEscalate: return Move::kEscalate;
  }
  return Move::kRoute;
}

Tags TagsOf(const Inquiry& inquiry) {
  const rules::Facts& facts = inquiry.facts();
  const std::string_view topic = inquiry.topic() == nullptr ? kUnsure : facts.topic;
  return {std::string(topic), facts.urgency, facts.tone, facts.signals, facts.vip};
}

// The one ping, if any; a stand-in's entry becomes a reason unless it is one already.
std::vector<Ping> FindPings(Inquiry& inquiry, const Placement& placement, Rank rank, Time now) {
  if (inquiry.question().automated) return {};
  auto call = FindFirstCall(inquiry.book(), placement.place.team, rank, placement.held, now);
  if (!call) return {};
  if (call->away != nullptr && call->away != placement.away) {
    inquiry.MarkDecided(inquiry.AddBullet(call->away->bullet, call->away->person));
  }
  return {std::move(call->ping)};
}

}  // namespace

Decision Decide(const Question& question, const rules::RuleBook& book, Time now) {
  Inquiry inquiry(question, book);
  const Placement placement = FindPlacement(inquiry, now);
  const Loudness loudness = FindLoudness(inquiry);
  Decision decision;
  decision.move = MoveOf(placement.held, loudness.rank);
  decision.rank = loudness.rank;
  decision.team = placement.place.team;
  decision.person = placement.place.person;
  decision.tags = TagsOf(inquiry);
  decision.pings = FindPings(inquiry, placement, loudness.rank, now);
  // What a human asks first: why held, else why so loud, else why there.
  decision.reasons = inquiry.TakeReasons(placement.held || !loudness.decided ? placement.decided : loudness.decided);
  return decision;
}

}  // namespace tr::route
