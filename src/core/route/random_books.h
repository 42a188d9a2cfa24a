#pragma once
// Random rule books, readings and texts for the property tests: small vocabularies, so that rules fit often, and places
// that no team has, so that nothing may rest on a sound book. The same seed gives the same values on every machine.

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "route/decide.h"
#include "rules/book.h"

namespace tr::route {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  // 0 to sides - 1. Not a standard distribution: those differ from library to library.
  std::size_t Roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }
  bool OneIn(std::size_t sides) { return Roll(sides) == 0; }
  template <typename Values>
  auto Pick(const Values& values) {
    return values[Roll(values.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// Which rules a random book may have.
enum class BookKind {
  kAny,     // everything that the language can say
  kRising,  // only what a higher urgency, a worse tone, another signal or another word cannot make unfit
};

// The first four are teams of most books; nobody has the others.
inline constexpr std::array<std::string_view, 5> kTeamNames = {"Billing", "Shipping", "Triage", "Sales", "Ghost"};
inline constexpr std::array<std::string_view, 4> kPeople = {"ann@shop.example", "bob@shop.example", "cy@shop.example",
                                                            "ghost@shop.example"};
inline constexpr std::array<std::string_view, 4> kTopicNames = {"refund", "delivery", "login", "ghost"};
inline constexpr std::array<std::string_view, 5> kSenders = {"kim@mail.example", "lee@vip.example",
                                                             "joe@eu.vip.example", "pat@other.example", ""};
inline constexpr std::array<std::string_view, 4> kDomains = {"@vip.example", "@eu.vip.example", "lee@vip.example",
                                                             "@other.example"};
inline constexpr std::array<std::string_view, 8> kVocabulary = {"urgent", "broken",  "lawyer", "third",
                                                                "time",   "waiting", "parcel", "down"};
inline constexpr std::array kUrgencies = {Urgency::kLow, Urgency::kMedium, Urgency::kHigh};
inline constexpr std::array kTones = {Tone::kCalm, Tone::kFrustrated, Tone::kAngry};
inline constexpr std::array kSignalKinds = {Signal::kOutage, Signal::kPaymentFailure, Signal::kDeadline};
inline constexpr std::array kLanes = {Lane::kMail, Lane::kForm, Lane::kChat, Lane::kSplit};

class BookMaker {
 public:
  BookMaker(Dice& dice, BookKind kind) : dice_(dice), kind_(kind) {}

  rules::RuleBook Make() {
    MakeTeams();
    MakeTopics();
    MakeWords();
    MakeVips();
    for (std::size_t n = dice_.Roll(4); n > 0; --n) book_.special_routes.push_back({Bullet(), Conditions(), Place()});
    for (std::size_t n = dice_.Roll(6); n > 0; --n)
      book_.priority_rules.push_back({Bullet(), Conditions(), RuleRank()});
    MakeLimits();
    MakeHours();
    return std::move(book_);
  }

 private:
  rules::Bullet Bullet() {
    ++line_;
    return {line_, "bullet " + std::to_string(line_)};
  }

  std::string Person() { return std::string(dice_.Pick(kPeople)); }

  rules::Place Place() {
    rules::Place place;
    if (!dice_.OneIn(3)) place.team = dice_.Pick(kTeamNames);
    if (place.team.empty() || dice_.OneIn(3)) place.person = Person();
    return place;
  }

  void MakeTeams() {
    for (std::size_t i = 0; i + 1 < kTeamNames.size(); ++i) {
      if (dice_.OneIn(4)) continue;
      rules::Team team;
      team.name = kTeamNames[i];
      if (dice_.OneIn(2)) team.lead = kPeople[dice_.Roll(3)];
      if (dice_.OneIn(2)) team.manager = kPeople[dice_.Roll(3)];
      if (dice_.OneIn(2)) team.members.emplace_back(kPeople[dice_.Roll(3)]);
      team.time_zone = dice_.OneIn(2) ? "Europe/Berlin" : "America/New_York";
      team.always_open = dice_.OneIn(3);
      for (int day = 0; day < 5 && !team.always_open; ++day) {
        team.hours.push_back({day * 1440 + 540, day * 1440 + static_cast<int>(600 + dice_.Roll(800))});
      }
      book_.teams.push_back(std::move(team));
    }
    book_.triage = "Triage";
  }

  void MakeTopics() {
    for (std::size_t i = 0; i + 1 < kTopicNames.size(); ++i) {
      if (dice_.OneIn(4)) continue;
      rules::Topic topic;
      topic.name = kTopicNames[i];
      topic.place = Place();
      topic.urgency = dice_.Pick(kUrgencies);
      if (dice_.OneIn(3)) topic.hold_below = static_cast<double>(dice_.Roll(11)) / 10;
      topic.row = static_cast<int>(i) + 2;
      book_.topics.push_back(std::move(topic));
    }
  }

  rules::Phrase Phrase() {
    rules::Phrase phrase;
    phrase.words.emplace_back(dice_.Pick(kVocabulary));
    if (dice_.OneIn(3)) phrase.words.emplace_back(dice_.Pick(kVocabulary));
    phrase.open_end = dice_.OneIn(4);
    if (phrase.open_end) phrase.words.back().resize(2);
    phrase.text = phrase.words.front();
    return phrase;
  }

  void MakeWords() {
    for (std::size_t n = dice_.Roll(3); n > 0; --n) {
      book_.urgency_words.push_back({Bullet(), dice_.Pick(kUrgencies), {Phrase(), Phrase()}});
    }
    for (std::size_t n = dice_.Roll(3); n > 0; --n) {
      book_.signal_words.push_back({Bullet(), dice_.Pick(kSignalKinds), {Phrase()}});
    }
  }

  rules::Sender Sender() {
    const std::string_view text = dice_.Pick(kDomains);
    return {std::string(text), text.starts_with('@')};
  }

  void MakeVips() {
    for (std::size_t n = dice_.Roll(3); n > 0; --n) {
      rules::Vip vip{Bullet(), Sender(), std::nullopt, std::nullopt};
      if (dice_.OneIn(2)) vip.goes_to = Place();
      if (dice_.OneIn(2)) vip.at_least = dice_.Pick(kUrgencies);
      book_.vips.push_back(std::move(vip));
    }
    book_.vip_floor = dice_.Pick(kUrgencies);
  }

  rules::Condition AnyCondition() {
    rules::Condition condition;
    condition.negated = dice_.OneIn(4);
    condition.kind = static_cast<rules::ConditionKind>(dice_.Roll(9));
    condition.tone = dice_.Pick(kTones);
    condition.urgency = dice_.Pick(kUrgencies);
    condition.signal = dice_.Pick(kSignalKinds);
    condition.topics.emplace_back(dice_.Pick(kTopicNames));
    condition.lanes.push_back(dice_.Pick(kLanes));
    condition.senders.push_back(Sender());
    condition.phrases = {Phrase(), Phrase()};
    return condition;
  }

  std::vector<rules::Condition> Conditions() {
    std::vector<rules::Condition> conditions;
    for (std::size_t n = 1 + dice_.Roll(2); n > 0; --n) {
      rules::Condition condition = AnyCondition();
      if (kind_ == BookKind::kRising) {
        condition.negated = false;
        condition.tone = Tone::kAngry;
        condition.urgency = Urgency::kHigh;
      }
      conditions.push_back(std::move(condition));
    }
    return conditions;
  }

  Rank RuleRank() {
    if (kind_ == BookKind::kAny && dice_.OneIn(4)) return Rank::kNormal;
    return dice_.OneIn(2) ? Rank::kPriority : Rank::kEscalate;
  }

  void MakeLimits() {
    if (dice_.OneIn(2)) book_.hold_limits.less_sure_than = static_cast<double>(dice_.Roll(11)) / 10;
    book_.hold_limits.shorter_than_words = static_cast<int>(dice_.Roll(4));
    book_.hold_limits.less_sure_line = dice_.OneIn(2) ? ++line_ : 0;
  }

  void MakeHours() {
    book_.hours.priority_waits = dice_.OneIn(2);
    book_.hours.escalate_waits = dice_.OneIn(2);
    const auto day = std::chrono::local_days(std::chrono::year(2026) / 12 / 1);
    if (dice_.OneIn(3)) book_.hours.closed.push_back({day, day + std::chrono::days(dice_.Roll(40))});
    if (dice_.OneIn(3)) {
      book_.hours.away.push_back({Person(), day + std::chrono::days(dice_.Roll(40)), Person(), Bullet()});
    }
  }

  Dice& dice_;
  const BookKind kind_;
  rules::RuleBook book_;
  int line_ = 10;
};

inline rules::RuleBook RandomBook(Dice& dice, BookKind kind) { return BookMaker(dice, kind).Make(); }

inline Reading RandomReading(Dice& dice) {
  Reading reading;
  reading.topic = dice.OneIn(6) ? std::string(kUnsure) : std::string(dice.Pick(kTopicNames));
  reading.confidence = static_cast<double>(dice.Roll(11)) / 10;
  reading.sure_at = static_cast<double>(dice.Roll(11)) / 10;
  reading.urgency = dice.Pick(kUrgencies);
  reading.tone = dice.Pick(kTones);
  if (dice.OneIn(4)) reading.signals.Add(dice.Pick(kSignalKinds));
  return reading;
}

// Of the words that random books know; empty one time in eight.
inline std::string RandomText(Dice& dice) {
  std::string text;
  for (std::size_t n = dice.Roll(8); n > 0; --n) text += std::string(dice.Pick(kVocabulary)) + " ";
  return text;
}

// What every human, sender and lane can say; without a reading.
inline Question RandomQuestion(Dice& dice) {
  Question question;
  question.lane = dice.Pick(kLanes);
  question.from = dice.Pick(kSenders);
  if (dice.OneIn(5)) question.verification = Verification::kFailed;
  question.subject = RandomText(dice);
  question.new_text = RandomText(dice);
  question.automated = dice.OneIn(6);
  if (dice.OneIn(6)) question.bumped = dice.Pick(kUrgencies);
  if (dice.OneIn(6)) question.fixed_topic = dice.Pick(kTopicNames);
  question.fixed_place = dice.OneIn(6);
  if (question.fixed_place && dice.OneIn(2)) question.fixed_person = dice.Pick(kPeople);
  if (question.fixed_place && dice.OneIn(2)) question.fixed_team = dice.Pick(kTeamNames);
  return question;
}

}  // namespace tr::route
