#include "handoff/card.h"

#include <algorithm>

namespace tr::handoff {
namespace {

std::string RunnerUp(const Ticket& ticket, const Reading& reading) {
  for (const TopicScore& score : reading.ranking) {
    if (score.topic != ticket.tags.topic && score.topic != kUnsure) return score.topic;
  }
  return "";
}

std::string Label(const std::string& action, const std::string& runner_up) {
  if (action == "reassign" && !runner_up.empty()) return "→ " + runner_up;
  std::string label = action;
  label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

}  // namespace

std::vector<std::string> AvailableActions(const Ticket& ticket) {
  switch (ticket.state) {
    case State::kReceived:
    case State::kRead: return {"reassign", "bump", "split", "merge"};
    case State::kLanded: return {"take", "reassign", "bump", "split", "merge", "done", "undo"};
    case State::kTaken: return {"done", "release", "reassign", "bump", "split", "merge", "undo"};
    case State::kDone: return {"release", "merge", "undo"};
    case State::kMerged:
    case State::kSplit: return {"undo"};
    case State::kSetAside:
    case State::kSuspect: return {"restore"};
  }
  return {};
}

Card BuildCard(const Ticket& ticket, const std::vector<Message>& messages, const Reading* latest,
               const std::vector<Reason>& reasons, const std::string& base_url) {
  Card card;
  card.ticket = ticket.id;
  card.version = ticket.version;
  if (!base_url.empty()) card.link = base_url + "/#/tickets/" + ticket.id;
  card.subject = ticket.subject;
  card.customer = ticket.customer;
  card.lane = ticket.lane;
  card.state = ticket.state;
  card.move = ticket.move;
  card.rank = ticket.rank;
  card.team = ticket.team;
  card.person = ticket.person;
  card.taken_by = ticket.taken_by;
  card.tags = ticket.tags;
  card.reasons = reasons;
  card.links = ticket.links;
  card.received_at = ticket.received_at;
  if (latest != nullptr) {
    card.confidence = latest->confidence;
    card.evidence = latest->evidence;
    card.runner_up = RunnerUp(ticket, *latest);
  }
  for (const Message& message : messages) {
    if (message.author != Author::kCustomer) continue;
    card.messages.push_back({message.n, message.from.name.empty() ? message.from.address : message.from.name,
                             message.at, message.new_text.empty() ? message.text : message.new_text,
                             message.message_id});
    card.attachments.insert(card.attachments.end(), message.attachments.begin(), message.attachments.end());
  }
  card.joined = std::max(0, static_cast<int>(card.messages.size()) - 1);
  for (const std::string& action : AvailableActions(ticket)) {
    const bool one_click = action == "reassign" && !card.runner_up.empty();
    card.actions.push_back({action, Label(action, card.runner_up), one_click ? card.runner_up : ""});
  }
  return card;
}

}  // namespace tr::handoff
