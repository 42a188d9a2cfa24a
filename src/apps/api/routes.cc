#include "api/routes.h"

namespace tr::api {
namespace {

constexpr Route kRoutes[] = {
    {"GET", "/form", Right::kPublic, GetForm},
    {"POST", "/form", Right::kPublic, PostForm},
    {"OPTIONS", "/form", Right::kPublic, FormOptions},
    {"HEAD", "/chat/{}", Right::kPublic, HeadChat},
    {"POST", "/chat/{}", Right::kPublic, PostChat},
    {"GET", "/c/{}", Right::kPublic, GetCardLink},
    {"HEAD", "/c/{}", Right::kPublic, GetCardLink},
    {"POST", "/c/{}", Right::kPublic, PostCardLink},
    {"POST", "/slack/interactions", Right::kPublic, PostSlackInteraction},
    {"GET", "/healthz", Right::kPublic, GetHealthz},
    {"GET", "/readyz", Right::kPublic, GetReadyz},
    {"GET", "/metrics", Right::kPublic, GetMetrics},
    {"GET", "/", Right::kPublic, GetPage},
    {"GET", "/page.js", Right::kPublic, GetScript},
    {"GET", "/page.css", Right::kPublic, GetStyle},
    {"GET", "/api/v1/openapi.json", Right::kPublic, GetOpenApi},
    {"GET", "/api/v1/teams", Right::kView, GetTeams},
    {"GET", "/api/v1/teams/{}/queue", Right::kView, GetQueue},
    {"GET", "/api/v1/untaken", Right::kView, GetUntaken},
    {"GET", "/api/v1/tickets", Right::kView, GetTickets},
    {"GET", "/api/v1/tickets/{}", Right::kView, GetTicket},
    {"GET", "/api/v1/tickets/{}/attachments/{}", Right::kView, GetAttachment},
    {"POST", "/api/v1/tickets/{}/{}", Right::kAct, PostAction},
    {"GET", "/api/v1/rules", Right::kView, GetRules},
    {"PUT", "/api/v1/rules", Right::kAdmin, PutRules},
    {"GET", "/api/v1/rules/history", Right::kView, GetRulesHistory},
    {"POST", "/api/v1/rules/restore", Right::kAdmin, PostRulesRestore},
    {"POST", "/api/v1/rules/sync", Right::kAdmin, PostRulesSync},
    {"POST", "/api/v1/rules/check", Right::kView, PostRulesCheck},
    {"POST", "/api/v1/explain", Right::kView, PostExplain},
    {"POST", "/api/v1/replay", Right::kView, PostReplay},
    {"GET", "/api/v1/corrections", Right::kView, GetCorrections},
    {"GET", "/api/v1/examples", Right::kView, GetExamples},
    {"GET", "/api/v1/stats", Right::kView, GetStats},
    {"GET", "/api/v1/changes", Right::kView, GetChanges},
    {"GET", "/api/v1/dead-letters", Right::kView, GetDeadLetters},
    {"POST", "/api/v1/dead-letters/{}/redrive", Right::kAct, PostRedrive},
    {"GET", "/api/v1/people", Right::kView, GetPeople},
    {"GET", "/api/v1/tokens", Right::kAdmin, GetTokens},
    {"POST", "/api/v1/tokens", Right::kAdmin, PostToken},
    {"DELETE", "/api/v1/tokens/{}", Right::kAdmin, DeleteToken},
    {"POST", "/api/v1/forget", Right::kAdmin, PostForget},
    {"POST", "/api/v1/digest", Right::kAdmin, PostDigest},
    {"GET", "/api/v1/cost", Right::kView, GetCost},
    {"GET", "/api/v1/health", Right::kView, GetHealth},
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

}  // namespace tr::api
