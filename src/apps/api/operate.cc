// Operating: dead letters, people, tokens, forgetting, health, metrics.

#include <boost/json.hpp>
#include <fstream>

#include "api/access.h"
#include "api/routes.h"
#include "base/text.h"
#include "read/budget.h"
#include "ticket/json.h"
#include "wiring/announce.h"
#include "wiring/forget.h"
#include "wiring/tokens.h"

namespace tr::api {
namespace {

namespace json = boost::json;

constexpr int kLettersShown = 200;

json::object View(const store::Access& access) {
  return {{"id", access.digest.substr(0, 12)},
          {"person", access.person},
          {"role", access.role},
          {"label", access.label},
          {"created_at", FormatTime(access.created_at)},
          {"expires_at", access.expires_at ? json::value(FormatTime(*access.expires_at)) : json::value(nullptr)}};
}

// One Prometheus sample with its type line.
void Sample(std::string& text, std::string_view name, std::string_view type, double value) {
  const std::string full = "ticket_router_" + std::string(name);
  std::string number = std::to_string(value);
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
  }
  text += "# TYPE " + full + " " + std::string(type) + "\n" + full + " " + number + "\n";
}

void QueueSamples(std::string& text, const std::vector<store::TeamCount>& counts) {
  text += "# TYPE ticket_router_queue_tickets gauge\n";
  for (const store::TeamCount& count : counts) {
    // Label values are names from the sheet: quotes and backslashes are escaped as the format asks.
    const std::string team = json::serialize(json::value(count.team));
    const std::pair<std::string_view, int> ranks[] = {
        {"escalate", count.escalate}, {"priority", count.priority}, {"normal", count.normal}};
    for (const auto& [rank, tickets] : ranks) {
      text += "ticket_router_queue_tickets{team=" + team + ",rank=\"" + std::string(rank) + "\"} " +
              std::to_string(tickets) + "\n";
    }
  }
}

// What the month's budget counts, over all processes and restarts; calls under way at the most that they may cost.
void UsageSamples(std::string& text, const store::Used& used) {
  Sample(text, "model_month_calls", "gauge", static_cast<double>(used.calls));
  Sample(text, "model_month_input_tokens", "gauge", static_cast<double>(used.input_tokens));
  Sample(text, "model_month_output_tokens", "gauge", static_cast<double>(used.output_tokens));
  Sample(text, "model_month_cost", "gauge", static_cast<double>(used.cost_micros) / 1e6);
}

}  // namespace

Answer GetDeadLetters(const Context& context) {
  TR_ASSIGN(const std::vector<queue::DeadLetter> letters, context.app.ports().dead_letters.List(kLettersShown));
  json::array rows;
  for (const queue::DeadLetter& letter : letters) {
    rows.push_back({{"id", letter.id},
                    {"ticket", letter.item.ticket},
                    {"message", letter.item.message},
                    {"reason", letter.reason},
                    {"attempts", letter.attempts},
                    {"buried_at", FormatTime(letter.buried_at)}});
  }
  return JsonResponse(200, json::object{{"dead_letters", std::move(rows)}});
}

Answer PostRedrive(const Context& context) {
  TR_TRY(context.app.ports().dead_letters.Redrive(context.params[0]));
  return JsonResponse(200, json::object{{"redriven", context.params[0]}});
}

Answer GetPeople(const Context& context) {
  const rules::RuleBookPtr book = context.app.rules().book();
  json::object people;
  if (book != nullptr) {
    for (const rules::Team& team : book->teams) {
      std::vector<std::string> all = team.members;
      all.push_back(team.lead);
      all.push_back(team.manager);
      for (const std::string& person : all) {
        if (!person.empty()) people[person] = book->RoleOf(person);
      }
    }
  }
  json::array rows;
  for (const json::key_value_pair& member : people)
    rows.push_back({{"person", member.key()}, {"role", member.value()}});
  return JsonResponse(200, json::object{{"people", std::move(rows)}});
}

Answer GetTokens(const Context& context) {
  TR_ASSIGN(const std::vector<store::Access> list, context.app.ports().people.List());
  json::array rows;
  for (const store::Access& access : list) rows.push_back(View(access));
  return JsonResponse(200, json::object{{"tokens", std::move(rows)}});
}

