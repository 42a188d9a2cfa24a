#include "wiring/announce.h"

#include <algorithm>
#include <boost/json.hpp>

#include "handoff/gates.h"
#include "handoff/untaken.h"
#include "review/digest.h"
#include "review/replay.h"
#include "rules/hours.h"

namespace tr::wiring {
namespace {

const rules::Team& TriageOf(const rules::RuleBook& book) {
  static const rules::Team kNone;
  const rules::Team* team = book.FindTeam(book.triage);
  return team != nullptr ? *team : kNone;
}

std::string Clock(App& app, Time time) {
  const rules::RuleBookPtr book = app.rules().book();
  return book != nullptr ? rules::FormatLocalTime(TriageOf(*book), time) : FormatTime(time);
}

std::string Problems(const rules::SyncReport& report) {
  std::string text;
  for (const rules::Problem& problem : report.problems) {
    if (problem.severity == rules::Severity::kError) text += Format(problem) + "\n";
  }
  return text;
}

std::string NewVersion(App& app, const rules::SyncReport& report) {
  std::string text = "Version " + std::to_string(report.version.number) + " in force since " +
                     Clock(app, report.version.at) + ": " + report.version.difference;
  const rules::RuleBookPtr book = app.rules().book();
  if (report.before == nullptr || book == nullptr) return text + ".";
  const Result<review::ReplayReport> replay =
      review::Replay(app.ports().tickets, *report.before, *book, review::kReplayed);
  if (replay) text += "; " + review::Summary(*replay);
  return text + ".";
}

std::string Broken(App& app, const rules::SyncReport& report) {
  std::string text = Problems(report);
  if (report.version.number == 0) return text + "There is no rule book in force.";
  return text + "Nothing changed: the rules of " + Clock(app, report.version.at) + " (version " +
         std::to_string(report.version.number) + ") stay in force.";
}

Result<void> Put(App& app, store::DeliveryKind kind, const std::string& id, const std::string& subject,
                 const std::string& text) {
  const rules::RuleBookPtr book = app.rules().book();
  if (book == nullptr) return Ok();
  const Time now = app.ports().clock.Now();
  store::Delivery row;
  row.id = id;
  row.kind = kind;
  row.team = book->triage;
  // The digest is a mail: level 1 is the inbox.
  const int level = kind == store::DeliveryKind::kDigest ? 1 : 0;
  row.channel = handoff::ChannelOf(*book, book->triage, level, app.handoff_settings().channels);
  row.subject = subject;
  row.text = text;
  row.due_at = now;
  row.changed_at = now;
  store::Step step;
  step.deliveries.push_back({std::nullopt, std::move(row)});
  return app.ports().ledger.Commit(step, now);
}

constexpr Duration kDigestLookedBack = std::chrono::days(1);

// The first of a long list are enough to be alarmed.
constexpr std::size_t kUntakenTold = 100;

Result<void> AddUntaken(App& app, review::Digest& digest, Time now) {
  const rules::RuleBookPtr book = app.rules().book();
  if (book == nullptr) return Ok();
  TR_ASSIGN(const std::vector<handoff::Untaken> found, handoff::FindUntaken(app.ports().queues, *book, now));
  for (const handoff::Untaken& late : found) {
    if (digest.untaken.size() == kUntakenTold) break;
    digest.untaken.push_back({late.ticket.id, late.ticket.team, late.late_since});
  }
  return Ok();
}

// What waits already is watched by the new book as well.
void StartClocks(App& app) {
  const rules::RuleBookPtr book = app.rules().book();
  if (book == nullptr) return;
  Ports& ports = app.ports();
  const Result<void> started =
      handoff::StartClocks(ports.queues, ports.deliveries, ports.ledger, *book, ports.clock.Now());
  if (!started) ports.log.Warning("clocks_not_started", {{"trouble", started.fault().text}});
}

}  // namespace

std::string AnnouncementText(App& app, const rules::SyncReport& report) {
  switch (report.outcome) {
    case rules::SyncOutcome::kUnchanged: return "";
    case rules::SyncOutcome::kNewVersion: return NewVersion(app, report);
    case rules::SyncOutcome::kBroken: return Broken(app, report);
    case rules::SyncOutcome::kMended:
      return "The rules are mended: version " + std::to_string(report.version.number) + " is in force.";
  }
  return "";
}

Result<void> Announce(App& app, const rules::SyncReport& report) {
  if (report.outcome == rules::SyncOutcome::kNewVersion) {
    StartClocks(app);
    if (report.version.number == 1) return Ok();  // the first book is news to nobody
  }
  const std::string text = AnnouncementText(app, report);
  const bool broken = report.outcome == rules::SyncOutcome::kBroken;
  app.ports().log.Write(broken ? LogLevel::kWarning : LogLevel::kInfo, "rules", {{"told", text}});
  return Put(app, store::DeliveryKind::kAnnouncement, "rules#" + report.event,
             broken ? "The rules have errors" : "The rules changed", text);
}

Result<std::string> SendDigest(App& app, Time now) {
  TR_ASSIGN(review::Digest digest, review::MakeDigest({app.ports().tickets, app.ports().audit, app.ports().corrections},
                                                      now - std::chrono::days(7), now));
  TR_TRY(AddUntaken(app, digest, now));
  std::string text = review::Format(digest);
  const std::string id = "digest#" + FormatTime(now).substr(0, 10);
  const Result<void> put = Put(app, store::DeliveryKind::kDigest, id, "The week in tickets", text);
  if (!put && put.fault().kind != FaultKind::kConflict) return put.fault();  // else it was sent before
  return text;
}

Time NextDigest(App& app, Time now) {
  const rules::RuleBookPtr book = app.rules().book();
  const DigestConfig& config = app.config().digest;
  static const rules::Team kUtc;
  const rules::Team& team = book != nullptr ? TriageOf(*book) : kUtc;
  std::string hour = config.hour < 10 ? " 0" : " ";
  hour.append(std::to_string(config.hour)).append(":00");
  // At most eight local dates hold the next one of that weekday.
  for (int day = 0; day <= 8; ++day) {
    const Time candidate = now + std::chrono::days(day);
    const std::string date = rules::FormatLocalTime(team, candidate).substr(0, 10);
    const Result<Time> noon = ParseTime(date + " 12:00");
    const Result<Time> moment = rules::ParseLocalTime(team, date + hour);
    if (!noon || !moment || *moment < now) continue;
    const auto weekday = std::chrono::weekday(std::chrono::floor<std::chrono::days>(*noon));
    if (static_cast<int>(weekday.c_encoding()) == config.weekday) return *moment;
  }
  return now + std::chrono::days(7);
}

Time FirstDigest(App& app, Time now) {
  return NextDigest(app, std::max(now - kDigestLookedBack, app.rules().version().at));
}

}  // namespace tr::wiring
