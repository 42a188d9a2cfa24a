#pragma once
// The headers that steps after parsing ask for.

#include <vector>

#include "intake/header_block.h"
#include "intake/mime.h"

namespace tr::intake {

// In the mail's order, decoded; at most 200, each value at most 4,096 bytes.
std::vector<MailHeader> KeptHeaders(const HeaderBlock& block);

}  // namespace tr::intake
