#pragma once
// How words become RFC 5322 and MIME: header values without a way out of their line, bodies of short lines.

#include <string>
#include <string_view>

#include "base/clock.h"

namespace tr::channels {

// One address as it may stand in an envelope: ASCII atoms and dots, one "@", a domain of letters, digits, "-" and ".";
// nothing quoted, no list, no comment, no blank, no line break; at most 254 bytes (RFC 5321 4.5.3.1.3).
bool IsPlainAddress(std::string_view text);

// A customer's or manager's words on one line of at most `most` bytes: control characters become spaces, marks that
// turn the direction of text vanish, runs of blanks become one.
std::string OneLine(std::string_view text, std::size_t most);

// The same with its lines kept; tabs stay.
std::string SafeLines(std::string_view text, std::size_t most);

// "Name: value" for an unstructured header: as it is when it is short printable ASCII, else encoded-words (RFC 2047) of
// UTF-8 in base 64, none longer than 75 characters and none cutting a character, folded. Ends in CRLF. `value` is
// passed through OneLine first.
std::string TextHeader(std::string_view name, std::string_view value);

// RFC 2045 section 6.7, of UTF-8 text whose lines end in '\n'; the result's lines are at most 76 characters and end in
// CRLF. "From " at a line's beginning and lone dots are written so that no mail server changes them.
std::string QuotedPrintable(std::string_view text);

// "Sun, 22 Nov 2026 22:10:05 +0000".
std::string MailDate(Time time);

// For text between tags and in attributes: & < > " ' become entities.
std::string EscapeHtml(std::string_view text);

}  // namespace tr::channels
