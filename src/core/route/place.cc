#include "route/place.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "rules/hours.h"
#include "rules/sure_at.h"

namespace tr::route {
namespace {

using rules::Place;
using rules::RuleBook;

// The place as the teams tab spells it; nothing when it names a team or a person that the book does not know.
std::optional<Place> Known(const RuleBook& book, const Place& place) {
  const rules::Team* home = place.person.empty() ? nullptr : book.TeamOf(place.person);
  if (!place.person.empty() && home == nullptr) return std::nullopt;
  const rules::Team* team = place.team.empty() ? home : book.FindTeam(place.team);
  if (team == nullptr) return std::nullopt;
  return Place{team->name, place.person};
}

Placement At(const RuleBook& book, const Place& place, ReasonAt decided) {
  return {Known(book, place).value_or(Place{book.triage, {}}), false, decided, nullptr};
}

// "70%", "72.5%".
std::string Percent(double share) {
  std::array<char, 16> text{};
  const double percent = share >= 0 ? std::min(share, 1.0) * 100 : 0;  // also of what is no number
  const int size = std::snprintf(text.data(), text.size(), "%.3g%%", percent);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

// A hold limit: the bullet that says it, or the standard that stands where none is written.
std::size_t AddLimit(Inquiry& inquiry, int line, std::string text, std::string hit) {
  if (line == 0) return inquiry.AddStandard(text, std::move(hit));
  return inquiry.AddBullet({line, std::move(text)}, std::move(hit));
}

// Why the topic is unsure. REQUIRES: it is.
std::size_t AddUnsure(Inquiry& inquiry) {
  const Reading* reading = inquiry.question().reading;
  if (reading == nullptr) return inquiry.AddStandard("no reading");
  const RuleBook& book = inquiry.book();
  const rules::Topic* topic = reading->topic == kUnsure ? nullptr : book.FindTopic(reading->topic);
  const auto& limit = book.hold_limits.less_sure_than;
  const std::string bullet = "hold when less sure than: " + (limit ? Percent(*limit) : "automatic");
  if (topic == nullptr) return AddLimit(inquiry, book.hold_limits.less_sure_line, bullet, "topic unsure");
  const std::string hit = topic->name + " at " + Percent(reading->confidence) + ", sure from " +
                          Percent(rules::SureAt(book, *topic, reading->sure_at));
  if (!topic->hold_below) return AddLimit(inquiry, book.hold_limits.less_sure_line, bullet, hit);
  return inquiry.Add({"topics", topic->row,
                      "topic " + topic->name + ": hold when less sure than: " + Percent(*topic->hold_below), hit,
                      false});
}

bool IsNearlyEmpty(const Inquiry& inquiry) {
  // A human who named the topic has read it.
  return !inquiry.topic_is_human() && inquiry.body_words() < inquiry.book().hold_limits.shorter_than_words;
}

std::size_t AddNearlyEmpty(Inquiry& inquiry) {
  const rules::HoldLimits& limits = inquiry.book().hold_limits;
  const std::string words = limits.shorter_than_words == 1 ? " word" : " words";
  return AddLimit(inquiry, limits.shorter_line,
                  "hold when shorter than: " + std::to_string(limits.shorter_than_words) + words, {});
}

// All special routes that fit become reasons; the answer is the first.
std::pair<const rules::SpecialRoute*, ReasonAt> FindSpecialRoute(Inquiry& inquiry) {
  std::pair<const rules::SpecialRoute*, ReasonAt> first{};
  std::string hit;
  for (const rules::SpecialRoute& route : inquiry.book().special_routes) {
    if (!rules::Fit(route.conditions, inquiry.facts(), &hit)) continue;
    const std::size_t reason = inquiry.AddBullet(route.bullet, hit);
    if (first.first == nullptr) first = {&route, reason};
  }
  return first;
}

// REQUIRES: neither a human nor a VIP entry nor a special route says where.
Placement PlaceByTopic(Inquiry& inquiry) {
  const RuleBook& book = inquiry.book();
  const rules::Topic* topic = inquiry.topic();
  ReasonAt hold;
  if (topic == nullptr) hold = AddUnsure(inquiry);
  if (IsNearlyEmpty(inquiry)) {
    const std::size_t empty = AddNearlyEmpty(inquiry);
    if (!hold) hold = empty;
  }
  std::optional<Place> place;
  if (topic != nullptr) place = Known(book, topic->place);
  if (!hold && !place) hold = inquiry.AddStandard("topic " + topic->name + " has no team");
  if (hold) return {{book.triage, {}}, true, hold, nullptr};
  return {*std::move(place), false, inquiry.topic_reason(), nullptr};
}

Placement FindPlace(Inquiry& inquiry) {
  const Question& question = inquiry.question();
  const auto [route, reason] = FindSpecialRoute(inquiry);
  if (question.fixed_place) {
    return At(inquiry.book(), {question.fixed_team, question.fixed_person}, inquiry.AddStandard("moved by a person"));
  }
  const rules::Vip* vip = inquiry.vip();
  if (vip != nullptr && vip->goes_to) return At(inquiry.book(), *vip->goes_to, inquiry.vip_reason());
  if (route != nullptr) return At(inquiry.book(), route->place, reason);
  return PlaceByTopic(inquiry);
}

// A person who is away is stood in for; the queue stays.
void StandInForPerson(Inquiry& inquiry, Placement& placement, Time now) {
  rules::Place& place = placement.place;
  const rules::Team* team = place.person.empty() ? nullptr : inquiry.book().FindTeam(place.team);
  placement.away = team == nullptr ? nullptr : rules::FindAway(inquiry.book(), *team, place.person, now);
  if (placement.away == nullptr) return;
  place.person = placement.away->instead;
  inquiry.MarkDecided(inquiry.AddBullet(placement.away->bullet, placement.away->person));
}

}  // namespace

Placement FindPlacement(Inquiry& inquiry, Time now) {
  Placement placement = FindPlace(inquiry);
  inquiry.MarkDecided(placement.decided);
  // A human's word stands although the person be away: they chose this one.
  if (!inquiry.question().fixed_place) StandInForPerson(inquiry, placement, now);
  return placement;
}

}  // namespace tr::route
