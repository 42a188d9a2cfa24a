#pragma once
// Mail services that anybody can join: their domains name no company.

#include <string_view>

namespace tr::rules {

// REQUIRES: lower case, without "@".
bool IsFreeMailDomain(std::string_view domain);

}  // namespace tr::rules
