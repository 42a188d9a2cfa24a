// The order of an erasure: first the ticket gets a new version, so that a step that holds the old words is refused;
// then everything around it; then a new version again, against a step that was loaded meanwhile; then the texts that
// nobody can name any more; last the ticket leaves the index of those that have text. Whoever dies in between finds it
// there and begins again.

#include <algorithm>
#include <cstring>
#include <thread>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/text.h"
#include "ticket/steps.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr int kRounds = 5;
constexpr std::size_t kHexKey = 32;

json::object VersionIs(std::int64_t version) {
  return Condition("#v = :v", {{"#v", "version"}}, {{":v", NumberValue(version)}});
}

// Always the same, so that erasing twice stores one.
std::string EraseId(const std::string& correction, Time now) {
  const Sha256Digest digest = HashFields({"erase", correction});
  std::uint64_t low = 0;
  std::uint16_t high = 0;
  std::memcpy(&low, digest.data(), sizeof low);
  std::memcpy(&high, digest.data() + sizeof low, sizeof high);
  return SpellUlid(static_cast<std::uint64_t>(ToMillis(now)), high, low);
}

bool StandsFor(std::string_view value, const std::string& ticket) {
  return value == ticket || (value.starts_with(ticket) && value.substr(ticket.size()).starts_with('#'));
}

class Erasure {
 public:
  // Without `before` it is forgotten: whatever its state, and who it was too.
  Erasure(const DynamoParts& parts, const std::string& id, std::optional<Time> before, Time now)
      : parts_(parts),
        tables_(parts.tables),
        id_(id),
        before_(before),
        identity_(!before),
        now_(now),
        texts_(parts.stamps.Next()) {}

