#pragma once
// How mail programs announce what they quote, in the languages that mail comes in. All words folded (base/text.h Fold).

#include <span>
#include <string_view>

namespace tr::intake {

// What stands in front of a colon in the header block of a quoted message.
enum class QuoteLabel { kFrom, kDate, kTo, kSubject };

struct LabelWord {
  std::string_view word;
  QuoteLabel label;
};

std::span<const LabelWord> QuoteLabels();

// "wrote": what an attribution line ("On … somebody wrote:") holds.
std::span<const std::string_view> WroteWords();

// What an attribution line may start with: "on", "am", "le", …
std::span<const std::string_view> OnWords();

// Between dashes, above a quoted message.
std::span<const std::string_view> OriginalMessageWords();

// Between dashes, above a forwarded message.
std::span<const std::string_view> ForwardedMessageWords();

}  // namespace tr::intake
