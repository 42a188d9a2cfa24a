#include "aws/dynamo_step.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace tr::aws {
namespace {

namespace json = boost::json;

json::object VersionIs(std::int64_t version) {
  return Condition("#v = :v", {{"#v", "version"}}, {{":v", NumberValue(version)}});
}

json::object AttemptsAre(int attempts) { return Condition("attempts = :n", {}, {{":n", NumberValue(attempts)}}); }

// No such key, or one whose time is over.
json::object KeyIsFree(Time now) {
  return Condition("attribute_not_exists(pk) OR #e <= :now", {{"#e", "expires"}},
                   {{":now", NumberValue(ToMillis(now))}});
}

json::object KeyStandsFor(std::string_view ticket, Time now) {
  return Condition("ticket = :t AND #e > :now", {{"#e", "expires"}},
                   {{":t", TextValue(ticket)}, {":now", NumberValue(ToMillis(now))}});
}

class Planner {
 public:
  Planner(const store::Step& step, Time now, const Tables& tables, Stamps& stamps, Expect expect,
          const std::set<Key>& skip)
      : step_(step),
        now_(now),
        tables_(tables),
        stamps_(stamps),
        expect_(expect),
        skip_(skip),
        plan_{{}, TextBatch(stamps.Next()), {}} {}

  Result<StepPlan> Run() {
    for (const store::TicketWrite& write : step_.tickets) TR_TRY(PutTicket(write));
    for (const Message& message : step_.messages) PutMessage(message);
    PutOwners();
    for (const store::QueueEntry& entry : step_.entries_removed) RemoveEntry(entry);
    for (const store::QueueEntry& entry : step_.entries_put) PutEntry(entry);
    for (const store::DeliveryWrite& write : step_.deliveries) PutDelivery(write);
    for (const store::ChannelTurn& turn : step_.turns) PutTurn(turn);
    for (const store::Key& key : step_.keys) TR_TRY(PutKey(key));
    for (const store::ThreadKey& thread : step_.threads) PutThread(thread);
    for (const store::Correction& correction : step_.corrections) PutCorrection(correction);
    for (const store::AuditRow& row : step_.audit) HistoryOf(row.ticket).rows.push_back(row);
    for (const store::ReadingRow& row : step_.readings) HistoryOf(row.ticket).readings.push_back(row);
    for (const History& history : histories_) {
      const std::string stamp = stamps_.Next();
      Put(tables_.audit, {TicketPartition(history.ticket), stamp}, HistoryItem(history, stamp, plan_.texts));
    }
    for (PlannedAction& action : TakeTexts(tables_, plan_.texts)) Add(std::move(action));
    return std::move(plan_);
  }

 private:
  // A later write of the same item takes the place of an earlier one.
  void Add(PlannedAction action) {
    if (skip_.contains(action.key)) return;
    const auto [place, fresh] = places_.emplace(action.key, plan_.actions.size());
    if (fresh) {
      plan_.actions.push_back(std::move(action));
    } else {
      plan_.actions[place->second] = std::move(action);
    }
  }

  void Put(std::string_view table, const Key& key, Item item, json::object condition = {},
           OnRefusal on_refusal = OnRefusal::kConflict) {
    if (expect_ == Expect::kNothing) condition.clear();
    Add({key, PutAction(table, std::move(item), std::move(condition)), on_refusal});
  }

  Result<void> PutTicket(const store::TicketWrite& write) {
    const Key key = TicketKey(write.ticket.id);
    const bool follows = expect_ == Expect::kNothing || write.ticket.version == write.expected_version + 1;
    if (!follows) return Bug("a ticket's new version does not follow");
    if (places_.contains(key)) return Bug("a step writes one ticket twice");
    const bool fresh = expect_ == Expect::kNothing || write.expected_version == 0;
    Add({key, PutAction(tables_.tickets, TicketItem(write.ticket, plan_.texts),
                        fresh ? MustBeAbsent() : VersionIs(write.expected_version))});
    return Ok();
  }

  void PutMessage(const Message& message) {
    Put(tables_.tickets, MessageKey(message.ticket, message.n), MessageItem(message, plan_.texts));
    if (!message.original.empty()) owners_[OriginalKey(message.original)].insert(message.ticket);
  }

  // Only whose they are: when an original was put stands there already. A step may give several tickets the same one.
  void PutOwners() {
    for (const auto& [key, owners] : owners_) {
      json::object update{{"TableName", tables_.keys},
                          {"Key", key.ToItem()},
                          {"UpdateExpression", "ADD owners :o"},
                          {"ExpressionAttributeValues", json::object{{":o", TextsValue(owners)}}}};
      Add({key, {"Update", std::move(update)}, OnRefusal::kConflict});
    }
  }

