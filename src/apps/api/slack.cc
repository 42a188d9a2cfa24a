// Slack's way back: buttons, menus and modals, signed over the raw body, answered at once.

#include <boost/json.hpp>

#include "api/routes.h"
#include "api/slack_click.h"
#include "channels/slack_modals.h"
#include "channels/slack_signature.h"
#include "channels/slack_text.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

namespace json = boost::json;

constexpr Duration kTellPatience = std::chrono::milliseconds(1200);
constexpr std::size_t kLongestTold = 2000;

// What a person reads when something stood in the way.
std::string WordsFor(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::kConflict:
    case FaultKind::kInvalid: return fault.text;
    case FaultKind::kNotFound: return "Nothing was done: there is no such ticket here any more.";
    case FaultKind::kTransient: return "Nothing was done: the router did not get through just now. Try again.";
    case FaultKind::kPermanent:
    case FaultKind::kBug: return "Nothing was done: something is broken here; the router's log says what.";
  }
  return "";
}

// Only the one who clicked sees it.
void Tell(const Context& context, const channels::SlackClick& click, const std::string& words) {
  const json::object body{
      {"channel", click.spot.channel}, {"user", click.user}, {"text", channels::SlackEscaped(words, kLongestTold)}};
  const Result<json::object> told = context.app.slack()->client().Write("chat.postEphemeral", body, kTellPatience);
  if (told) return;
  context.app.ports().log.Warning("slack_not_told",
                                  {{"ticket", click.spot.key.ticket}, {"trouble", told.fault().text}});
}

net::HttpResponse Acknowledge() { return net::MakeResponse(200, "text/plain", ""); }

// In a modal the words stand at its first input; otherwise only the one who clicked sees them.
net::HttpResponse Refuse(const Context& context, const channels::SlackClick& click, const std::string& words) {
  if (!click.from_modal) {
    Tell(context, click, words);
    return Acknowledge();
  }
  const bool is_split = click.action && std::holds_alternative<correct::Split>(*click.action);
  const std::string block = is_split ? channels::TopicBlock(1) : std::string(channels::kPlaceBlock);
  return JsonResponse(200, json::object{{"response_action", "errors"}, {"errors", json::object{{block, words}}}});
}

bool IsSigned(const Context& context) {
  const net::Headers& headers = context.request.headers;
  return channels::VerifySlackSignature(context.app.slack()->settings().signing_secret,
                                        headers.Get("X-Slack-Request-Timestamp"), headers.Get("X-Slack-Signature"),
                                        context.request.body, context.app.ports().clock.Now());
}

Result<void> Perform(const Context& context, const channels::SlackClick& click, const std::string& person) {
  if (click.doing == channels::SlackDoing::kAct) return ApplyClick(context.app, click, person);
  return OpenModal(context.app, *context.app.slack(), click);
}

}  // namespace

Answer PostSlackInteraction(const Context& context) {
  if (context.app.slack() == nullptr) return NotFound("Slack is not set up here; see docs/slack.md");
  if (!IsSigned(context)) return net::ProblemResponse(401, "the signature does not fit");
  const std::optional<net::Fields> form = net::ParseForm(context.request.body, 10);
  if (!form) return Invalid("this is no form of Slack's");
  TR_ASSIGN(const channels::SlackClick click, channels::ReadClick(net::FindField(*form, "payload")));
  if (click.doing == channels::SlackDoing::kNothing) return Acknowledge();
  const Result<Clicker> who = WhoClicked(context.app, *context.app.slack(), click);
  if (who && !who->refusal.empty()) return Refuse(context, click, who->refusal);
  const Result<void> done = who ? Perform(context, click, who->person) : Result<void>(who.fault());
  if (done) return Acknowledge();
  context.app.ports().log.Warning("slack_click_refused",
                                  {{"ticket", click.spot.key.ticket}, {"trouble", done.fault().text}});
  return Refuse(context, click, WordsFor(done.fault()));
}

}  // namespace tr::api
