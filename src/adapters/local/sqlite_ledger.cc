// The order of a step's changes: first whatever may refuse it, so that a refused step has nearly always changed
// nothing and costs its neighbours in the group nothing; then the rest. If we die anywhere here, nothing happened.
#include "local/sqlite_ledger.h"

#include <algorithm>

#include "local/sqlite_delivery_row.h"
#include "local/sqlite_packed_step.h"

namespace tr::local {
namespace {

using store::Step;

const SqlText kFindTicket("SELECT num, version, landed, room, ended_at IS NOT NULL FROM tr_tickets WHERE id = ?");
const SqlText kPutTicket(
    "REPLACE INTO tr_tickets(id, num, version, state, move, landed, room, ended_at) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
// Most steps neither end a ticket nor reopen one: they leave the index of ended ones alone.
const SqlText kUpdateTicket(
    "UPDATE tr_tickets SET version = ?, state = ?, move = ?, landed = ?, room = ? WHERE id = ?");
const SqlText kPutText("REPLACE INTO tr_texts(key, version, body) VALUES(?, ?, ?)");
const SqlText kUpdateText("UPDATE tr_texts SET version = ?, body = ? WHERE key = ?");
const SqlText kPutCustomer("INSERT OR IGNORE INTO tr_customers(hash, received_at, num) VALUES(?, ?, ?)");
const SqlText kPutKey(
    "INSERT INTO tr_keys(hash, num, rest, expires_at) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE "
    "SET num = excluded.num, rest = excluded.rest, expires_at = excluded.expires_at WHERE expires_at <= ?");
// A value that named a ticket before it was stored is still kept whole.
const SqlText kReplaceKey(
    "UPDATE tr_keys SET num = ?, rest = ?, expires_at = ? WHERE hash = ? AND expires_at > ? AND "
    "((num = ? AND rest = ?) OR (num = 0 AND rest = ?))");
const SqlText kPutUnhandled("INSERT OR IGNORE INTO tr_unhandled(num, n, at) VALUES(?, ?, ?)");
const SqlText kRemoveUnhandled("DELETE FROM tr_unhandled WHERE num = ? AND n = ?");
const SqlText kPutHistory("INSERT INTO tr_audit(num, rows, readings) VALUES(?, ?, ?)");
const SqlText kRemoveEntry("DELETE FROM tr_routes WHERE team = ? AND place = ? AND received_at = ? AND ticket = ?");
const SqlText kPutEntry("INSERT OR IGNORE INTO tr_routes(team, place, received_at, ticket, num) VALUES(?, ?, ?, ?, ?)");
const SqlText kPutTurn("REPLACE INTO tr_turns(channel, not_before) VALUES(?, ?)");
const SqlText kOwnOriginal("INSERT OR IGNORE INTO tr_owners(blob, num) SELECT blob, ? FROM tr_originals WHERE key = ?");
const SqlText kPutCorrection(
    "INSERT INTO tr_corrections(id, ticket, kind, by, at, undoes, from_topic, to_topic, from_team, to_team, reason, "
    "after_version, made, redacted_text, before) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

// Whether a ticket's new version must be the one that follows.
enum class Versions { kFollow, kAsGiven };

// One application of a step. Lives for one run of its work.
class StepRun {
 public:
  StepRun(Session& session, const Step& step, const PackedStep& packed, Time now, Versions versions)
      : session_(session),
        database_(session.database()),
        step_(step),
        packed_(packed),
        now_(now),
        versions_(versions) {}

  Result<void> Run() {
    TR_TRY(CheckTickets());
    TR_TRY(AdvanceDeliveries());
    TR_TRY(PutKeys());
    for (std::size_t i = 0; i < step_.tickets.size(); ++i) TR_TRY(PutTicket(i));
    for (std::size_t i = 0; i < step_.messages.size(); ++i) TR_TRY(PutMessage(i));
    TR_TRY(PutHistories());
    TR_TRY(PutEntries());
    TR_TRY(PutDeliveries());
    return PutRest();
  }

  // A new ticket was named by earlier steps: more may hang on it than this one stores.
  bool named_before() const { return named_before_; }

 private:
  // A ticket that this step writes or names.
  struct Known {
    std::string_view id;
    std::int64_t num = 0;
    std::int64_t version = 0;  // stored
    bool landed = false;
    std::int64_t room = 0;
    bool ended = false;
  };

  Result<void> CheckTickets() {
    for (const store::TicketWrite& write : step_.tickets) {
      const bool follows = versions_ == Versions::kAsGiven || write.ticket.version == write.expected_version + 1;
      if (!follows) return Bug("a ticket's new version does not follow");
      TR_ASSIGN(Known known, Find(write.ticket.id));
      if (known.version != write.expected_version) return Conflict("the ticket has changed: reload it");
      if (known.version == 0 && known.num != 0) named_before_ = true;
      if (known.num == 0) {
        TR_ASSIGN(known.num, session_.NewNum());
      }
      known_.push_back(known);
    }
    return Ok();
  }

  Result<Known> Find(std::string_view id) {
    Query query(database_, kFindTicket);
    TR_ASSIGN(const bool found, query.Bind(id).Next());
    if (!found) return Known{.id = id};
    return Known{id, query.Int(0), query.Int(1), query.Int(2) != 0, query.Int(3), query.Int(4) != 0};
  }

  // The num of a ticket; one that nobody ever stored gets a row of version 0, which no reader sees.
  Result<std::int64_t> NumOf(std::string_view id) {
    for (const Known& known : known_) {
      if (known.id == id) return known.num;
    }
    TR_ASSIGN(Known known, Find(id));
    if (known.num == 0) {
      TR_ASSIGN(known.num, session_.NewNum());
      Ticket unknown;
      unknown.id = id;
      const std::string body = TicketBody(unknown);
      TR_TRY(WriteTicket(known, unknown, body, RoomFor(body, 0)));
    }
    known_.push_back(known);
    return known.num;
  }

  // A new row for a new ticket and for one that ends or is reopened.
  Result<void> WriteTicket(const Known& known, const Ticket& ticket, std::string_view body, std::size_t room) {
    const std::optional<Time> ended = EndedAt(ticket);
    const auto state = static_cast<int>(ticket.state);
    const auto move = static_cast<int>(ticket.move);
    const int landed = ticket.landed_at.has_value() ? 1 : 0;
    const auto stored_room = static_cast<std::int64_t>(room);
    if (known.version != 0 && !known.ended && !ended) {
      Query query(database_, kUpdateTicket);
      query.Bind(ticket.version).Bind(state).Bind(move).Bind(landed).Bind(stored_room).Bind(ticket.id);
      TR_TRY(query.Run());
    } else {
      Query query(database_, kPutTicket);
      query.Bind(ticket.id).Bind(known.num).Bind(ticket.version).Bind(state).Bind(move).Bind(landed).Bind(stored_room);
      if (ended) query.Bind(*ended);
      TR_TRY(query.Run());
    }
    return WriteText(known, ticket.version, body.substr(0, room));
  }

  Result<void> WriteText(const Known& known, std::int64_t version, std::string_view body) {
    const std::int64_t key = TextKey(known.num, 0);
    if (known.version == 0) return Query(database_, kPutText).Bind(key).Bind(version).Bind(body).Run();
    return Query(database_, kUpdateText).Bind(version).Bind(body).Bind(key).Run();
  }

  Result<void> PutTicket(std::size_t index) {
    const Ticket& ticket = step_.tickets[index].ticket;
    const Known& known = known_[index];
    TR_TRY(WriteTicket(known, ticket, packed_.tickets[index], RoomFor(packed_.tickets[index], known.room)));
    if (known.version == 0) session_.tally().AddTicket();
    if (!known.landed && ticket.landed_at) session_.tally().AddLanded();
    if (packed_.customers[index] == 0) return Ok();
    return Query(database_, kPutCustomer).Bind(packed_.customers[index]).Bind(ticket.received_at).Bind(known.num).Run();
  }

  Result<void> PutMessage(std::size_t index) {
    const Message& message = step_.messages[index];
    if (message.n < 1 || message.n >= kMaxN) return Bug("a message's number is out of range");
    TR_ASSIGN(const std::int64_t num, NumOf(message.ticket));
    const std::int64_t key = TextKey(num, message.n);
    TR_TRY(Query(database_, kPutText).Bind(key).Bind(0).Bind(packed_.messages[index]).Run());
    if (!message.original.empty()) TR_TRY(Query(database_, kOwnOriginal).Bind(num).Bind(message.original).Run());
    switch (message.state) {
      case MessageState::kReceived:
        return Query(database_, kPutUnhandled).Bind(num).Bind(message.n).Bind(message.at).Run();
      case MessageState::kHandled: return Query(database_, kRemoveUnhandled).Bind(num).Bind(message.n).Run();
    }
    return Ok();
  }

  Result<void> PutHistories() {
    for (const PackedHistory& history : packed_.histories) {
      TR_ASSIGN(const std::int64_t num, NumOf(history.ticket));
      Query query(database_, kPutHistory);
      query.Bind(num);
      history.rows.empty() ? query.BindNull() : query.Bind(history.rows);
      history.readings.empty() ? query.BindNull() : query.Bind(history.readings);
      TR_TRY(query.Run());
    }
    return Ok();
  }

  Result<void> PutEntries() {
    for (const store::QueueEntry& entry : step_.entries_removed) {
      const int place = PlaceOf(entry.rank);
      Query query(database_, kRemoveEntry);
      TR_TRY(query.Bind(entry.team).Bind(place).Bind(entry.received_at).Bind(entry.ticket).Run());
      if (database_.changes() != 0) session_.tally().AddEntry(entry.team, place, -1);
    }
    for (const store::QueueEntry& entry : step_.entries_put) {
      const int place = PlaceOf(entry.rank);
      TR_ASSIGN(const std::int64_t num, NumOf(entry.ticket));
      Query query(database_, kPutEntry);
      TR_TRY(query.Bind(entry.team).Bind(place).Bind(entry.received_at).Bind(entry.ticket).Bind(num).Run());
      if (database_.changes() != 0) session_.tally().AddEntry(entry.team, place, 1);
    }
    return Ok();
  }

  Result<void> AdvanceDeliveries() {
    for (const store::DeliveryWrite& write : step_.deliveries) {
      if (!write.expected_attempts) continue;
      TR_ASSIGN(const bool advanced, UpdateDelivery(database_, write.delivery, *write.expected_attempts));
      if (!advanced) return Conflict("somebody else tries this delivery");
    }
    return Ok();
  }

  Result<void> PutDeliveries() {
    for (const store::DeliveryWrite& write : step_.deliveries) {
      if (!write.expected_attempts) TR_TRY(InsertDelivery(database_, write.delivery));
    }
    for (const store::ChannelTurn& turn : step_.turns) {
      TR_TRY(Query(database_, kPutTurn).Bind(turn.channel).Bind(turn.not_before).Run());
    }
    return Ok();
  }

  // What a key stands for, as tr_keys has it.
  struct Target {
    std::int64_t num = 0;
    std::string_view rest;
  };

  Result<Target> TargetOf(std::string_view value) {
    const std::size_t size = std::min(value.find('#'), value.size());
    const std::string_view id = value.substr(0, size);
    for (const Known& known : known_) {
      if (known.id == id) return Target{known.num, value.substr(size)};
    }
    TR_ASSIGN(const std::int64_t num, FindNum(database_, id));
    return num == 0 ? Target{0, value} : Target{num, value.substr(size)};
  }

  Result<void> PutKeys() {
    for (std::size_t i = 0; i < step_.keys.size(); ++i) {
      const store::Key& key = step_.keys[i];
      TR_ASSIGN(const bool put,
                key.replaces ? ReplaceKey(packed_.keys[i], key) : PutKey(packed_.keys[i], key.ticket, key.expires_at));
      if (!put) return Conflict("a unique key of this step is taken");
    }
    return Ok();
  }

  // False: it is there and has not expired.
  Result<bool> PutKey(const KeyHash& hash, std::string_view value, Time expires_at) {
    TR_ASSIGN(const Target to, TargetOf(value));
    Query query(database_, kPutKey);
    TR_TRY(query.BindBlob(View(hash)).Bind(to.num).Bind(to.rest).Bind(expires_at).Bind(now_).Run());
    return database_.changes() != 0;
  }

  // False: it does not stand for what is to be replaced.
  Result<bool> ReplaceKey(const KeyHash& hash, const store::Key& key) {
    TR_ASSIGN(const Target to, TargetOf(key.ticket));
    TR_ASSIGN(const Target from, TargetOf(*key.replaces));
    Query query(database_, kReplaceKey);
    query.Bind(to.num).Bind(to.rest).Bind(key.expires_at).BindBlob(View(hash)).Bind(now_);
    TR_TRY(query.Bind(from.num).Bind(from.rest).Bind(*key.replaces).Run());
    return database_.changes() != 0;
  }

  Result<void> PutRest() {
    for (std::size_t i = 0; i < step_.threads.size(); ++i) {
      const Result<bool> put = PutKey(packed_.threads[i], step_.threads[i].ticket, step_.threads[i].expires_at);
      if (!put.ok()) return put.fault();
    }
    for (const store::Correction& correction : step_.corrections) TR_TRY(PutCorrection(correction));
    return Ok();
  }

  Result<void> PutCorrection(const store::Correction& row) {
    std::string made;
    for (const std::string& id : row.made) AppendField(made, id);
    Query query(database_, kPutCorrection);
    query.Bind(row.id).Bind(row.ticket).Bind(static_cast<int>(row.kind)).Bind(row.by).Bind(row.at).Bind(row.undoes);
    query.Bind(row.from_topic).Bind(row.to_topic).Bind(row.from_team).Bind(row.to_team).Bind(row.reason);
    return query.Bind(row.after_version).Bind(made).Bind(row.redacted_text).Bind(row.before).Run();
  }

  Session& session_;
  Database& database_;
  const Step& step_;
  const PackedStep& packed_;
  const Time now_;
  const Versions versions_;
  bool named_before_ = false;
  std::vector<Known> known_;  // those of step_.tickets first, in their order
};

}  // namespace

Result<void> SqliteLedger::Commit(const Step& step, Time now) {
  const Step* const one = &step;
  return std::move(CommitEach({&one, 1}, now).front());
}

std::vector<Result<void>> SqliteLedger::CommitEach(std::span<const Step* const> steps, Time now) {
  struct Work {
    Work(const Step& work_step, Time work_now) : step(work_step), packed(work_step), at(work_now) {}
    Result<void> operator()(Session& session) {
      if (store::CountItems(step) > store::kMaxStepItems) return Bug("a step of more than 25 items");
      StepRun run(session, step, packed, at, Versions::kFollow);
      const Result<void> result = run.Run();
      named_before = run.named_before();
      return result;
    }
    const Step& step;
    const PackedStep packed;
    const Time at;
    bool named_before = false;
  };
  std::vector<Work> works;
  std::vector<WorkRef> refs;
  std::vector<RecentTickets::Hand> hands;
  works.reserve(steps.size());
  for (const Step* step : steps) {
    refs.emplace_back(works.emplace_back(*step, now));
    hands.push_back(recent_.Take(*step));
  }
  std::vector<Result<void>> results = writer_.SubmitEach(refs);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    recent_.PutBack(hands[i], *steps[i], results[i].ok() && !works[i].named_before);
  }
  return results;
}

Result<void> SqliteLedger::Load(const Step& step) {
  Step rows = step;
  rows.audit.clear();
  std::vector<Step> runs = {std::move(rows)};
  // A step's audit rows are stored by ticket; one step for each run of one ticket's rows keeps their order.
  for (const store::AuditRow& row : step.audit) {
    if (runs.back().audit.empty() || runs.back().audit.back().ticket != row.ticket) runs.emplace_back();
    runs.back().audit.push_back(row);
  }
  auto work = [&](Session& session) -> Result<void> {
    for (const Step& run : runs) {
      const PackedStep packed(run);
      TR_TRY(StepRun(session, run, packed, Time{}, Versions::kAsGiven).Run());
    }
    return Ok();
  };
  return writer_.Submit(work);
}

}  // namespace tr::local
