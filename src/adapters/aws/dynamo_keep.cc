// Originals and people.

#include <algorithm>
#include <boost/json.hpp>

#include "aws/dynamo_ports.h"
#include "base/hash.h"
#include "store/row_json.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

using store::Access;

Key PersonKey(std::string_view digest) { return {"A#" + KeyText(digest), "-"}; }

Result<Access> ReadAccess(const Item& item) {
  const Result<json::value> parsed = ParseJson(TextOf(item, "body"));
  Result<Access> access = parsed ? store::AccessFromJson(*parsed) : Result<Access>(parsed.fault());
  if (!access) return Permanent("a stored person is damaged: restore the table from a point in time");
  return access;
}

constexpr int kPage = 1000;

}  // namespace

std::string OriginalBlob(std::string_view key) {
  return key.starts_with(kReceivedMail) ? std::string(key) : "originals/" + ToHex(Sha256(key));
}

// The row first: bytes without one would never be found again by a clean-up.
Result<void> DynamoOriginals::Put(const std::string& key, std::string_view bytes, Time now) {
  Item item = OriginalKey(key).ToItem();
  item["at"] = NumberValue(ToMillis(now));
  item["blob"] = TextValue(OriginalBlob(key));
  TR_TRY(parts_.db.PutIf(parts_.tables.keys, std::move(item), MustBeAbsent()));
  return parts_.blobs.PutIfAbsent(OriginalBlob(key), bytes);
}

Result<std::string> DynamoOriginals::Get(const std::string& key) { return parts_.blobs.Get(OriginalBlob(key)); }

Result<void> DynamoPeople::Put(const Access& access) {
  Item item = PersonKey(access.digest).ToItem();
  item["body"] = TextValue(json::serialize(store::ToJson(access)));
  if (access.expires_at) item["ttl"] = NumberValue(ToMillis(*access.expires_at) / 1000 + 1);
  return parts_.db.Put(parts_.tables.people, std::move(item));
}

Result<std::optional<Access>> DynamoPeople::Find(const std::string& digest, Time now) {
  TR_ASSIGN(const std::optional<Item> item, parts_.db.Get(parts_.tables.people, PersonKey(digest)));
  if (!item) return std::optional<Access>();
  TR_ASSIGN(Access access, ReadAccess(*item));
  if (access.expires_at && *access.expires_at <= now) return std::optional<Access>();
  return std::optional<Access>(std::move(access));
}

Result<std::vector<Access>> DynamoPeople::List() {
  std::vector<Access> rows;
  std::string cursor;
  do {
    TR_ASSIGN(const DynamoDb::Page page, parts_.db.Scan(parts_.tables.people, "A#", cursor, kPage));
    for (const Item& item : page.items) {
      TR_ASSIGN(Access access, ReadAccess(item));
      rows.push_back(std::move(access));
    }
    cursor = page.next;
  } while (!cursor.empty());
  std::ranges::sort(rows, {}, [](const Access& access) { return std::pair(access.created_at, access.digest); });
  return rows;
}

Result<void> DynamoPeople::Remove(const std::string& digest) {
  const Result<bool> removed = parts_.db.DeleteIf(parts_.tables.people, PersonKey(digest), {});
  return removed ? Ok() : Result<void>(removed.fault());
}

}  // namespace tr::aws
