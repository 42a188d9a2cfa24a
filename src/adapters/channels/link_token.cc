#include "channels/link_token.h"

#include <array>
#include <boost/json.hpp>
#include <optional>

#include "base/hash.h"
#include "ticket/json.h"

namespace tr::channels {
namespace {

// Twice what the longest names of a sheet give; a longer token is none of ours.
constexpr std::size_t kMaxToken = 4096;
constexpr std::size_t kFields = 6;

std::string Sign(const Secret& key, std::string_view payload) {
  const Sha256Digest mac = HmacSha256(key.Reveal(), "link:" + std::string(payload));
  return ToBase64Url(std::string_view(reinterpret_cast<const char*>(mac.data()), mac.size()));
}

int ValueOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  return c == '_' ? 63 : -1;
}

// RFC 4648 section 5 without padding; only what is signed is decoded, so leftover bits need no check.
std::optional<std::string> FromBase64Url(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = ValueOf(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
  }
  return bytes;
}

std::optional<CardLink> Decode(std::string_view payload) {
  const std::optional<std::string> bytes = FromBase64Url(payload);
  const Result<boost::json::value> value = bytes ? ParseJson(*bytes) : Result<boost::json::value>(Invalid(""));
  if (!value || !value->is_array() || value->as_array().size() != kFields) return std::nullopt;
  const boost::json::array& fields = value->as_array();
  CardLink link;
  const std::array<std::string*, 4> texts = {&link.who, &link.action, &link.topic, &link.ticket};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!fields[i].is_string()) return std::nullopt;
    *texts[i] = fields[i].as_string();
  }
  if (!fields[4].is_int64() || !fields[5].is_int64()) return std::nullopt;
  link.version = fields[4].as_int64();
  link.until = FromMillis(fields[5].as_int64());
  return link;
}

}  // namespace

std::string MakeLinkToken(const Secret& key, const CardLink& link) {
  const boost::json::array fields{link.who, link.action, link.topic, link.ticket, link.version, ToMillis(link.until)};
  const std::string payload = ToBase64Url(boost::json::serialize(fields));
  return payload + "." + Sign(key, payload);
}

Result<CardLink> ReadLinkToken(const Secret& key, std::string_view token, Time now) {
  const std::size_t dot = token.find('.');
  if (key.empty() || token.size() > kMaxToken || dot == std::string_view::npos ||
      !EqualInConstantTime(token.substr(dot + 1), Sign(key, token.substr(0, dot)))) {
    return Invalid("this link is not one that a card of this router holds");
  }
  const std::optional<CardLink> link = Decode(token.substr(0, dot));
  if (!link) return Invalid("this link cannot be read: it is of another version of the router");
  if (link->until <= now) return NotFound("this link's time is over");
  return *link;
}

}  // namespace tr::channels
