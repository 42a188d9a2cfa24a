#pragma once
// Texts that a store must give back as they were, byte for byte.

#include <string>
#include <vector>

namespace tr::contract {

inline std::vector<std::string> HostileTexts() {
  return {
      "it's \"quoted\" and 'quoted' and `quoted`",
      "'); DROP TABLE tickets; --",
      "\" OR 1=1 /*",
      "100% _ \\ \\0 \\u0000 {\"json\":[1,2]} ?1 :name @name $name",
      "\xF0\x9F\x98\xA1\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA \xF0\x9D\x92\x9C",  // 4-byte characters
      "e\xCC\x81 \xE2\x80\xAE right to left \xE2\x80\xAC \xEF\xBB\xBF",     // combining, direction marks, BOM
      "line\r\nbreak\ttab\x01\x1F\x7F",
      " leading and trailing ",
      std::string(300'000, 'x') + "\xC3\xA9",
  };
}

}  // namespace tr::contract
