// Whether Slack takes the token, the app may do what it needs to, and the rules' channels and people are there.

#include <set>

#include "base/text.h"
#include "channels/slack_workspace.h"
#include "cli/doctor.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

constexpr Duration kPatience = std::chrono::seconds(10);

// What deploy/slack/manifest.yaml asks for, each with what goes without it.
constexpr std::pair<std::string_view, std::string_view> kScopes[] = {
    {"chat:write", "no card can be posted"},
    {"channels:read", "channels cannot be found by their names"},
    {"channels:history", "a message that timed out cannot be looked for, so it may stand twice"},
    {"groups:read", "private channels cannot be found by their names"},
    {"groups:history", "what timed out in a private channel may stand twice"},
    {"users:read", "nobody who clicks is known"},
    {"users:read.email", "nobody who clicks is known, and nobody is mentioned"},
};

std::set<std::string> PeopleOf(const rules::RuleBook& book) {
  std::set<std::string> people;
  for (const rules::Team& team : book.teams) {
    people.insert(team.members.begin(), team.members.end());
    people.insert(team.lead);
    people.insert(team.manager);
  }
  people.erase("");
  return people;
}

void CheckScopes(const std::string& scopes, Examined& examined) {
  std::set<std::string> given;
  for (const std::string_view scope : SplitText(scopes, ',')) given.insert(std::string(Trim(scope)));
  for (const auto& [scope, without] : kScopes) {
    if (given.contains(std::string(scope))) continue;
    examined.found.push_back("slack: the app lacks the scope " + std::string(scope) + ", so " + std::string(without) +
                             "; add it (deploy/slack/manifest.yaml has all) and install the app again");
  }
}

void CheckChannel(const rules::Team& team, channels::SlackDirectory& directory, Examined& examined) {
  const auto say = [&](const std::string& what) { examined.found.push_back("slack: " + team.name + ": " + what); };
  if (!channels::IsSlackAddress(team.slack_channel)) {
    return say(team.slack_channel + " is no channel; write #name or its id into the teams tab");
  }
  const Result<channels::SlackPlace> place = directory.FindPlace(team.slack_channel, kPatience);
  if (!place) return say(place.fault().text);
  if (place->archived) say(team.slack_channel + " is archived; unarchive it or name another in the teams tab");
  if (place->shared) {
    return say(team.slack_channel +
               " is shared with another company, so no card goes there; name another in the teams tab");
  }
  if (!place->member && !place->archived) {
    say("the app is not in " + team.slack_channel +
        ", so what timed out cannot be looked for and may stand twice; invite it there: /invite @Ticket Router");
  }
}

void CheckPerson(const std::string& person, channels::SlackDirectory& directory, Examined& examined) {
  const Result<std::string> user = directory.FindUser(person, kPatience);
  if (!user) return examined.found.push_back("slack: " + person + ": " + user.fault().text);
  if (!user->empty()) return;
  examined.found.push_back("slack: nobody in the workspace has the address " + person +
                           ", so they are not mentioned and cannot click; use the same address in Slack and in the "
                           "teams tab");
}

}  // namespace

void CheckSlack(Examined& examined) {
  const wiring::SlackConfig& config = examined.config.slack;
  if (config.token.empty()) return;
  if (config.signing_secret.empty()) {
    examined.found.emplace_back(
        "slack: there is no signing secret, so no click is taken; put the app's into slack.signing_secret or "
        "TR_SLACK_SIGNING_SECRET");
  }
  const wiring::SystemClock clock;
  channels::SlackClient client({config.token, config.api_url}, channels::ThreadClients());
  channels::SlackDirectory directory(client, clock);
  const Result<channels::SlackClient::Identity> identity = client.WhoAmI(kPatience);
  if (!identity) return examined.found.push_back("slack: " + identity.fault().text);
  CheckScopes(identity->scopes, examined);
  if (examined.book == nullptr) return;
  for (const rules::Team& team : examined.book->teams) {
    if (!team.slack_channel.empty()) CheckChannel(team, directory, examined);
  }
  for (const std::string& person : PeopleOf(*examined.book)) CheckPerson(person, directory, examined);
}

}  // namespace tr::cli