Answer PostToken(const Context& context) {
  TR_ASSIGN(const json::object body, BodyObject(context.request));
  TR_ASSIGN(std::string person, TextMember(body, "person"));
  TR_ASSIGN(const std::string role, TextMember(body, "role"));
  TR_ASSIGN(const std::string label, TextMember(body, "label"));
  person = ToLowerAscii(Trim(person));
  if (role != "admin" && role != "lead" && role != "agent" && role != "viewer") {
    return Invalid("member role is admin, lead, agent or viewer; the sheet's role of a person counts before a token's");
  }
  if (person.empty()) return Invalid("member person is an e-mail address");
  TR_ASSIGN(const std::string token,
            wiring::MakeToken(context.app.ports().people, person, role, label, context.app.ports().clock.Now()));
  return JsonResponse(201, json::object{{"token", token}, {"id", TokenDigest(token).substr(0, 12)}});
}

Answer DeleteToken(const Context& context) {
  TR_ASSIGN(const std::vector<store::Access> list, context.app.ports().people.List());
  for (const store::Access& access : list) {
    if (context.params[0].size() < 12 || !access.digest.starts_with(context.params[0])) continue;
    TR_TRY(context.app.ports().people.Remove(access.digest));
    return JsonResponse(200, json::object{{"removed", context.params[0]}});
  }
  return NotFound("there is no token of this id");
}

Answer PostForget(const Context& context) {
  TR_ASSIGN(const json::object body, BodyObject(context.request));
  TR_ASSIGN(const std::string address, TextMember(body, "address"));
  if (Trim(address).empty()) return Invalid("member address is the customer's e-mail address");
  TR_ASSIGN(const int forgotten, wiring::Forget(context.app, ToLowerAscii(Trim(address))));
  return JsonResponse(200, json::object{{"tickets", forgotten}});
}

Answer PostDigest(const Context& context) {
  TR_ASSIGN(const std::string text, wiring::SendDigest(context.app, context.app.ports().clock.Now()));
  return JsonResponse(200, json::object{{"text", text}});
}

Answer GetHealth(const Context& context) {
  TR_ASSIGN(const std::vector<queue::DeadLetter> letters, context.app.ports().dead_letters.List(kLettersShown));
  const rules::Version version = context.app.rules().version();
  return JsonResponse(200, json::object{{"rules_version", version.number},
                                        {"rules_since", FormatTime(version.at)},
                                        {"dead_letters", static_cast<std::int64_t>(letters.size())},
                                        {"deliveries_delayed", context.app.outbox().counts().delayed.load()},
                                        {"deliveries_failed", context.app.outbox().counts().failed.load()}});
}

Answer GetHealthz(const Context&) { return net::MakeResponse(200, "text/plain", "ok\n"); }

Answer GetReadyz(const Context& context) {
  if (context.app.rules().book() == nullptr) return Transient("there is no rule book in force yet");
  TR_TRY(context.app.ports().queues.Counts());
  return net::MakeResponse(200, "text/plain", "ready\n");
}

Answer GetMetrics(const Context& context) {
  const pipeline::ProcessCounts& counts = context.app.process().counts();
  const handoff::OutboxCounts& outbox = context.app.outbox().counts();
  std::string text;
  const std::pair<std::string_view, std::int64_t> totals[] = {{"landed_total", counts.landed},
                                                              {"held_total", counts.held},
                                                              {"set_aside_total", counts.set_aside},
                                                              {"merged_total", counts.merged},
                                                              {"followed_up_total", counts.followed_up},
                                                              {"again_total", counts.again},
                                                              {"dead_total", counts.dead},
                                                              {"deliveries_total", outbox.delivered},
                                                              {"deliveries_delayed_total", outbox.delayed},
                                                              {"deliveries_fell_back_total", outbox.fell_back},
                                                              {"deliveries_failed_total", outbox.failed},
                                                              {"untaken_calls_total", outbox.calls}};
  for (const auto& [name, value] : totals) Sample(text, name, "counter", static_cast<double>(value));
  for (const auto& [name, value] : context.app.Figures()) Sample(text, name, "counter", value);
  if (context.app.process().costly_reader()) {
    const std::string month = read::MonthOf(context.app.ports().clock.Now());
    if (const Result<store::Used> used = context.app.ports().usage.OfMonth(month)) UsageSamples(text, *used);
  }
  Sample(text, "rules_version", "gauge", context.app.rules().version().number);
  if (const Result<std::vector<store::TeamCount>> teams = context.app.ports().queues.Counts())
    QueueSamples(text, *teams);
  if (const auto letters = context.app.ports().dead_letters.List(kLettersShown)) {
    Sample(text, "dead_letters", "gauge", static_cast<double>(letters->size()));
  }
  return net::MakeResponse(200, "text/plain; version=0.0.4; charset=utf-8", std::move(text));
}

}  // namespace tr::api
