#pragma once
// What the form behind a signed link says.

#include "base/result.h"
#include "channels/link_token.h"
#include "correct/command.h"
#include "net/http_types.h"

namespace tr::api {

// The parts that a split's page offers: "topic1", "text1", … "topic5", "text5".
inline constexpr int kSplitParts = 5;

// Fields of a whole form: kSplitParts twice, the person, the version, and what a browser adds.
inline constexpr std::size_t kMaxCardFields = 20;

// kInvalid: what is missing, in words for the page.
Result<correct::Action> ActionOf(const channels::CardLink& link, const net::Fields& fields);

}  // namespace tr::api
