#pragma once
// The signed token in the form page: it shows that whoever posts has seen the page within a day.

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"

namespace tr::api {

inline constexpr Duration kFormTokenLife = std::chrono::hours(24);

// "MILLIS.HMAC", the HMAC-SHA256 in hex.
std::string MakeFormToken(const Secret& key, Time now);

// Whether we signed it, not in the future and not longer than a day ago.
bool CheckFormToken(const Secret& key, std::string_view token, Time now);

}  // namespace tr::api
