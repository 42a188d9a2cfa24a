#pragma once
// The process's environment, handed in: nothing in this room reads it by itself.

#include <map>
#include <string>
#include <string_view>

namespace tr::aws {

using Environment = std::map<std::string, std::string, std::less<>>;

// The variable's value; "" when it is not set.
inline std::string_view Variable(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace tr::aws
