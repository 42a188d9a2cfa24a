#pragma once
// The Date header (RFC 9110 section 5.6.7), in the one form that is still sent.

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace tr::aws {

// "Sun, 22 Nov 2026 22:57:48 GMT". Nothing: anything else.
std::optional<Time> ParseHttpDate(std::string_view text);

}  // namespace tr::aws
