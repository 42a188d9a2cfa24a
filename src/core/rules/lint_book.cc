#include <unordered_map>

#include "base/text.h"
#include "rules/free_mail.h"
#include "rules/lint_parts.h"

namespace tr::rules {
namespace {

constexpr std::size_t kShortestOpenWord = 3;
constexpr double kNearlyAll = 0.99;

std::string LineOf(const Bullet& bullet) { return "line " + std::to_string(bullet.line); }

// A phrase, its bullet, and which phrases of others it can stand in for.
struct Listed {
  const Phrase* phrase;
  const Bullet* bullet;
  int kind;      // phrases of different kinds never stand in for one another
  int strength;  // a weaker one never stands in for a stronger
};

// Within one bullet a word too many does no harm: "urgent*, urgente" reads well.
void LintPhrases(const std::vector<Listed>& all, Effort& effort, Problems& problems) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].phrase->open_end && all[i].phrase->words.back().size() < kShortestOpenWord) {
      problems.Warning(At(*all[i].bullet),
                       Quote(all[i].phrase->text) + " fits a great many words. Write more letters before the star.");
    }
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (!effort.Spend()) return;
      if (all[i].bullet == all[j].bullet || all[i].kind != all[j].kind || all[j].strength < all[i].strength) continue;
      if (!Covers(*all[j].phrase, *all[i].phrase)) continue;
      const bool mutual = all[i].strength == all[j].strength && Covers(*all[i].phrase, *all[j].phrase);
      if (mutual && i < j) continue;
      problems.Warning(At(*all[i].bullet), Quote(all[i].phrase->text) +
                                               " can never decide anything: " + Quote(all[j].phrase->text) + " in " +
                                               LineOf(*all[j].bullet) + " finds it too. Delete it.");
      break;
    }
  }
}

void LintTeam(const Team& team, Problems& problems) {
  const Where where{"teams", team.row};
  if (team.slack_channel.empty() && team.inbox.empty()) {
    problems.Warning(
        where, team.name + " has no Slack channel and no Inbox, so its tickets reach nobody. Fill one of the two.");
  } else if (team.slack_channel.empty() && team.lead.empty() && team.manager.empty()) {
    problems.Warning(where,
                     team.name + " has no Lead, no Manager and no Slack channel, so nobody can be pinged. Fill one.");
  }
}

}  // namespace

void LintTeams(const RuleBook& book, Problems& problems) {
  bool triage = false;
  for (const Team& team : book.teams) {
    LintTeam(team, problems);
    triage = triage || Fold(team.name) == "triage";
  }
  if (!triage && !book.teams.empty()) {
    problems.Warning(
        {"teams"},
        "no team is named Triage, so held tickets have no channel and nobody is pinged about them. Add a row "
        "for it.");
  }
}

void LintWords(const RuleBook& book, Effort& effort, Problems& problems) {
  std::vector<Listed> urgency;
  for (const UrgencyWords& words : book.urgency_words) {
    for (const Phrase& phrase : words.phrases)
      urgency.push_back({&phrase, &words.bullet, 0, static_cast<int>(words.urgency)});
  }
  LintPhrases(urgency, effort, problems);
  std::vector<Listed> signals;
  for (const SignalWords& words : book.signal_words) {
    for (const Phrase& phrase : words.phrases)
      signals.push_back({&phrase, &words.bullet, static_cast<int>(words.signal), 0});
  }
  LintPhrases(signals, effort, problems);
}

void LintVips(const RuleBook& book, Problems& problems) {
  std::unordered_map<std::string, int> lines;
  for (const Vip& vip : book.vips) {
    const auto [known, fresh] = lines.try_emplace(vip.sender.text, vip.bullet.line);
    if (!fresh) {
      problems.Warning(At(vip.bullet), vip.sender.text + " is listed twice: line " + std::to_string(known->second) +
                                           " names it too. Delete one of the two.");
    }
    if (vip.sender.whole_domain && IsFreeMailDomain(std::string_view(vip.sender.text).substr(1))) {
      problems.Warning(
          At(vip.bullet),
          vip.sender.text + " is a free mail service: everyone there would be a VIP. Write whole addresses.");
    }
  }
}

void LintSettings(const RuleBook& book, Problems& problems) {
  const HoldLimits& limits = book.hold_limits;
  if (limits.less_sure_than && *limits.less_sure_than > kNearlyAll) {
    problems.Warning({"rules.md", limits.less_sure_line},
                     "nearly every ticket would be held: no reader is that sure. Write automatic or a "
                     "smaller percentage.");
  }
  if (limits.ping_manager_after <= limits.ping_lead_after) {
    problems.Warning(
        {"rules.md"},
        "the triage manager would be pinged no later than the triage lead. Give the manager more time under "
        "\"Hold limits\".");
  }
  for (const Topic& topic : book.topics) {
    if (!topic.hold_below || *topic.hold_below <= kNearlyAll) continue;
    problems.Warning({"topics", topic.row, "Hold below"}, "nearly every ticket about " + Quote(topic.name) +
                                                              " would be held. Write a "
                                                              "smaller percentage.");
  }
  std::unordered_map<std::string, int> away;
  for (const Away& one : book.hours.away) {
    const auto [known, fresh] = away.try_emplace(one.person, one.bullet.line);
    if (fresh) continue;
    problems.Warning(At(one.bullet), one.person + " is away twice: line " + std::to_string(known->second) +
                                         " says so too. Delete one of "
                                         "the two.");
  }
}

}  // namespace tr::rules