  // False: it is open, or was touched since.
  Result<bool> Run() {
    TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(tables_.tickets, TicketKey(id_)));
    if (!item) return NotFound("no such ticket");
    TR_ASSIGN(const Ticket ticket, ReadTicketItem(parts_.blobs, *item));
    if (before_ && (IsOpen(ticket.state) || ticket.touched_at >= *before_)) return false;
    TR_TRY(EraseTicket(*item, ticket));
    TR_TRY(EraseMessages());
    TR_TRY(EraseHistory());
    TR_TRY(EraseCorrections());
    TR_TRY(EraseDeliveries());
    TR_TRY(Seal());
    TR_TRY(RemoveOldTexts());
    TR_TRY(Finish());
    return true;
  }

 private:
  // An item's new value: what is still too long for it goes to the bucket first.
  Result<void> PutIf(std::string_view table, const Item& before, Item item, const json::object& condition) {
    for (const TextBatch::Large& large : texts_.large()) kept_.insert(large.key);
    if (item == before) return Ok();
    TR_TRY(PutTexts(parts_, texts_));
    TR_ASSIGN(const bool put, texts_.large().empty() ? parts_.db.PutIf(table, std::move(item), condition)
                                                     : PutWithTexts(PutAction(table, std::move(item), condition)));
    texts_ = TextBatch(parts_.stamps.Next());
    changed_ = true;
    return put ? Ok() : Result<void>(Conflict("the ticket changes while it is erased"));
  }

  Result<bool> PutWithTexts(Action put) {
    std::vector<Action> actions = {std::move(put)};
    AddTexts(actions);
    TR_ASSIGN(const std::vector<std::string> reasons, parts_.db.Transact(actions));
    return reasons.empty();
  }

  void AddTexts(std::vector<Action>& actions) const {
    for (PlannedAction& planned : TakeTexts(tables_, texts_)) actions.push_back(std::move(planned.action));
  }

  Result<void> EraseTicket(const Item& item, const Ticket& before) {
    ticket_ = before;
    ticket_.subject.clear();
    ticket_.text_removed = true;
    if (identity_) ticket_.customer.name.clear();
    if (identity_) ticket_.customer.address.clear();
    if (ticket_ == before) {
      kept_.insert(std::string(TextOf(item, "body_at")));
      return Ok();
    }
    ++ticket_.version;
    Item erased = TicketItem(ticket_, texts_);
    // It stays among those that have text until all of it is gone.
    if (const bool ended = TextOf(item, "wp").starts_with(kEnded); ended) {
      erased["wp"] = item.at("wp");
      erased["ws"] = item.at("ws");
    }
    return PutIf(tables_.tickets, item, std::move(erased), VersionIs(before.version));
  }

  Result<void> EraseMessages() {
    DynamoQuery query{tables_.tickets, "", TicketPartition(id_)};
    query.from = kMessages;
    TR_ASSIGN(const std::vector<Item> items, parts_.db.Query(query));
    for (const Item& item : items) {
      TR_ASSIGN(Message message, ReadMessageItem(parts_.blobs, item));
      if (before_ && message.n > ticket_.messages) continue;  // it came meanwhile: the ticket is touched
      if (!message.original.empty()) TR_TRY(LeaveOriginal(message.original));
      message.original.clear();
      message.text.clear();
      message.new_text.clear();
      for (Attachment& attachment : message.attachments) attachment.filename.clear();
      if (identity_) message.message_id.clear();
      if (identity_ && message.author == Author::kCustomer) message.from = {};
      TR_TRY(PutIf(tables_.tickets, item, MessageItem(message, texts_), AsItWas(item)));
    }
    return Ok();
  }

  // Its bytes go with the last ticket that names it, or when the customer is forgotten.
  Result<void> LeaveOriginal(const std::string& key) {
    if (identity_) return RemoveOriginal(key);
    TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(tables_.keys, OriginalKey(key)));
    std::set<std::string> owners = item ? TextsOf(*item, "owners") : std::set<std::string>();
    owners.erase(id_);
    if (owners.empty()) return RemoveOriginal(key);
    TR_TRY(parts_.db.Call("UpdateItem", {{"TableName", tables_.keys},
                                         {"Key", OriginalKey(key).ToItem()},
                                         {"UpdateExpression", "DELETE owners :o"},
                                         {"ConditionExpression", "attribute_exists(pk)"},  // or an item would be made
                                         {"ExpressionAttributeValues", json::object{{":o", TextsValue({id_})}}}}));
    return Ok();
  }

  Result<void> RemoveOriginal(const std::string& key) {
    TR_TRY(parts_.blobs.Remove(OriginalBlob(key)));
    const Result<bool> removed = parts_.db.DeleteIf(tables_.keys, OriginalKey(key), {});
    return removed ? Ok() : Result<void>(removed.fault());
  }

  Result<void> EraseHistory() {
    TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({tables_.audit, "", TicketPartition(id_)}));
    for (const Item& item : items) {
      if (Has(item, "texts")) {
        old_.push_back(item);
        continue;
      }
      TR_ASSIGN(std::vector<store::ReadingRow> readings, ReadReadings(parts_.blobs, item));
      TR_ASSIGN(std::vector<store::AuditRow> rows, ReadAuditRows(parts_.blobs, item));
      for (store::ReadingRow& row : readings) row.reading.evidence.clear();
      const std::string_view keys = TextOf(item, "keys");
      History history{id_, std::move(rows), std::move(readings), {}};
      if (identity_) TR_TRY(RemoveKeys(keys));
      if (!identity_ && !keys.empty()) history.keys.emplace_back(keys);
      TR_TRY(PutIf(tables_.audit, item, HistoryItem(history, std::string(TextOf(item, "sk")), texts_), {}));
    }
    return Ok();
  }

  Result<void> RemoveKeys(std::string_view keys) {
    for (std::size_t at = 0; at + kHexKey <= keys.size(); at += kHexKey) {
      store::KeyHash hash;
      if (!store::FromHex(keys.substr(at, kHexKey), hash)) continue;
      const Key key = HashKeyOf(hash);
      TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(tables_.keys, key));
      if (!item || !StandsFor(TextOf(*item, "ticket"), id_)) continue;
      const json::object same = Condition("ticket = :t", {}, {{":t", TextValue(TextOf(*item, "ticket"))}});
      TR_TRY(parts_.db.DeleteIf(tables_.keys, key, same));
    }
    return Ok();
  }

  Result<void> EraseCorrections() {
    DynamoQuery query{tables_.corrections, "", TicketPartition(id_)};
    query.keys_only = true;
    TR_ASSIGN(const std::vector<Item> pointers, parts_.db.Query(query));
    for (const Item& pointer : pointers) TR_TRY(EraseCorrection(std::string(TextOf(pointer, "sk"))));
    return Ok();
  }

  // The words go and the row that says so comes in one transaction.
  Result<void> EraseCorrection(const std::string& stamp) {
    TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(tables_.corrections, {std::string(kCorrectionLog), stamp}));
    if (!item) return Ok();
    TR_ASSIGN(store::Correction row, ReadCorrectionItem(parts_.blobs, *item));
    const bool taught = !row.redacted_text.empty();
    row.redacted_text.clear();
    row.before.clear();
    Item erased = CorrectionItem(row, stamp, texts_);
    if (!taught) return PutIf(tables_.corrections, *item, std::move(erased), {});
    store::Step step;
    store::Correction& erase = step.corrections.emplace_back();
    erase.id = EraseId(row.id, now_);
    erase.kind = store::CorrectionKind::kErase;
    erase.ticket = id_;
    erase.by = "router";
    erase.at = now_;
    erase.undoes = row.id;
    TR_ASSIGN(const StepPlan plan, PlanStep(step, now_, tables_, parts_.stamps, Expect::kAsStepSays));
    std::vector<Action> actions = ActionsOf(plan);
    actions.push_back(PutAction(tables_.corrections, std::move(erased), AsItWas(*item)));
    for (const TextBatch::Large& large : texts_.large()) kept_.insert(large.key);
    AddTexts(actions);
    TR_TRY(PutTexts(parts_, texts_));
    TR_ASSIGN(const std::vector<std::string> reasons, parts_.db.Transact(actions));
    texts_ = TextBatch(parts_.stamps.Next());
    return reasons.empty() ? Ok() : Result<void>(Conflict("the correction changes while it is erased"));
  }

  // Two who erase at once: one of them tells the readers.
  static json::object AsItWas(const Item& item) {
    const std::string name = Has(item, "body") ? "body" : "body_at";
    return Condition("#b = :b", {{"#b", name}}, {{":b", TextValue(TextOf(item, name))}});
  }

  Result<void> EraseDeliveries() {
    TR_ASSIGN(const std::vector<Item> items, parts_.db.Query({tables_.routes, "", DeliveryPartition(id_)}));
    for (const Item& item : items) {
      std::optional<Item> row = item;
      if (Has(item, "id")) {
        TR_ASSIGN(row, parts_.db.Get(tables_.routes, DeliveryKey(TextOf(item, "id"))));
      }
      if (!row) continue;
      TR_ASSIGN(store::Delivery delivery, ReadDeliveryItem(parts_.blobs, *row));
      if (delivery.ticket != id_) continue;
      delivery.subject.clear();
      delivery.text.clear();
      const json::object same = Condition("attempts = :n", {}, {{":n", NumberValue(delivery.attempts)}});
      TR_TRY(PutIf(tables_.routes, *row, DeliveryItem(delivery, texts_), same));
    }
    return Ok();
  }

  Result<void> Seal() {
    if (!changed_) return Ok();
    TR_ASSIGN(Item sealed, AsErased());
    const json::object same = VersionIs(ticket_.version);
    sealed["version"] = NumberValue(++ticket_.version);
    TR_ASSIGN(const bool put, parts_.db.PutIf(tables_.tickets, std::move(sealed), same));
    return put ? Ok() : Result<void>(Conflict("the ticket changes while it is erased"));
  }

  // What the rows of the bucket's texts name and no item does any more.
  Result<void> RemoveOldTexts() {
    for (const Item& row : old_) {
      bool all = true;
      for (const std::string& name : TextsIn(row)) {
        if (kept_.contains(name)) {
          all = false;
        } else {
          TR_TRY(parts_.blobs.Remove(name));
        }
      }
      const Key key{std::string(TextOf(row, "pk")), std::string(TextOf(row, "sk"))};
      if (all) TR_TRY(parts_.db.DeleteIf(tables_.audit, key, {}));
    }
    return Ok();
  }

  // The ticket's item. A step that came between has read texts that were still there: then all of it is done again.
  Result<Item> AsErased() {
    TR_ASSIGN(std::optional<Item> item, parts_.db.Get(tables_.tickets, TicketKey(id_)));
    if (!item || NumberOf(*item, "version") != ticket_.version) {
      return Conflict("the ticket changes while it is erased");
    }
    return *std::move(item);
  }

  Result<void> Finish() {
    TR_ASSIGN(Item finished, AsErased());
    if (!TextOf(finished, "wp").starts_with(kEnded)) return Ok();
    finished.erase("wp");
    finished.erase("ws");
    TR_ASSIGN(const bool put, parts_.db.PutIf(tables_.tickets, std::move(finished), VersionIs(ticket_.version)));
    return put ? Ok() : Result<void>(Conflict("the ticket changes while it is erased"));
  }

  const DynamoParts& parts_;
  const Tables& tables_;
  const std::string& id_;
  const std::optional<Time> before_;
  const bool identity_;
  const Time now_;
  TextBatch texts_;             // of the item that is being written
  std::set<std::string> kept_;  // bucket names that items name afterwards
  std::vector<Item> old_;       // rows of what the bucket had before
  Ticket ticket_;
  bool changed_ = false;  // something of it was still there
};

}  // namespace

