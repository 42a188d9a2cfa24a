#include <boost/json/serialize.hpp>
#include <cstring>

#include "base/hash.h"
#include "base/ids.h"
#include "local/sqlite_codec.h"
#include "local/sqlite_small_ports.h"
#include "ticket/steps.h"

namespace tr::local {
namespace {

const SqlText kTicket("SELECT body, version FROM tr_texts WHERE key = ?");
const SqlText kPutTicket("UPDATE tr_tickets SET version = ?, room = ?, ended_at = NULL WHERE num = ? AND id = ?");
const SqlText kPutText("UPDATE tr_texts SET version = ?, body = ? WHERE key = ?");
const SqlText kMessages("SELECT key, body FROM tr_texts WHERE key > ? AND key < ?");
const SqlText kRemoveCustomer("DELETE FROM tr_customers WHERE hash = ? AND received_at = ? AND num = ?");
const SqlText kRemoveKeys("DELETE FROM tr_keys WHERE num = ?");
const SqlText kDisown("DELETE FROM tr_owners WHERE num = ? AND blob = (SELECT blob FROM tr_originals WHERE key = ?)");
const SqlText kDisownAll("DELETE FROM tr_owners WHERE blob = (SELECT blob FROM tr_originals WHERE key = ?)");
const SqlText kRemoveBytes(
    "DELETE FROM tr_blobs WHERE id = (SELECT blob FROM tr_originals WHERE key = ?) AND "
    "NOT EXISTS (SELECT 1 FROM tr_owners WHERE blob = tr_blobs.id)");
const SqlText kRemoveOriginal(
    "DELETE FROM tr_originals WHERE key = ? AND "
    "NOT EXISTS (SELECT 1 FROM tr_owners WHERE blob = tr_originals.blob)");
const SqlText kReadings("SELECT seq, readings FROM tr_audit WHERE num = ? AND readings IS NOT NULL");
const SqlText kPutReadings("UPDATE tr_audit SET readings = ? WHERE seq = ?");
const SqlText kExamples("SELECT id FROM tr_corrections WHERE ticket = ? AND redacted_text <> ''");
const SqlText kPutErase(
    "INSERT OR IGNORE INTO tr_corrections(id, ticket, kind, by, at, undoes, from_topic, to_topic, from_team, to_team, "
    "reason, after_version, made, redacted_text, before) VALUES(?, ?, ?, 'router', ?, ?, '', '', '', '', '', 0, '', "
    "'', '')");
const SqlText kClearCorrections("UPDATE tr_corrections SET redacted_text = '', before = '' WHERE ticket = ?");
const SqlText kClearOutbox("UPDATE tr_outbox SET subject = '', text = '' WHERE id > ? AND id < ? AND ticket = ?");
const SqlText kClearApart("UPDATE tr_outbox SET subject = '', text = '' WHERE apart = 1 AND ticket = ?");
const SqlText kMark("REPLACE INTO tr_notes(name, value) VALUES('erased', '1')");
const SqlText kUnmark("DELETE FROM tr_notes WHERE name = 'erased'");
const SqlText kMarked("SELECT 1 FROM tr_notes WHERE name = 'erased'");

const SqlText kExpired(
    "SELECT id FROM tr_tickets WHERE ended_at IS NOT NULL AND ended_at < ? ORDER BY ended_at, id LIMIT ?");
const SqlText kDropKeys("DELETE FROM tr_keys WHERE expires_at <= ?");
const SqlText kDropOutbox("DELETE FROM tr_outbox WHERE state = 1 AND changed_at < ?");
const SqlText kDropTurns("DELETE FROM tr_turns WHERE not_before <= ?");
const SqlText kDropBytes(
    "DELETE FROM tr_blobs WHERE id IN (SELECT blob FROM tr_originals WHERE at < ?) AND "
    "NOT EXISTS (SELECT 1 FROM tr_owners WHERE blob = tr_blobs.id)");
const SqlText kDropOriginals(
    "DELETE FROM tr_originals WHERE at < ? AND NOT EXISTS (SELECT 1 FROM tr_owners WHERE blob = tr_originals.blob)");

// The id of the correction that erases another one: always the same, so that erasing twice stores one.
std::string EraseId(const std::string& correction, Time now) {
  const Sha256Digest digest = HashFields({"erase", correction});
  std::uint64_t low = 0;
  std::uint16_t high = 0;
  std::memcpy(&low, digest.data(), sizeof low);
  std::memcpy(&high, digest.data() + sizeof low, sizeof high);
  return SpellUlid(static_cast<std::uint64_t>(ToMillis(now)), high, low);
}

// One ticket's erasure, inside the writer's transaction.
class Erasure {
 public:
  // Without `before` it is forgotten: whatever its state, and who it was too.
  Erasure(Database& database, std::string id, std::optional<Time> before, Time now)
      : database_(database), id_(std::move(id)), before_(before), identity_(!before), now_(now) {}

