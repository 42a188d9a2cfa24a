#include "rules/suggest.h"

#include <algorithm>

#include "base/text.h"

namespace tr::rules {
namespace {

constexpr std::size_t kLongestWord = 64;
constexpr std::size_t kMostKnown = 300;
constexpr std::size_t kMostListed = 20;
constexpr std::size_t kShortestStart = 4;

std::string Key(std::string_view text) {
  std::string key = Fold(text);
  std::erase_if(key, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  return key;
}

// Lower is nearer; more than the limit means "something else".
std::size_t Distance(const std::string& written, const std::string& known) {
  if (written == known) return 0;
  if (written.size() >= kShortestStart && known.size() >= kShortestStart &&
      (known.starts_with(written) || written.starts_with(known))) {
    return 1;
  }
  return EditDistance(written, known);
}

}  // namespace

std::string Suggest(std::string_view written, const std::vector<std::string>& known) {
  if (written.empty() || written.size() > kLongestWord) return {};
  const std::string key = Key(written);
  std::size_t best = std::max<std::size_t>(1, key.size() / 3) + 1;
  const std::string* nearest = nullptr;
  for (std::size_t i = 0; i < std::min(known.size(), kMostKnown); ++i) {
    if (known[i].size() > kLongestWord) continue;
    const std::size_t distance = Distance(key, Key(known[i]));
    if (distance >= best) continue;
    best = distance;
    nearest = &known[i];
  }
  return nearest == nullptr ? std::string() : *nearest;
}

std::string DidYouMean(std::string_view written, const std::vector<std::string>& known) {
  const std::string nearest = Suggest(written, known);
  return nearest.empty() ? std::string() : " Did you mean " + nearest + "?";
}

std::string Listing(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMostListed); ++i) {
    if (i > 0) list += ", ";
    list += CutText(names[i], kLongestWord);
  }
  if (names.size() > kMostListed) list += " and " + std::to_string(names.size() - kMostListed) + " more";
  return list;
}

}  // namespace tr::rules
