#include "aws/dynamo_texts.h"

namespace tr::aws {

void TextBatch::Add(Item& item, std::string_view name, std::string text, std::string_view ticket) {
  if (text.size() <= kMaxInline) {
    item[name] = TextValue(text);
    return;
  }
  const std::string key = "texts/" + prefix_ + "-" + std::to_string(large_.size());
  item[std::string(name) + "_at"] = TextValue(key);
  large_.push_back({std::string(ticket), key, std::move(text)});
}

Result<std::string> ReadText(Blobs& blobs, const Item& item, std::string_view name) {
  const std::string_view at = TextOf(item, std::string(name) + "_at");
  if (at.empty()) return std::string(TextOf(item, name));
  Result<std::string> text = blobs.Get(std::string(at));
  if (!text && text.fault().kind == FaultKind::kNotFound) {
    return Permanent("a text that a row names is missing in the bucket");
  }
  return text;
}

}  // namespace tr::aws