  Result<void> Run() {
    TR_ASSIGN(num_, FindNum(database_, id_));
    if (num_ == 0) return NotFound("no such ticket");
    TR_ASSIGN(const Ticket ticket, ReadStored());
    if (before_ && (IsOpen(ticket.state) || ticket.touched_at >= *before_)) return Ok();
    done_ = true;
    TR_TRY(EraseTicket(ticket));
    TR_TRY(EraseMessages());
    TR_TRY(EraseReadings());
    TR_TRY(EraseExamples());
    const std::string begin = id_ + "#";
    const std::string end = id_ + "$";
    TR_TRY(Query(database_, kClearOutbox).Bind(begin).Bind(end).Bind(id_).Run());
    TR_TRY(Query(database_, kClearApart).Bind(id_).Run());
    if (identity_) TR_TRY(Query(database_, kRemoveKeys).Bind(num_).Run());
    return Query(database_, kMark).Run();
  }

  // False: it is open, or was touched since.
  bool done() const { return done_; }

 private:
  Result<Ticket> ReadStored() {
    Query query(database_, kTicket);
    TR_ASSIGN(const bool found, query.Bind(TextKey(num_, 0)).Next());
    if (!found || query.Int(1) == 0) return NotFound("no such ticket");
    return ReadTicket(query.View(0), query.Int(1));
  }

  // The version rises with what changes, so that a step that holds the old words in its hands is refused.
  Result<void> EraseTicket(const Ticket& before) {
    Ticket after = before;
    after.subject.clear();
    after.text_removed = true;
    if (identity_) TR_TRY(EraseCustomer(after));
    if (after == before) return Ok();
    ++after.version;
    const std::string body = TicketBody(after);
    const std::size_t room = RoomFor(body, 0);
    Query ticket(database_, kPutTicket);
    TR_TRY(ticket.Bind(after.version).Bind(static_cast<std::int64_t>(room)).Bind(num_).Bind(id_).Run());
    return PutText(TextKey(num_, 0), after.version, std::string_view(body).substr(0, room));
  }

  Result<void> EraseCustomer(Ticket& ticket) {
    const std::int64_t hash = HashAddress(ticket.customer.address);
    TR_TRY(Query(database_, kRemoveCustomer).Bind(hash).Bind(ticket.received_at).Bind(num_).Run());
    ticket.customer.name.clear();
    ticket.customer.address.clear();
    return Ok();
  }

  Result<void> PutText(std::int64_t key, std::int64_t version, std::string_view body) {
    return Query(database_, kPutText).Bind(version).Bind(body).Bind(key).Run();
  }

  Result<void> EraseMessages() {
    std::vector<std::pair<std::int64_t, Message>> messages;
    {
      Query query(database_, kMessages);
      query.Bind(TextKey(num_, 0)).Bind(TextKey(num_ + 1, 0));
      while (true) {
        TR_ASSIGN(const bool more, query.Next());
        if (!more) break;
        TR_ASSIGN(Message message, ReadMessage(query.View(1)));
        messages.emplace_back(query.Int(0), std::move(message));
      }
    }
    for (auto& [key, message] : messages) TR_TRY(EraseMessage(key, message));
    return Ok();
  }

  Result<void> EraseMessage(std::int64_t key, Message& message) {
    if (!message.original.empty()) TR_TRY(LeaveOriginal(message.original));
    message.original.clear();
    message.text.clear();
    message.new_text.clear();
    for (Attachment& attachment : message.attachments) attachment.filename.clear();
    if (identity_) message.message_id.clear();
    if (identity_ && message.author == Author::kCustomer) message.from = {};
    return PutText(key, 0, MessageBody(message));
  }

  // Its bytes go with the last ticket that names it, or when the customer is forgotten.
  Result<void> LeaveOriginal(const std::string& key) {
    TR_TRY(identity_ ? Query(database_, kDisownAll).Bind(key).Run()
                     : Query(database_, kDisown).Bind(num_).Bind(key).Run());
    TR_TRY(Query(database_, kRemoveBytes).Bind(key).Run());
    return Query(database_, kRemoveOriginal).Bind(key).Run();
  }

