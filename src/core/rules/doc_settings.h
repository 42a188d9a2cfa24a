#pragma once
// "name: value" bullets of Hold limits and Hours.

#include <string>

#include "rules/book.h"

namespace tr::rules {

struct Setting {
  std::string name;   // folded words with single blanks; empty when there is no colon
  std::string value;  // as written, without a full stop at its end
};

// Cuts at the first ":" or "->".
Setting ReadSetting(const Bullet& bullet);

}  // namespace tr::rules
