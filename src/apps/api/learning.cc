// What humans taught, what came of it, and what changed.

#include <boost/json.hpp>

#include "api/routes.h"
#include "api/views.h"

namespace tr::api {
namespace {

namespace json = boost::json;

Result<store::Corrections::Page> PageOf(const Context& context) {
  TR_ASSIGN(const int limit, Limit(context.request));
  return context.app.ports().corrections.Since(std::string(net::FindField(context.request.query, "cursor")), limit);
}

}  // namespace

Answer GetCorrections(const Context& context) {
  TR_ASSIGN(const store::Corrections::Page page, PageOf(context));
  json::array rows;
  for (const store::Correction& row : page.rows) rows.push_back(View(row));
  return JsonResponse(200, json::object{{"corrections", std::move(rows)}, {"next", page.cursor}});
}

// The labelled examples that readers learn from: redacted text only.
Answer GetExamples(const Context& context) {
  TR_ASSIGN(const store::Corrections::Page page, PageOf(context));
  json::array rows;
  for (const store::Correction& row : page.rows) {
    if (row.redacted_text.empty() && row.undoes.empty()) continue;
    rows.push_back({{"id", row.id},
                    {"topic", row.to_topic},
                    {"text", row.redacted_text},
                    {"undoes", row.undoes},
                    {"by", row.by},
                    {"at", FormatTime(row.at)}});
  }
  return JsonResponse(200, json::object{{"examples", std::move(rows)}, {"next", page.cursor}});
}

Answer GetStats(const Context& context) {
  const pipeline::ProcessCounts& counts = context.app.process().counts();
  const handoff::OutboxCounts& outbox = context.app.outbox().counts();
  TR_ASSIGN(const std::vector<store::TeamCount> teams, context.app.ports().queues.Counts());
  int waiting = 0;
  for (const store::TeamCount& team : teams) waiting += team.escalate + team.priority + team.normal;
  return JsonResponse(200, json::object{{"since_start",
                                         {{"landed", counts.landed.load()},
                                          {"held", counts.held.load()},
                                          {"set_aside", counts.set_aside.load()},
                                          {"merged", counts.merged.load()},
                                          {"followed_up", counts.followed_up.load()},
                                          {"delivered", outbox.delivered.load()}}},
                                        {"in_queues", waiting}});
}

// Polling where nothing can stream. The ETag is the cursor; If-None-Match with it answers 304 while nothing changed.
Answer GetChanges(const Context& context) {
  std::string since(net::FindField(context.request.query, "since"));
  TR_ASSIGN(const int limit, Limit(context.request));
  if (since.empty()) since = "now";
  TR_ASSIGN(const store::Audit::Page page, context.app.ports().audit.Since(since, limit));
  const std::string tag = "\"" + page.cursor + "\"";
  if (page.rows.empty() && context.request.headers.Get("If-None-Match") == tag) {
    net::HttpResponse response = net::MakeResponse(304, "application/json", "");
    response.headers.Set("ETag", tag);
    return response;
  }
  json::array rows;
  for (const store::AuditRow& row : page.rows) {
    rows.push_back({{"ticket", row.ticket}, {"kind", row.kind}, {"version", row.version}, {"at", FormatTime(row.at)}});
  }
  net::HttpResponse response = JsonResponse(200, json::object{{"changes", std::move(rows)}, {"next", page.cursor}});
  response.headers.Set("ETag", tag);
  return response;
}

}  // namespace tr::api
