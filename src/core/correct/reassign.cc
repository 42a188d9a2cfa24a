// Reassign and bump: a human says where, what about, or how urgent; the rules decide the rest anew.

#include <utility>

#include "correct/act.h"

namespace tr::correct {
namespace {

std::string Known(const rules::RuleBook& book, bool topics) {
  std::string names;
  const auto add = [&names](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  if (topics) {
    for (const rules::Topic& topic : book.topics) add(topic.name);
  } else {
    for (const rules::Team& team : book.teams) add(team.name);
  }
  return names;
}

// The team's only topic, or of several the one that the reading holds likeliest, or the first; empty when it has none.
std::string TopicOfTeam(const rules::RuleBook& book, const std::string& team, const std::optional<Reading>& reading) {
  std::vector<std::string> topics;
  for (const rules::Topic& topic : book.topics) {
    if (topic.place.team == team) topics.push_back(topic.name);
  }
  if (reading) {
    for (const TopicScore& score : reading->ranking) {
      for (const std::string& topic : topics) {
        if (topic == score.topic) return topic;
      }
    }
  }
  return topics.empty() ? "" : topics.front();
}

Result<Ticket> Placed(const Scene& scene, const Reassign& action) {
  const rules::RuleBook& book = *scene.book;
  Ticket after = scene.ticket;
  if (!action.topic.empty()) {
    const rules::Topic* topic = book.FindTopic(action.topic);
    if (topic == nullptr) return Invalid("no such topic; topics: " + Known(book, true));
    after.fixed_topic = topic->name;
    after.fixed_team = topic->place.team;
    after.fixed_person = topic->place.person;
  } else if (!action.team.empty()) {
    const rules::Team* team = book.FindTeam(action.team);
    if (team == nullptr) return Invalid("no such team; teams: " + Known(book, false));
    const std::string topic = TopicOfTeam(book, team->name, scene.reading);
    if (!topic.empty()) after.fixed_topic = topic;
    after.fixed_team = team->name;
    after.fixed_person.clear();
  } else {
    const rules::Team* team = book.TeamOf(action.person);
    if (team == nullptr) return Invalid("this person is in no team of the sheet; add them to a team's Members");
    after.fixed_team = team->name;
    after.fixed_person = action.person;
  }
  after.fixed_place = true;
  // Whoever had it gave it away.
  if (after.state == State::kTaken) {
    after.state = State::kLanded;
    after.taken_by.clear();
    after.taken_at.reset();
  }
  return after;
}

}  // namespace

Result<Act> DoReassign(const Scene& scene, const Reassign& action, const handoff::Settings& settings) {
  const int named = static_cast<int>(!action.topic.empty()) + static_cast<int>(!action.team.empty()) +
                    static_cast<int>(!action.person.empty());
  if (named != 1) return Invalid("name exactly one of topic, team and person");
  TR_ASSIGN(Ticket after, Placed(scene, action));
  Act act = Redecide(scene, std::move(after), settings);
  // To a person alone says nothing of the topic.
  if (action.person.empty() && !act.landing.after.fixed_topic.empty()) {
    act.correction.to_topic = act.landing.after.fixed_topic;
    act.correction.redacted_text = LessonOf(scene.ticket, scene.messages);
  }
  return act;
}

Result<Act> DoBump(const Scene& scene, const Bump& action, const handoff::Settings& settings) {
  Ticket after = scene.ticket;
  after.bumped = action.urgency;
  if (after.move != Move::kHold && !after.team.empty() && !after.fixed_place) {
    // A new urgency does not move it elsewhere: the rules may have changed since it landed.
    after.fixed_topic = after.tags.topic == kUnsure ? "" : after.tags.topic;
    after.fixed_team = after.team;
    after.fixed_person = after.person;
    after.fixed_place = true;
  }
  Act act = Redecide(scene, std::move(after), settings);
  act.correction.reason = action.reason;
  return act;
}

}  // namespace tr::correct