  void RemoveEntry(const store::QueueEntry& entry) {
    const Key key = EntryKey(entry);
    Add({key, DeleteAction(tables_.routes, key), OnRefusal::kConflict});
  }

  void PutEntry(const store::QueueEntry& entry) {
    const Key key = EntryKey(entry);
    Item item = key.ToItem();
    item["ticket"] = TextValue(entry.ticket);
    Put(tables_.routes, key, std::move(item));
    plan_.names.emplace_back(kTeams, entry.team);
  }

  void PutDelivery(const store::DeliveryWrite& write) {
    const store::Delivery& delivery = write.delivery;
    const Key key = DeliveryKey(delivery.id);
    plan_.names.emplace_back(kChannels, delivery.channel);
    if (write.expected_attempts) {
      Put(tables_.routes, key, DeliveryItem(delivery, plan_.texts), AttemptsAre(*write.expected_attempts));
      return;
    }
    if (places_.contains(key)) return;
    Put(tables_.routes, key, DeliveryItem(delivery, plan_.texts), MustBeAbsent(), OnRefusal::kGoOn);
    if (!IsApart(delivery)) return;
    const Key pointer = DeliveryPointerKey(delivery.ticket, delivery.id);
    Item item = pointer.ToItem();
    item["id"] = TextValue(delivery.id);
    Put(tables_.routes, pointer, std::move(item));
  }

  void PutTurn(const store::ChannelTurn& turn) {
    const Key key = TurnKey(turn.channel);
    Item item = key.ToItem();
    item["not_before"] = NumberValue(ToMillis(turn.not_before));
    item["ttl"] = NumberValue(ToMillis(turn.not_before) / 1000 + 1);
    Put(tables_.routes, key, std::move(item));
  }

  Result<void> PutKey(const store::Key& key) {
    const store::KeyHash hash = store::HashKey(key.key);
    if (places_.contains(HashKeyOf(hash))) return Conflict("a step asks for one key twice");
    Put(tables_.keys, HashKeyOf(hash), KeyItem(hash, key.ticket, key.expires_at),
        key.replaces ? KeyStandsFor(*key.replaces, now_) : KeyIsFree(now_));
    Remember(key.ticket, hash);
    return Ok();
  }

  void PutThread(const store::ThreadKey& thread) {
    const store::KeyHash hash = store::HashThread(thread.message_id);
    const Key key = HashKeyOf(hash);
    if (places_.contains(key) || skip_.contains(key)) return;
    Put(tables_.keys, key, KeyItem(hash, thread.ticket, thread.expires_at), KeyIsFree(now_), OnRefusal::kGoOn);
    Remember(thread.ticket, hash);
  }

  void Remember(std::string_view value, const store::KeyHash& hash) {
    HistoryOf(value.substr(0, std::min(value.find('#'), value.size()))).keys.push_back(store::Hex(hash));
  }

  void PutCorrection(const store::Correction& correction) {
    const std::string stamp = stamps_.Next();
    Put(tables_.corrections, {std::string(kCorrectionLog), stamp}, CorrectionItem(correction, stamp, plan_.texts));
    Put(tables_.corrections, {TicketPartition(correction.ticket), stamp}, CorrectionPointer(correction, stamp));
  }

  History& HistoryOf(std::string_view ticket) {
    const auto found = std::ranges::find(histories_, ticket, &History::ticket);
    if (found != histories_.end()) return *found;
    return histories_.emplace_back(History{ticket, {}, {}, {}});
  }

  const store::Step& step_;
  const Time now_;
  const Tables& tables_;
  Stamps& stamps_;
  const Expect expect_;
  const std::set<Key>& skip_;
  StepPlan plan_;
  std::map<Key, std::size_t> places_;
  std::map<Key, std::set<std::string>> owners_;  // of originals
  std::vector<History> histories_;
};

}  // namespace

std::vector<Action> ActionsOf(const StepPlan& plan) {
  std::vector<Action> actions;
  actions.reserve(plan.actions.size());
  for (const PlannedAction& planned : plan.actions) actions.push_back(planned.action);
  return actions;
}

Result<StepPlan> PlanStep(const store::Step& step, Time now, const Tables& tables, Stamps& stamps, Expect expect,
                          const std::set<Key>& skip) {
  return Planner(step, now, tables, stamps, expect, skip).Run();
}

}  // namespace tr::aws