Result<bool> DynamoEraser::Erase(const std::string& ticket, std::optional<Time> before, Time now) {
  for (int round = 0; round < kRounds; ++round) {
    const Result<bool> erased = Erasure(parts_, ticket, before, now).Run();
    if (erased || erased.fault().kind != FaultKind::kConflict) return erased;
  }
  return Transient("the ticket changes while it is erased: try again");
}

Result<bool> DynamoEraser::EraseExpired(const std::string& ticket, Time before, Time now) {
  return Erase(ticket, before, now);
}

Result<void> DynamoEraser::Forget(const std::string& ticket, Time now) {
  TR_TRY(Erase(ticket, std::nullopt, now));
  return Ok();
}

Result<std::vector<std::string>> DynamoEraser::Expired(Time before, int limit) {
  std::vector<std::string> ids;
  if (limit < 1 || ToMillis(before) < 1) return ids;
  DynamoQuery query{parts_.tables.tickets, kWork, ""};
  query.to = Padded(ToMillis(before));
  query.limit = limit;
  TR_ASSIGN(const Merged merged, QueryShards(parts_.db, query, kEnded));
  TR_ASSIGN(const std::vector<Ticket> tickets, TicketsOf(parts_, merged.items));
  for (const Ticket& ticket : tickets) {
    if (ids.size() < static_cast<std::size_t>(limit)) ids.push_back(ticket.id);
  }
  return ids;
}

