#include "base/utf8.h"

#include <bit>
#include <cstring>

#include "base/text.h"

namespace tr {
namespace {

constexpr std::int32_t kReplacement = 0xFFFD;

// What a lead byte asks for: how many bytes follow, and the range of the first of them (Unicode 15, table 3-7).
struct Lead {
  std::size_t following = 0;  // 0: not a lead byte
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
};

Lead LeadOf(std::uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {1};
  if (byte == 0xE0) return {2, 0xA0};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte < 0xF0) return {2};
  if (byte == 0xF0) return {3, 0x90};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {3};
}

}  // namespace

DecodedChar DecodeChar(std::string_view bytes) {
  const auto first = static_cast<std::uint8_t>(bytes.front());
  if (first < 0x80) return {first, 1, true};
  const Lead lead = LeadOf(first);
  if (lead.following == 0) return {kReplacement, 1, false};
  std::int32_t code = first & (0x3F >> lead.following);
  for (std::size_t i = 1; i <= lead.following; ++i) {
    const std::uint8_t byte = i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : std::uint8_t{0};
    const bool fits = i == 1 ? byte >= lead.low && byte <= lead.high : (byte & 0xC0U) == 0x80U;
    if (!fits) return {kReplacement, i, false};
    code = (code << 6) | (byte & 0x3F);
  }
  return {code, lead.following + 1, true};
}

void AppendChar(std::string& text, std::int32_t code) {
  const auto add = [&text](std::int32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

std::size_t AsciiPrefix(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= bytes.size(); at += sizeof eight) {
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < bytes.size() && static_cast<std::uint8_t>(bytes[at]) < 0x80) ++at;
  return at;
}

bool IsUtf8(std::string_view bytes) {
  while (true) {
    bytes.remove_prefix(AsciiPrefix(bytes));
    if (bytes.empty()) return true;
    const DecodedChar next = DecodeChar(bytes);
    if (!next.ok) return false;
    bytes.remove_prefix(next.length);
  }
}

std::string RepairUtf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const DecodedChar next = DecodeChar(bytes);
    if (next.code != 0) AppendChar(text, next.code);
    bytes.remove_prefix(next.length);
  }
  return text;
}

}  // namespace tr
