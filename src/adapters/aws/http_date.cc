#include "aws/http_date.h"

#include <string>

#include "base/result.h"

namespace tr::aws {

std::optional<Time> ParseHttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") return std::nullopt;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  if (month == kMonths.npos || month % 3 != 0) return std::nullopt;
  const std::string number = std::to_string(101 + month / 3).substr(1);
  const Result<Time> time = ParseTime(std::string(text.substr(12, 4)) + "-" + number + "-" +
                                      std::string(text.substr(5, 2)) + "T" + std::string(text.substr(17, 8)) + "Z");
  return time.ok() ? std::optional<Time>(*time) : std::nullopt;
}

}  // namespace tr::aws