namespace {

constexpr int kPage = 1000;
constexpr Duration kTextsWait = std::chrono::hours(24);  // a step's attempt takes seconds

// The row last: whoever dies before it begins again.
Result<void> DropTexts(const DynamoParts& parts, const Item& waiting, const Key& key) {
  for (const std::string& name : TextsIn(waiting)) TR_TRY(parts.blobs.Remove(name));
  TR_TRY(parts.db.DeleteIf(parts.tables.keys, key, {}));
  return Ok();
}

Result<void> DropKeys(const DynamoParts& parts, Time before, Time now) {
  std::string cursor;
  do {
    TR_ASSIGN(const DynamoDb::Page page, parts.db.Scan(parts.tables.keys, "", cursor, kPage));
    for (const Item& item : page.items) {
      const Key key{std::string(TextOf(item, "pk")), std::string(TextOf(item, "sk"))};
      if (Has(item, "expires") && NumberOf(item, "expires") <= ToMillis(now)) {
        const json::object old = Condition("#e <= :now", {{"#e", "expires"}}, {{":now", NumberValue(ToMillis(now))}});
        TR_TRY(parts.db.DeleteIf(parts.tables.keys, key, old));
      }
      // Texts that no item names.
      if (Has(item, "texts") && NumberOf(item, "at") < ToMillis(now - kTextsWait)) TR_TRY(DropTexts(parts, item, key));
      // An original that no step has named since. (`ticket`: who had one before there were owners.)
      if (!Has(item, "blob") || Has(item, "owners") || Has(item, "ticket")) continue;
      if (NumberOf(item, "at") >= ToMillis(before)) continue;
      TR_ASSIGN(const bool alone,
                parts.db.DeleteIf(parts.tables.keys, key, Condition("attribute_not_exists(owners)", {}, {})));
      if (alone) TR_TRY(parts.blobs.Remove(std::string(TextOf(item, "blob"))));
    }
    cursor = page.next;
  } while (!cursor.empty());
  return Ok();
}

Result<void> DropSent(const DynamoParts& parts, Time before) {
  DynamoQuery query{parts.tables.routes, kDue, ""};
  query.to = Padded(ToMillis(before));
  query.limit = kPage;
  while (true) {
    TR_ASSIGN(const Merged merged, QueryShards(parts.db, query, kSent));
    for (const Item& item : merged.items) {
      const Key key{std::string(TextOf(item, "pk")), std::string(TextOf(item, "sk"))};
      TR_ASSIGN(const std::optional<Item> row, parts.db.Get(parts.tables.routes, key));
      if (!row) continue;
      TR_ASSIGN(const store::Delivery delivery, ReadDeliveryItem(parts.blobs, *row));
      if (delivery.state != store::DeliveryState::kDelivered || delivery.changed_at >= before) continue;
      if (IsApart(delivery)) {
        TR_TRY(parts.db.DeleteIf(parts.tables.routes, DeliveryPointerKey(delivery.ticket, delivery.id), {}));
      }
      TR_TRY(parts.db.DeleteIf(parts.tables.routes, key, {}));
    }
    if (!merged.more || merged.items.empty()) return Ok();
    // On from there, since what was removed may stand in the index for a while.
    query.from = std::string(TextOf(merged.items.back(), SortOf(kDue)));
  }
}

}  // namespace

Result<void> DynamoEraser::Vacuum(Time before, Time now) {
  TR_TRY(DropKeys(parts_, before, now));
  return ToMillis(before) < 1 ? Ok() : DropSent(parts_, before);
}

}  // namespace tr::aws
