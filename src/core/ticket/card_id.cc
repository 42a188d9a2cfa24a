#include "ticket/card_id.h"

#include "base/hash.h"
#include "base/ids.h"

namespace tr {
namespace {

constexpr std::size_t kUlidSize = 26;
constexpr std::size_t kHashSize = 12;  // tells the mails of one ticket apart
constexpr std::size_t kMacSize = 32;   // 128 bits

std::string Mac(const Secret& key, std::string_view named) {
  return ToHex(HmacSha256(key.Reveal(), "card:" + std::string(named))).substr(0, kMacSize);
}

}  // namespace

std::string MakeCardId(const Secret& key, std::string_view ticket, std::string_view delivery, std::string_view domain) {
  const std::string named = std::string(ticket) + "." + ToHex(Sha256(delivery)).substr(0, kHashSize);
  return named + "." + Mac(key, named) + "@" + std::string(domain);
}

std::string MakeThreadId(const Secret& key, std::string_view ticket, std::string_view domain) {
  return MakeCardId(key, ticket, "thread", domain);
}

std::optional<std::string> TicketOfCardId(const Secret& key, std::string_view message_id) {
  const std::string_view local = message_id.substr(0, message_id.find('@'));
  constexpr std::size_t kNamedSize = kUlidSize + 1 + kHashSize;
  if (key.empty() || local.size() != kNamedSize + 1 + kMacSize || local[kNamedSize] != '.') return std::nullopt;
  if (!EqualInConstantTime(local.substr(kNamedSize + 1), Mac(key, local.substr(0, kNamedSize)))) return std::nullopt;
  std::string ticket(local.substr(0, kUlidSize));
  if (!IsUlid(ticket)) return std::nullopt;
  return ticket;
}

}  // namespace tr
