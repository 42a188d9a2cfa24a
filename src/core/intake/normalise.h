#pragma once
// What two texts must share to be called the same message.

#include <string>
#include <string_view>

namespace tr::intake {

// Folded (NFKC, case) with every run of white space made one space and none at the ends: goes into a mail's identity
// and into the duplicate check. Equal for a text that was only wrapped or indented anew on its way.
std::string NormaliseNewText(std::string_view new_text);

}  // namespace tr::intake
