#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "aws/dynamo_step.h"
#include "base/text.h"

namespace tr::aws {
namespace {

// While no item names them.
Key WaitingKey(const TextBatch& texts) { return {"W#" + texts.prefix(), "-"}; }

// After every stamp of the ticket's history.
Key RowOf(std::string_view ticket, const TextBatch& texts) { return {TicketPartition(ticket), "~" + texts.prefix()}; }

}  // namespace

Result<void> PutTexts(const DynamoParts& parts, const TextBatch& texts) {
  if (texts.large().empty()) return Ok();
  std::string names;
  for (const TextBatch::Large& large : texts.large()) names += large.key + " ";
  Item item = WaitingKey(texts).ToItem();
  item["at"] = NumberValue(ToMillis(parts.clock.Now()));
  item["texts"] = TextValue(names);
  TR_TRY(parts.db.Put(parts.tables.keys, std::move(item)));
  // If we die here or below, the row stands, and a clean-up after a day removes what was put.
  for (const TextBatch::Large& large : texts.large()) TR_TRY(parts.blobs.Put(large.key, large.text));
  return Ok();
}

std::vector<PlannedAction> TakeTexts(const Tables& tables, const TextBatch& texts) {
  std::vector<PlannedAction> actions;
  if (texts.large().empty()) return actions;
  std::map<std::string_view, std::string> names;
  for (const TextBatch::Large& large : texts.large()) names[large.ticket] += large.key + " ";
  for (const auto& [ticket, keys] : names) {
    const Key key = RowOf(ticket, texts);
    Item item = key.ToItem();
    item["texts"] = TextValue(keys);
    actions.push_back({key, PutAction(tables.audit, std::move(item))});
  }
  const Key waiting = WaitingKey(texts);
  // Absent, the texts were cleaned up.
  actions.push_back({waiting, DeleteAction(tables.keys, waiting, Condition("attribute_exists(pk)", {}, {}))});
  return actions;
}

void RemoveTexts(const DynamoParts& parts, const TextBatch& texts) {
  if (texts.large().empty()) return;
  const bool all = std::ranges::all_of(
      texts.large(), [&](const TextBatch::Large& large) { return parts.blobs.Remove(large.key).ok(); });
  if (all) (void)parts.db.DeleteIf(parts.tables.keys, WaitingKey(texts), {}).ok();
}

std::vector<std::string> TextsIn(const Item& item) {
  std::vector<std::string> names;
  for (const std::string_view name : SplitText(TextOf(item, "texts"), ' ')) {
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

}  // namespace tr::aws
