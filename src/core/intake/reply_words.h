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

// How a footer that a phone or program adds starts.
std::span<const std::string_view> FooterStarts();

// How a footer that a phone or program adds ends ("iPhone から送信").
std::span<const std::string_view> FooterEnds();

// What a mail closes with, above the name: "kind regards".
std::span<const std::string_view> ClosingWords();

// How a legal disclaimer starts, and the words of which one stands in it.
std::span<const std::string_view> DisclaimerStarts();
std::span<const std::string_view> DisclaimerWords();

}  // namespace tr::intake
