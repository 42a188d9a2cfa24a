#include <algorithm>
#include <map>

#include "aws/dynamo_ports.h"
#include "base/text.h"

namespace tr::aws {
namespace {

// After every stamp of the ticket's history.
Key RowOf(std::string_view ticket, const TextBatch& texts) { return {TicketPartition(ticket), "~" + texts.prefix()}; }

}  // namespace

Result<void> PutTexts(const DynamoParts& parts, const TextBatch& texts) {
  std::map<std::string_view, std::string> names;
  for (const TextBatch::Large& large : texts.large()) names[large.ticket] += large.key + " ";
  for (const auto& [ticket, keys] : names) {
    Item item = RowOf(ticket, texts).ToItem();
    item["texts"] = TextValue(keys);
    TR_TRY(parts.db.Put(parts.tables.audit, std::move(item)));
  }
  // If we die here or below, the rows stand and erasing the ticket removes what was put.
  for (const TextBatch::Large& large : texts.large()) TR_TRY(parts.blobs.Put(large.key, large.text));
  return Ok();
}

void RemoveTexts(const DynamoParts& parts, const TextBatch& texts) {
  for (const TextBatch::Large& large : texts.large()) {
    const bool removed = parts.blobs.Remove(large.key).ok();
    if (removed) (void)parts.db.DeleteIf(parts.tables.audit, RowOf(large.ticket, texts), {}).ok();
  }
}

std::vector<std::string> TextsIn(const Item& item) {
  std::vector<std::string> names;
  for (const std::string_view name : SplitText(TextOf(item, "texts"), ' ')) {
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

}  // namespace tr::aws
