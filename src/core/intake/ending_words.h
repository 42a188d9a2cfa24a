#pragma once
// How mails end below what their writers say, in the languages that mail comes in. All words folded (base/text.h Fold).

#include <span>
#include <string_view>

namespace tr::intake {

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
