#pragma once
// Recognises, line by line, what is not an author's own new words. Each looks at a bounded number of bytes.

#include <cstddef>
#include <span>
#include <string_view>

namespace tr::intake {

using Lines = std::span<const std::string_view>;

bool IsBlankLine(std::string_view line);

// Starts with '>', at most three blanks in.
bool IsQuotedLine(std::string_view line);

// How many lines, from `at`, are an attribution ("On 8 Dec 2026, at 10:00, Ann <ann@shop.example> wrote:", wrapped over
// up to four lines); 0 when they are none.
std::size_t AttributionLines(Lines lines, std::size_t at);

// Whether the header block of a quoted message ("From: … Sent: … To: … Subject: …") starts at `at`.
bool StartsHeaderBlock(Lines lines, std::size_t at);

// "-----Original Message-----" in any language, "---- On … wrote ----", and any words between dashes above a header
// block.
bool StartsMarkedHistory(Lines lines, std::size_t at);

// "---------- Forwarded message ---------", "Begin forwarded message:", in any language.
bool IsForwardMark(std::string_view line);

// "-- ", "--", "__": what separates a signature.
bool IsSignatureMark(std::string_view line);

// Nothing but a row of dashes, underscores, equals signs or asterisks.
bool IsRuler(std::string_view line);

// "Sent from my phone", "Get Outlook for iOS", in any language.
bool IsFooter(std::string_view line);

// "Kind regards," with nothing but a few short lines (name, title, phone) behind it, or a last "-Ann".
bool StartsClosing(Lines lines, std::size_t at);

// The first line of a legal disclaimer.
bool StartsDisclaimer(Lines lines, std::size_t at);

}  // namespace tr::intake
