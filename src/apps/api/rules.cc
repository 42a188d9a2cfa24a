// The book: looking, publishing, checking, asking what it would do.

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>

#include "api/explain.h"
#include "api/routes.h"
#include "api/views.h"
#include "review/replay.h"
#include "route/rules_test_runner.h"
#include "rules/diff.h"
#include "rules/lint.h"
#include "wiring/announce.h"

namespace tr::api {
namespace {

namespace json = boost::json;

// Of so many of the last tickets a book's check counts the topics.
constexpr int kTopicsCounted = 1000;

Result<rules::RuleFiles> ReadFiles(const net::HttpRequest& request) {
  TR_ASSIGN(const json::object body, BodyObject(request));
  rules::RuleFiles files;
  TR_ASSIGN(files.topics, TextMember(body, "topics"));
  TR_ASSIGN(files.teams, TextMember(body, "teams"));
  TR_ASSIGN(files.rules, TextMember(body, "rules"));
  TR_ASSIGN(std::string tests, TextMember(body, "tests"));
  if (!tests.empty()) files.tests = std::move(tests);
  return files;
}

json::array Views(const std::vector<rules::Problem>& problems) {
  json::array views;
  for (const rules::Problem& problem : problems) views.push_back(View(problem));
  return views;
}

json::object BookView(const Context& context) {
  const rules::RuleFiles files = context.app.rules().files();
  const rules::Version version = context.app.rules().version();
  return {{"version", version.number},
          {"at", FormatTime(version.at)},
          {"who", version.who},
          {"topics", files.topics},
          {"teams", files.teams},
          {"rules", files.rules},
          {"tests", files.tests ? json::value(*files.tests) : json::value(nullptr)}};
}

Answer WithBook(const Context& context) {
  const json::object view = BookView(context);
  net::HttpResponse response = JsonResponse(200, view);
  response.headers.Set("ETag", "\"" + std::to_string(context.app.rules().version().number) + "\"");
  return response;
}

json::object FateView(const review::Fate& fate) {
  return {{"move", fate.not_a_ticket ? json::value("not a ticket") : json::value(Name(fate.move))},
          {"rank", Name(fate.rank)},
          {"team", fate.team},
          {"person", fate.person},
          {"because", fate.because}};
}

json::array TestViews(const route::RuleTestReport& report) {
  json::array tests;
  for (const route::RuleTestResult& result : report.results) {
    tests.push_back(
        {{"test", result.name}, {"row", result.row}, {"passed", result.passed}, {"difference", result.difference}});
  }
  return tests;
}

// Another process may have kept a newer book: only on top of that one can the next be kept.
Result<void> LookAtShelf(const Context& context) {
  const Result<void> looked = context.app.rules().LoadShelf();
  if (!looked && looked.fault().kind == FaultKind::kTransient) return looked.fault();
  return Ok();
}

// Writes the folder's files and puts them in force; what the watcher would do a moment later.
Answer Publish(const Context& context, const rules::RuleFiles& files) {
  const rules::ParsedBook parsed = rules::ParseRuleBook(files);
  if (parsed.book == nullptr)
    return JsonResponse(422, json::object{{"type", "about:blank"},
                                          {"title", "Unprocessable Content"},
                                          {"status", 422},
                                          {"detail", "the book has errors; nothing changed"},
                                          {"problems", Views(parsed.problems)}});
  TR_TRY(context.app.WriteRules(files));
  TR_ASSIGN(const rules::SyncReport report, context.app.TakeRules(context.caller.person));
  // Somebody else was faster, or what was written cannot be read back.
  if (report.outcome == rules::SyncOutcome::kBroken) {
    return Conflict("the rules were written, but what stands there now cannot be used: " +
                    (report.problems.empty() ? "" : rules::Format(report.problems.front())));
  }
  return WithBook(context);
}

}  // namespace

Answer GetRules(const Context& context) { return WithBook(context); }

Answer PutRules(const Context& context) {
  TR_TRY(LookAtShelf(context));
  const std::string wanted = "\"" + std::to_string(context.app.rules().version().number) + "\"";
  const std::string_view given = context.request.headers.Get("If-Match");
  if (given.empty()) return net::ProblemResponse(428, "send the version that you edited as If-Match: \"17\"");
  if (given != wanted)
    return net::ProblemResponse(
        409, "the rules changed meanwhile: version " + wanted + " is in force; load it and edit again");
  TR_ASSIGN(const rules::RuleFiles files, ReadFiles(context.request));
  return Publish(context, files);
}

Answer GetRulesHistory(const Context& context) {
  TR_ASSIGN(const std::vector<rules::Version> history, context.app.ports().shelf.History());
  json::array versions;
  for (const rules::Version& version : history) {
    versions.push_back({{"version", version.number},
                        {"at", FormatTime(version.at)},
                        {"who", version.who},
                        {"difference", version.difference}});
  }
  return JsonResponse(200, json::object{{"versions", std::move(versions)}});
}

Answer PostRulesRestore(const Context& context) {
  TR_ASSIGN(const json::object body, BodyObject(context.request));
  const json::value* number = body.if_contains("version");
  if (number == nullptr || !number->is_int64() || number->as_int64() < 1)
    return Invalid("member version is the number of a version");
  TR_ASSIGN(const auto kept, context.app.ports().shelf.Get(static_cast<int>(number->as_int64())));
  TR_TRY(LookAtShelf(context));
  return Publish(context, kept.second);
}

// Takes what the place has where the manager writes, now.
Answer PostRulesSync(const Context& context) {
  TR_TRY(LookAtShelf(context));
  TR_ASSIGN(const rules::SyncReport report, context.app.TakeRules(context.caller.person));
  std::string text = wiring::AnnouncementText(context.app, report);
  if (text.empty()) text = "Nothing changed: version " + std::to_string(report.version.number) + " is in force.";
  constexpr std::string_view kOutcomes[] = {"unchanged", "new version", "broken", "mended"};
  return JsonResponse(200, json::object{{"outcome", kOutcomes[static_cast<std::size_t>(report.outcome)]},
                                        {"version", report.version.number},
                                        {"text", text},
                                        {"problems", Views(report.problems)}});
}

Answer PostRulesCheck(const Context& context) {
  TR_ASSIGN(const rules::RuleFiles files, ReadFiles(context.request));
  const rules::ParsedBook parsed = rules::ParseRuleBook(files);
  std::vector<rules::Problem> problems = parsed.problems;
  if (parsed.book != nullptr) {
    TR_ASSIGN(const auto topics, review::CountTopics(context.app.ports().tickets, kTopicsCounted));
    std::ranges::move(rules::LintTopics(*parsed.book, topics), std::back_inserter(problems));
    std::ranges::move(rules::LintIntake(*parsed.book, context.app.config().mail.addresses),
                      std::back_inserter(problems));
  }
  json::object view{{"ok", parsed.book != nullptr}, {"problems", Views(problems)}, {"tests", json::array()}};
  if (parsed.book != nullptr) {
    const route::RuleTestReport report = route::RunRuleTests(files, *parsed.book);
    view["tests"] = TestViews(report);
    view["failed"] = report.failed();
  }
  return JsonResponse(200, view);
}

Answer PostReplay(const Context& context) {
  TR_ASSIGN(const rules::RuleFiles files, ReadFiles(context.request));
  const rules::ParsedBook parsed = rules::ParseRuleBook(files);
  if (parsed.book == nullptr)
    return Invalid(parsed.problems.empty() ? "the book has errors" : rules::Format(parsed.problems.front()));
  const rules::RuleBookPtr before = context.app.rules().book();
  if (before == nullptr) return Transient("there is no rule book in force yet");
  TR_ASSIGN(const review::ReplayReport report,
            review::Replay(context.app.ports().tickets, *before, *parsed.book, review::kReplayed));
  json::array changed;
  for (const review::ReplayRow& row : report.changed) {
    changed.push_back({{"ticket", row.ticket}, {"before", FateView(row.before)}, {"after", FateView(row.after)}});
  }
  return JsonResponse(200, json::object{{"summary", review::Summary(report)},
                                        {"looked_at", report.looked_at},
                                        {"without_text", report.without_text},
                                        {"changed", std::move(changed)},
                                        {"difference", rules::Diff(context.app.rules().files(), files).text}});
}

// {"ticket": {"lane","from","subject","text","received_at"}} or {"mail": "raw message"}; "at" is the moment.
Answer PostExplain(const Context& context) {
  TR_ASSIGN(const json::object body, BodyObject(context.request));
  TR_ASSIGN(const json::object explained, ExplainBody(context.app, body));
  return JsonResponse(200, explained);
}

}  // namespace tr::api
