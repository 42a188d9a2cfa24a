#pragma once
// What is told about the rules, and the weekly digest: as rows of the outbox, to triage.

#include <string>

#include "rules/sync.h"
#include "wiring/app.h"

namespace tr::wiring {

// "Version 18 in force since 14:15: 2 bullets added; 6 of the last 200 tickets would have gone elsewhere", or every
// error and "Nothing changed: the rules of Tue 14:02 (version 17) stay in force." Empty for kUnchanged. Asks the store
// for the last tickets.
std::string AnnouncementText(App& app, const rules::SyncReport& report);

// Logs the report and puts the announcement into the outbox. Idempotent per `report.event`; see rules::Sync::Tell.
Result<void> Announce(App& app, const rules::SyncReport& report);

// Puts the digest of the seven days before `now` into the outbox, once per day of `now`; returns its text.
Result<std::string> SendDigest(App& app, Time now);

// The digest's next moment at or after `now`: the configured weekday and hour in triage's time zone.
Time NextDigest(App& app, Time now);

// The first digest that a start at `now` looks after: the one of the day before, which a stop may have swallowed, if
// the book was in force by then; else the next. Sending it for its own moment tells nobody twice.
Time FirstDigest(App& app, Time now);

}  // namespace tr::wiring
