#include <algorithm>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"

namespace tr::aws {
namespace {

using store::Step;

// Rounds of one commit: rows that are there already are left out, and a write of somebody else is waited for.
constexpr int kRounds = 8;
constexpr int kDoublings = 4;
constexpr Duration kFresh = std::chrono::seconds(5);  // dynamo_log.h: a stamp is not old when its row appears
// A table that is filled has nobody who comes again: about a minute.
constexpr int kLoadRounds = 14;
constexpr int kLoadDoublings = 10;
constexpr std::size_t kLoadAtOnce = 20;

enum class Verdict { kDone, kConflict, kAgain, kWait, kThrottled, kBroken };

Verdict Judge(const StepPlan& plan, const std::vector<std::string>& reasons, std::set<Key>& skip) {
  Verdict verdict = reasons.empty() ? Verdict::kDone : Verdict::kAgain;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    const std::string& reason = reasons[i];
    if (reason == "None") continue;
    if (reason == "ConditionalCheckFailed") {
      if (plan.actions[i].on_refusal == OnRefusal::kConflict) return Verdict::kConflict;
      skip.insert(plan.actions[i].key);
    } else if (reason == "TransactionConflict") {
      verdict = std::max(verdict, Verdict::kWait);
    } else if (IsThrottled(reason)) {
      verdict = std::max(verdict, Verdict::kThrottled);
    } else {
      verdict = Verdict::kBroken;
    }
  }
  return verdict;
}

}  // namespace

Result<void> DynamoLedger::Name(std::string_view kind, const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    if (named_.contains({kind, name})) return Ok();
  }
  Item item = NameKey(kind, name).ToItem();
  item["name"] = TextValue(name);
  TR_TRY(parts_.db.Put(parts_.tables.routes, std::move(item)));
  const std::lock_guard lock(mutex_);
  named_.emplace(kind, name);
  return Ok();
}

Result<void> DynamoLedger::Commit(const Step& step, Time now) {
  if (store::CountItems(step) > store::kMaxStepItems) return Bug("a step of more than 25 items");
  std::set<Key> skip;
  for (int round = 0; round < kRounds; ++round) {
    const Time planned_at = parts_.clock.Now();
    TR_ASSIGN(const StepPlan plan, PlanStep(step, now, parts_.tables, parts_.stamps, Expect::kAsStepSays, skip));
    for (const auto& [kind, name] : plan.names) TR_TRY(Name(kind, name));
    TR_TRY(PutTexts(parts_, plan.texts));
    if (parts_.clock.Now() - planned_at > kFresh) {
      RemoveTexts(parts_, plan.texts);
      continue;
    }
    // A fault leaves open whether the step was stored: whoever called loads again and sees, and a clean-up finds texts
    // that nobody took.
    TR_ASSIGN(const std::vector<std::string> reasons, parts_.db.Transact(ActionsOf(plan)));
    const Verdict verdict = Judge(plan, reasons, skip);
    if (verdict == Verdict::kDone) return Ok();
    RemoveTexts(parts_, plan.texts);
    switch (verdict) {
      case Verdict::kDone:
      case Verdict::kAgain: break;
      case Verdict::kConflict: return Conflict("the ticket, a key or a delivery has changed: reload it");
      case Verdict::kWait: WaitForOthers(round, kDoublings); break;
      case Verdict::kThrottled: return Transient("dynamodb TransactWriteItems: throttled");
      case Verdict::kBroken: return Permanent("dynamodb TransactWriteItems: refused; look at the tables");
    }
  }
  return Transient("dynamodb TransactWriteItems: others write the same rows");
}

Result<void> DynamoLedger::LoadPart(const Step& part) {
  TR_ASSIGN(const StepPlan plan, PlanStep(part, Time{}, parts_.tables, parts_.stamps, Expect::kNothing));
  for (const auto& [kind, name] : plan.names) TR_TRY(Name(kind, name));
  TR_TRY(PutTexts(parts_, plan.texts));
  const std::vector<Action> actions = ActionsOf(plan);
  // What was stored and not answered is stored once, and does not read as a conflict with itself.
  const std::string token = NewToken();
  for (int round = 0;; ++round) {
    TR_ASSIGN(const std::vector<std::string> reasons, parts_.db.Transact(actions, token));
    std::set<Key> skip;
    const Verdict verdict = Judge(plan, reasons, skip);
    if (verdict == Verdict::kDone) return Ok();
    if (verdict == Verdict::kConflict) {
      RemoveTexts(parts_, plan.texts);
      return Conflict("a ticket is there already");
    }
    if (verdict == Verdict::kBroken) return Permanent("dynamodb TransactWriteItems: refused; look at the tables");
    if (round == kLoadRounds) return Transient("dynamodb TransactWriteItems: throttled");
    WaitForOthers(round, kLoadDoublings);
  }
}

namespace {

// Sends rows on in parts of at most kLoadAtOnce.
template <typename Row, typename Send>
Result<void> InParts(const std::vector<Row>& rows, std::vector<Row> Step::* field, Send send) {
  for (std::size_t begin = 0; begin < rows.size(); begin += kLoadAtOnce) {
    Step part;
    const auto first = rows.begin() + static_cast<std::ptrdiff_t>(begin);
    (part.*field).assign(first, first + static_cast<std::ptrdiff_t>(std::min(kLoadAtOnce, rows.size() - begin)));
    TR_TRY(send(part));
  }
  return Ok();
}

}  // namespace

Result<void> DynamoLedger::Load(const Step& step) {
  const auto send = [this](const Step& part) { return LoadPart(part); };
  TR_TRY(InParts(step.tickets, &Step::tickets, send));
  TR_TRY(InParts(step.messages, &Step::messages, send));
  TR_TRY(InParts(step.readings, &Step::readings, send));
  TR_TRY(InParts(step.entries_put, &Step::entries_put, send));
  TR_TRY(InParts(step.deliveries, &Step::deliveries, send));
  TR_TRY(InParts(step.corrections, &Step::corrections, send));
  // A part's audit rows are stored by ticket: one part for each run of one ticket's rows keeps their order.
  for (std::size_t begin = 0; begin < step.audit.size();) {
    Step part;
    for (; begin < step.audit.size(); ++begin) {
      if (!part.audit.empty() && step.audit[begin].ticket != part.audit.back().ticket) break;
      part.audit.push_back(step.audit[begin]);
    }
    TR_TRY(LoadPart(part));
  }
  return Ok();
}

}  // namespace tr::aws
