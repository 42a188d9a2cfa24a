#pragma once
// The small values that stand in cells and bullets. Each fault's text says how to write the value.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ticket/words.h"

namespace tr::rules {

// An e-mail address in lower case, or "example.com"-like name of a domain with at least one dot.
bool IsAddress(std::string_view text);
bool IsDomain(std::string_view text);

// A person's or inbox's address, lower-cased. kInvalid: not an address ("Dana", "Dana <dana@shop.example>").
Result<std::string> ParseAddress(std::string_view text);

// "#name" or a channel's id. kInvalid: anything else.
Result<std::string> ParseChannel(std::string_view text);

// "80%" gives 0.8; from 0% to 100%. kInvalid: "80", "0.8", "140%".
Result<double> ParsePercentage(std::string_view text);

// "30 min", "1 h", "2 hours", "1 h 30 min"; from one minute to 30 days. kInvalid: no unit, another unit, zero.
Result<std::chrono::minutes> ParseSpan(std::string_view text);

// "2026-12-24". kInvalid: another order, a day that does not exist.
Result<std::chrono::local_days> ParseDate(std::string_view text);

// "low", "medium", "high", whatever the case. kInvalid: anything else, with a suggestion.
Result<Urgency> ParseLevel(std::string_view text);

// What to say of a cell that is nothing but a spreadsheet's sign for a formula that failed ("#REF!") or is not computed
// yet; empty for any other cell.
std::string FormulaFault(std::string_view cell);

}  // namespace tr::rules
