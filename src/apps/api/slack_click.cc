#include "api/slack_click.h"

#include <algorithm>
#include <boost/json.hpp>
#include <variant>

#include "base/text.h"
#include "channels/slack_modals.h"
#include "handoff/load_card.h"

namespace tr::api {
namespace {

// Slack shows an error after three seconds; a click makes one or two of these calls.
constexpr Duration kSlackPatience = std::chrono::milliseconds(1200);
constexpr int kTries = 3;

// The latest thing that a person did to the ticket after `version`; nothing: only the router touched it.
Result<std::optional<store::AuditRow>> ActedSince(wiring::App& app, const std::string& ticket, std::int64_t version) {
  TR_ASSIGN(const std::vector<store::AuditRow> rows, app.ports().audit.OfTicket(ticket));
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (row->version <= version || row->actor == "router") continue;
    if (store::ParseCorrectionKind(row->kind)) return std::optional<store::AuditRow>(*row);
  }
  return std::optional<store::AuditRow>();
}

// Whether the ticket is already what the action would make of it, by the same person: the second half of a double
// click.
bool IsDone(const correct::Action& action, const Ticket& ticket, const store::AuditRow& acted,
            const std::string& person) {
  const store::CorrectionKind kind = correct::KindOf(action);
  if (acted.actor != person || acted.kind != Name(kind)) return false;
  if (const auto* reassign = std::get_if<correct::Reassign>(&action)) {
    if (!reassign->topic.empty()) return EqualsIgnoreCaseAscii(ticket.fixed_topic, reassign->topic);
    if (!reassign->team.empty()) return EqualsIgnoreCaseAscii(ticket.team, reassign->team);
    return EqualsIgnoreCaseAscii(ticket.person, reassign->person);
  }
  if (const auto* bump = std::get_if<correct::Bump>(&action)) return ticket.bumped == bump->urgency;
  return true;
}

Fault ChangedBy(const store::AuditRow& acted) {
  return Conflict("Nothing was done: " + acted.actor + " changed this ticket meanwhile (" + acted.kind +
                  "). The card shows it as it is now; click again if you still want to.");
}

Result<bool> IsMemberOfItsTeam(wiring::App& app, channels::SlackWorkspace& slack, const channels::SlackClick& click) {
  const rules::RuleBookPtr book = app.rules().book();
  TR_ASSIGN(const Ticket ticket, app.ports().tickets.Get(click.spot.key.ticket));
  const rules::Team* team = book == nullptr ? nullptr : book->FindTeam(ticket.team);
  if (team == nullptr || !channels::IsSlackAddress(team->slack_channel)) return false;
  TR_ASSIGN(const channels::SlackPlace place, slack.directory().FindPlace(team->slack_channel, kSlackPatience));
  if (place.shared) return false;
  return slack.directory().IsMember(place.id, click.user, kSlackPatience);
}

}  // namespace

Result<Clicker> WhoClicked(wiring::App& app, channels::SlackWorkspace& slack, const channels::SlackClick& click) {
  TR_ASSIGN(const channels::SlackPerson person, slack.directory().FindPerson(click.user, kSlackPatience));
  if (person.outsider) return Clicker{"", "Only people of this workspace can work tickets."};
  const rules::RuleBookPtr book = app.rules().book();
  if (book != nullptr && !person.address.empty() && !book->RoleOf(person.address).empty()) {
    return Clicker{person.address, ""};
  }
  const std::string name = person.address.empty() ? "slack:" + click.user : person.address;
  if (slack.settings().members_may_act) {
    TR_ASSIGN(const bool member, IsMemberOfItsTeam(app, slack, click));
    if (member) return Clicker{name, ""};
    return Clicker{"", "Only members of this ticket's team can change it: join the team's channel."};
  }
  return Clicker{"", "You (" + name +
                         ") are in no team of the support sheet, so nothing was done. Ask a lead to add this e-mail "
                         "address to a team's Members."};
}

Result<void> ApplyClick(wiring::App& app, const channels::SlackClick& click, const std::string& person) {
  correct::Command command;
  command.ticket = click.spot.key.ticket;
  command.version = click.spot.key.version;
  command.idempotency_key = click.idempotency_key;
  command.by = person;
  command.action = *click.action;
  for (int tries = 1;; ++tries) {
    Result<correct::Corrected> corrected = app.correct().Apply(command);
    if (corrected) {
      if (!corrected->begun.empty()) app.Deliver(std::move(corrected->begun));
      return Ok();
    }
    if (corrected.fault().kind != FaultKind::kConflict || tries == kTries) return corrected.fault();
    TR_ASSIGN(const Ticket present, app.ports().tickets.Get(command.ticket));
    TR_ASSIGN(const std::optional<store::AuditRow> acted, ActedSince(app, command.ticket, click.spot.key.version));
    if (acted && IsDone(command.action, present, *acted, person)) return Ok();
    if (acted) return ChangedBy(*acted);
    command.version = present.version;
  }
}

Result<void> OpenModal(wiring::App& app, channels::SlackWorkspace& slack, const channels::SlackClick& click) {
  TR_ASSIGN(const Ticket ticket, app.ports().tickets.Get(click.spot.key.ticket));
  TR_ASSIGN(const handoff::Card card,
            handoff::LoadCard(ticket, app.ports().tickets, app.ports().audit, app.handoff_settings().base_url));
  const rules::RuleBookPtr book = app.rules().book();
  const channels::Places places = book == nullptr ? channels::Places{} : channels::PlacesOf(*book);
  boost::json::object view;
  switch (click.doing) {
    case channels::SlackDoing::kWhy: view = channels::WhyModal(card); break;
    case channels::SlackDoing::kWhole: view = channels::WholeMessageModal(card); break;
    case channels::SlackDoing::kSplit: view = channels::SplitModal(card, places, click.spot); break;
    case channels::SlackDoing::kReassign: view = channels::ReassignModal(places, click.spot); break;
    case channels::SlackDoing::kAct:
    case channels::SlackDoing::kNothing: return Ok();
  }
  const boost::json::object body{{"trigger_id", click.trigger}, {"view", std::move(view)}};
  TR_ASSIGN(const boost::json::object opened, slack.client().Write("views.open", body, kSlackPatience));
  return Ok();
}

}  // namespace tr::api
