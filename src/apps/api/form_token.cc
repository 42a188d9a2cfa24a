#include "api/form_token.h"

#include <charconv>

#include "base/hash.h"

namespace tr::api {
namespace {

std::string Sign(const Secret& key, std::string_view millis) {
  return ToHex(HmacSha256(key.Reveal(), "form:" + std::string(millis)));
}

}  // namespace

std::string MakeFormToken(const Secret& key, Time now) {
  const std::string millis = std::to_string(ToMillis(now));
  return millis + "." + Sign(key, millis);
}

bool CheckFormToken(const Secret& key, std::string_view token, Time now) {
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos || key.empty()) return false;
  const std::string_view millis = token.substr(0, dot);
  if (!EqualInConstantTime(token.substr(dot + 1), Sign(key, millis))) return false;
  std::int64_t made = 0;
  std::from_chars(millis.data(), millis.data() + millis.size(), made);
  return FromMillis(made) <= now && now - FromMillis(made) <= kFormTokenLife;
}

}  // namespace tr::api
