#pragma once
// Who hears of it first, and when.

#include <optional>
#include <string_view>

#include "rules/book.h"

namespace tr::route {

struct FirstCall {
  Ping ping;
  const rules::Away* away = nullptr;  // the entry by which a stand-in answers; null: nobody is away
};

// As FirstPing in decide.h, with the entry that brought a stand-in.
std::optional<FirstCall> FindFirstCall(const rules::RuleBook& book, std::string_view team, Rank rank, bool held,
                                       Time now);

}  // namespace tr::route