  Result<void> EraseReadings() {
    std::vector<std::pair<std::int64_t, std::string>> rows;
    {
      Query query(database_, kReadings);
      query.Bind(num_);
      while (true) {
        TR_ASSIGN(const bool more, query.Next());
        if (!more) break;
        rows.emplace_back(query.Int(0), query.Text(1));
      }
    }
    for (const auto& [seq, packed] : rows) {
      TR_ASSIGN(std::vector<store::ReadingRow> readings, UnpackReadings(packed, id_));
      std::string without;
      for (store::ReadingRow& row : readings) {
        row.reading.evidence.clear();
        PackReading(without, row);
      }
      TR_TRY(Query(database_, kPutReadings).Bind(without).Bind(seq).Run());
    }
    return Ok();
  }

  Result<void> EraseExamples() {
    std::vector<std::string> examples;
    {
      Query query(database_, kExamples);
      query.Bind(id_);
      while (true) {
        TR_ASSIGN(const bool more, query.Next());
        if (!more) break;
        examples.push_back(query.Text(0));
      }
    }
    const int kind = static_cast<int>(store::CorrectionKind::kErase);
    for (const std::string& example : examples) {
      const std::string erase = EraseId(example, now_);
      TR_TRY(Query(database_, kPutErase).Bind(erase).Bind(id_).Bind(kind).Bind(now_).Bind(example).Run());
    }
    return Query(database_, kClearCorrections).Bind(id_).Run();
  }

  Database& database_;
  const std::string id_;
  const std::optional<Time> before_;
  const bool identity_;
  const Time now_;
  std::int64_t num_ = 0;
  bool done_ = false;
};

Result<void> DropOld(Database& database, Time before, Time now) {
  TR_TRY(Query(database, kDropKeys).Bind(now).Run());
  TR_TRY(Query(database, kDropTurns).Bind(now).Run());
  TR_TRY(Query(database, kDropOutbox).Bind(before).Run());
  TR_TRY(Query(database, kDropBytes).Bind(before).Run());
  TR_TRY(Query(database, kDropOriginals).Bind(before).Run());
  return database.changes() == 0 ? Ok() : Query(database, kMark).Run();
}

// Whether bytes were erased that can still be found in the file.
Result<bool> IsMarked(Database& database) {
  Query query(database, kMarked);
  return query.Next();
}

// A connection of its own: the rewriting goes through a temporary file, which the writer's would keep in memory.
Result<void> Rewrite(const std::string& path) {
  TR_ASSIGN(const std::unique_ptr<Database> database, Database::Open(path, {}));
  TR_TRY(database->Run("PRAGMA temp_store=FILE"));
  TR_TRY(database->Run("VACUUM"));
  return database->Run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

Result<bool> SqliteEraser::EraseExpired(const std::string& ticket, Time before, Time now) {
  recent_.Forget(ticket);
  bool done = false;
  auto work = [&](Session& session) {
    Erasure erasure(session.database(), ticket, before, now);
    const Result<void> result = erasure.Run();
    done = erasure.done();
    return result;
  };
  TR_TRY(writer_.Submit(work));
  return done;
}

Result<void> SqliteEraser::Forget(const std::string& ticket, Time now) {
  recent_.Forget(ticket);
  auto work = [&](Session& session) { return Erasure(session.database(), ticket, std::nullopt, now).Run(); };
  return writer_.Submit(work);
}

Result<std::vector<std::string>> SqliteEraser::Expired(Time before, int limit) {
  TR_READ(database);
  Query query(database, kExpired);
  query.Bind(before).Bind(limit);
  std::vector<std::string> tickets;
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return tickets;
    tickets.push_back(query.Text(0));
  }
}

Result<void> SqliteEraser::Vacuum(Time before, Time now) {
  auto drop = [&](Session& session) { return DropOld(session.database(), before, now); };
  TR_TRY(writer_.Submit(drop));
  auto rewrite = [&](Session& session) -> Result<void> {
    TR_ASSIGN(const bool marked, IsMarked(session.database()));
    if (!marked) return Ok();
    TR_TRY(Rewrite(path_));
    return Query(session.database(), kUnmark).Run();
  };
  return writer_.SubmitAlone(rewrite);
}

}  // namespace tr::local
