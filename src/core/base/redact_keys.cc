#include <algorithm>
#include <array>

#include "base/redact_parts.h"

namespace tr {
namespace {

// How a maker's keys begin, and how much must follow at least.
struct KeyShape {
  std::string_view prefix;
  std::size_t rest;
};

constexpr std::array kShapes = {
    KeyShape{"sk-", 16},     KeyShape{"sk_live_", 8}, KeyShape{"sk_test_", 8}, KeyShape{"rk_live_", 8},
    KeyShape{"rk_test_", 8}, KeyShape{"whsec_", 16},  KeyShape{"ghp_", 16},    KeyShape{"gho_", 16},
    KeyShape{"ghu_", 16},    KeyShape{"ghs_", 16},    KeyShape{"ghr_", 16},    KeyShape{"github_pat_", 16},
    KeyShape{"glpat-", 16},  KeyShape{"AKIA", 16},    KeyShape{"ASIA", 16},    KeyShape{"AIza", 30},
    KeyShape{"xoxa-", 8},    KeyShape{"xoxb-", 8},    KeyShape{"xoxc-", 8},    KeyShape{"xoxd-", 8},
    KeyShape{"xoxe-", 8},    KeyShape{"xoxo-", 8},    KeyShape{"xoxp-", 8},    KeyShape{"xoxr-", 8},
    KeyShape{"xoxs-", 8},    KeyShape{"xapp-", 8},    KeyShape{"npm_", 20},    KeyShape{"hf_", 20}};

constexpr std::size_t kMaxBlock = 16384;  // bytes; an RSA key of 8,192 bits takes 6,400

// The run of key characters from `at`.
std::size_t RunEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsKeyChar(text[at])) ++at;
  return at;
}

std::size_t ShapedKeyLength(std::string_view text) {
  for (const KeyShape& shape : kShapes) {
    if (!text.starts_with(shape.prefix)) continue;
    const std::size_t end = RunEnd(text, shape.prefix.size());
    const std::string_view rest = text.substr(shape.prefix.size(), end - shape.prefix.size());
    // Words that only look so ("sk-learn-something-or-other") have no digit.
    if (rest.size() >= shape.rest && std::any_of(rest.begin(), rest.end(), IsAsciiDigit)) return end;
  }
  return 0;
}

// Three runs of base64url with dots between (RFC 7519); "eyJ" is how {" begins.
std::size_t JwtLength(std::string_view text) {
  if (!text.starts_with("eyJ")) return 0;
  const std::size_t head = RunEnd(text, 0);
  if (head < 10 || head == text.size() || text[head] != '.') return 0;
  const std::size_t claims = RunEnd(text, head + 1);
  if (claims < head + 4 || claims == text.size() || text[claims] != '.') return 0;
  return RunEnd(text, claims + 1);
}

std::size_t PrivateKeyLength(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  if (!text.starts_with(kBegin)) return 0;
  const std::string_view title = text.substr(kBegin.size(), 48);
  if (title.substr(0, title.find("-----")).find("PRIVATE KEY") == std::string_view::npos) return 0;
  const std::string_view block = text.substr(0, kMaxBlock);
  const std::size_t end = block.find("-----END ", kBegin.size());
  if (end == std::string_view::npos) return block.size();
  const std::size_t dashes = block.find("-----", end + 9);
  return dashes == std::string_view::npos ? block.size() : dashes + 5;
}

}  // namespace

std::size_t KeyLength(std::string_view text) {
  switch (text.front()) {
    case '-': return PrivateKeyLength(text);
    case 'e': return JwtLength(text);
    case 's':
    case 'r':
    case 'w':
    case 'g':
    case 'A':
    case 'x':
    case 'n':
    case 'h': return ShapedKeyLength(text);
  }
  return 0;
}

}  // namespace tr
