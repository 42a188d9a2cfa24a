#pragma once
// The handlers, one file per group, and the table that names them all. Internal to api/.

#include <span>
#include <string_view>

#include "api/context.h"

namespace tr::api {

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/api/v1/tickets/{}": {} stands for one path segment
  Right right;
  Answer (*handle)(const Context& context);
};

// Every URL there is, but for the events stream's and metrics', which Api answers itself.
std::span<const Route> Routes();

// form.cc
Answer GetForm(const Context& context);
Answer PostForm(const Context& context);
Answer FormOptions(const Context& context);
// card_links.cc
Answer GetCardLink(const Context& context);
Answer PostCardLink(const Context& context);
// chat.cc
Answer HeadChat(const Context& context);
Answer PostChat(const Context& context);
// slack.cc
Answer PostSlackInteraction(const Context& context);
// tickets.cc
// The whole ticket as it stands now, with its version as ETag.
Answer TicketAnswer(const Context& context, int status, const std::string& id);
Answer GetTeams(const Context& context);
Answer GetQueue(const Context& context);
Answer GetTickets(const Context& context);
Answer GetUntaken(const Context& context);
Answer GetTicket(const Context& context);
Answer GetAttachment(const Context& context);
// actions.cc
Answer PostAction(const Context& context);
// rules.cc
Answer GetRules(const Context& context);
Answer PutRules(const Context& context);
Answer GetRulesHistory(const Context& context);
Answer PostRulesRestore(const Context& context);
Answer PostRulesSync(const Context& context);
Answer PostRulesCheck(const Context& context);
Answer PostExplain(const Context& context);
Answer PostReplay(const Context& context);
// learning.cc
Answer GetCorrections(const Context& context);
Answer GetExamples(const Context& context);
Answer GetStats(const Context& context);
Answer GetChanges(const Context& context);
// operate.cc
Answer GetDeadLetters(const Context& context);
Answer PostRedrive(const Context& context);
Answer GetPeople(const Context& context);
Answer GetTokens(const Context& context);
Answer PostToken(const Context& context);
Answer DeleteToken(const Context& context);
Answer PostForget(const Context& context);
Answer PostDigest(const Context& context);
Answer GetCost(const Context& context);
Answer GetHealth(const Context& context);
Answer GetHealthz(const Context& context);
Answer GetReadyz(const Context& context);
Answer GetMetrics(const Context& context);
// pages.cc
Answer GetPage(const Context& context);
Answer GetScript(const Context& context);
Answer GetStyle(const Context& context);
Answer GetOpenApi(const Context& context);

}  // namespace tr::api
