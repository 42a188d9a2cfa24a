#pragma once
// In: base, ticket. Out: RuleBook, the manager's three pieces as one immutable value. Never: I/O, a clock, a ticket's
// fate (that is route/decide). Start at: RuleBook, then parse.h, lint.h, hours.h, sync.h.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "ticket/ticket.h"

namespace tr::rules {

// The three pieces as text, and the optional tests. What RuleSource gives and RuleShelf keeps.
struct RuleFiles {
  std::string topics;                // topics.csv
  std::string teams;                 // teams.csv
  std::string rules;                 // rules.md
  std::optional<std::string> tests;  // rules.tests.csv
  bool operator==(const RuleFiles&) const = default;
};

// Where a ticket can be sent: a team, or a person and the team whose queue they stand in.
struct Place {
  std::string team;    // as the teams tab spells it
  std::string person;  // address, or empty
  bool operator==(const Place&) const = default;
};

struct Topic {
  std::string name;
  std::string meaning;
  Place place;
  Urgency urgency = Urgency::kLow;   // at least
  std::optional<double> hold_below;  // 0 to 1
  std::vector<std::string> examples;
  int row = 0;  // in the sheet, from 1; the header is row 1
};

// A span of a week in minutes since Monday 00:00, local time: begin included, end not. 0 <= begin < end <= 10080.
struct WeekSpan {
  int begin = 0;
  int end = 0;
  bool operator==(const WeekSpan&) const = default;
};

struct Team {
  std::string name;
  std::string slack_channel;  // "#name", an id, or empty
  std::string inbox;
  std::string lead;
  std::string manager;
  std::vector<std::string> members;
  bool always_open = true;
  std::vector<WeekSpan> hours;  // ascending; empty when always_open
  std::string time_zone = "UTC";
  std::optional<std::chrono::minutes> take_within;
  int row = 0;
};

// One word or phrase of the rules: folded words that must stand in a row; the last may be open at its end ("urgent*").
struct Phrase {
  std::vector<std::string> words;
  bool open_end = false;
  std::string text;  // as the manager wrote it
};

// "@globex.example" (the domain and its subdomains) or a whole address; lower case.
struct Sender {
  std::string text;
  bool whole_domain = false;
};

enum class ConditionKind { kTone, kUrgency, kVip, kSignal, kTopicIs, kLaneIs, kFrom, kSays, kSubjectSays };

struct Condition {
  bool negated = false;
  ConditionKind kind = ConditionKind::kVip;
  Tone tone = Tone::kCalm;
  Urgency urgency = Urgency::kLow;
  Signal signal = Signal::kOutage;
  std::vector<std::string> topics;  // as the sheet spells them
  std::vector<Lane> lanes;
  std::vector<Sender> senders;
  std::vector<Phrase> phrases;
};

// A bullet: what it says, and where it stands.
struct Bullet {
  int line = 0;      // in rules.md, from 1
  std::string text;  // what the manager wrote, cleaned of what Google Docs adds
};

struct SpecialRoute {
  Bullet bullet;
  std::vector<Condition> conditions;
  Place place;
};

struct PriorityRule {
  Bullet bullet;
  std::vector<Condition> conditions;
  Rank rank = Rank::kNormal;  // kNormal: the written exception
};

struct UrgencyWords {
  Bullet bullet;
  Urgency urgency = Urgency::kHigh;
  std::vector<Phrase> phrases;
};

struct SignalWords {
  Bullet bullet;
  Signal signal = Signal::kOutage;
  std::vector<Phrase> phrases;
};

struct Vip {
  Bullet bullet;
  Sender sender;
  std::optional<Place> goes_to;
  std::optional<Urgency> at_least;
};

struct NotTicket {
  Bullet bullet;
  std::vector<Condition> conditions;
};

struct HoldLimits {
  std::optional<double> less_sure_than;  // empty: automatic, the reader's own threshold
  int shorter_than_words = 3;
  std::chrono::minutes ping_lead_after{120};
  std::chrono::minutes ping_manager_after{360};
  int less_sure_line = 0;  // 0: the default, not written
  int shorter_line = 0;
};

struct ClosedDays {
  std::chrono::local_days first;  // both ends included
  std::chrono::local_days last;
};

struct Away {
  std::string person;
  std::chrono::local_days until;  // included
  std::string instead;
  Bullet bullet;
};

struct Hours {
  bool priority_waits = true;   // "priority outside hours: ping when the team is back"
  bool escalate_waits = false;  // "escalate outside hours: ping at once"
  std::vector<ClosedDays> closed;
  std::vector<Away> away;
};

// The manager's rules: parsed, consistent, immutable. A book with errors does not exist.
struct RuleBook {
  std::vector<Topic> topics;
  std::vector<Team> teams;
  std::vector<UrgencyWords> urgency_words;
  std::vector<SignalWords> signal_words;
  std::vector<Vip> vips;
  Urgency vip_floor = Urgency::kMedium;  // "everyone: at least …"
  std::vector<NotTicket> not_tickets;
  std::vector<SpecialRoute> special_routes;
  std::vector<PriorityRule> priority_rules;
  HoldLimits hold_limits;
  Hours hours;
  int version = 0;     // of the shelf; 0: not from a shelf
  std::string triage;  // the name of the team named Triage; "Triage" when there is none

  // Case-blind; null when unknown.
  const Topic* FindTopic(std::string_view name) const;
  const Team* FindTeam(std::string_view name) const;
  // The first team that names the person as a member, lead or manager, in that order of preference; null when unknown.
  const Team* TeamOf(std::string_view person) const;
  // What a known person may do: "lead" for a lead or manager of any team, "agent" for a member, "" for a stranger.
  std::string_view RoleOf(std::string_view person) const;
};

// The book in force. Replaced whole, never changed; readers keep the one they started with.
using RuleBookPtr = std::shared_ptr<const RuleBook>;

}  // namespace tr::rules
