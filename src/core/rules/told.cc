#include "rules/told.h"

#include <charconv>
#include <optional>
#include <vector>

#include "base/text.h"

namespace tr::rules {
namespace {

constexpr std::string_view kSure = "sure";
constexpr std::string_view kUnsure = "unsure";

std::optional<int> NumberOf(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::string Format(const Told& told) {
  return std::to_string(told.count) + " " + std::to_string(told.version) + " " +
         std::string(told.sure ? kSure : kUnsure) + " " + told.about;
}

Told ParseTold(std::string_view note) {
  const std::vector<std::string_view> parts = SplitText(note, ' ');
  if (parts.size() != 4 || (parts[2] != kSure && parts[2] != kUnsure)) return {};
  const std::optional<int> count = NumberOf(parts[0]);
  const std::optional<int> version = NumberOf(parts[1]);
  if (!count || !version) return {};
  return {*count, *version, parts[2] == kSure, std::string(parts[3])};
}

std::string EventOf(const Told& told) { return std::to_string(told.count) + "#" + told.about; }

}  // namespace tr::rules
