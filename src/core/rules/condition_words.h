#pragma once
// The words that conditions begin with.

#include <optional>
#include <string>
#include <string_view>

#include "rules/book.h"
#include "rules/doc_tokens.h"

namespace tr::rules {

// What errors list when they do not know a condition.
inline constexpr std::string_view kAllConditions =
    "Conditions are angry, frustrated, calm, low, medium, high, VIP, outage, payment failure, deadline, topic is …, "
    "lane is …, from …, says … and subject says ….";

// The condition that exactly these tokens are, such as `payment failure`; null when they are none.
const Condition* FindPlain(Tokens tokens);

// What stands before a LIST.
struct ListHead {
  ConditionKind kind = ConditionKind::kSays;
  std::size_t words = 1;  // tokens of the head itself
};
std::optional<ListHead> FindListHead(Tokens tokens);

Tokens SkipNot(Tokens tokens);

// "angry", "not VIP", "says …": what may stand between two `and`s.
bool BeginsCondition(Tokens tokens);

// Up to the next comma.
Tokens UpToComma(Tokens tokens);

// What an unknown condition was probably meant to be; empty when nothing is near.
std::string MeantCondition(Tokens tokens, std::string_view bullet);

}  // namespace tr::rules
