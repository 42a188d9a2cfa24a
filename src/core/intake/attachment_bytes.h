#pragma once
// An attachment out of the mail as it came.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tr::intake {

// The bytes of the `n`th attachment (from 1) in the order of ParsedMail::attachments, transfer encoding undone.
// kNotFound: the mail has fewer.
Result<std::string> AttachmentBytes(std::string_view raw, std::size_t n);

}  // namespace tr::intake
