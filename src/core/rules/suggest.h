#pragma once
// "Did you mean": the known word nearest to what was written.

#include <string>
#include <string_view>
#include <vector>

namespace tr::rules {

// The known word that was most likely meant: the same but for case and blanks, a few typing slips away (one in three
// letters), or the start of it. Empty when none is near, or when `written` is longer than 64 bytes. Looks at the first
// 300 known words, so that a hostile book stays cheap.
std::string Suggest(std::string_view written, const std::vector<std::string>& known);

// " Did you mean X?", or empty when nothing is near.
std::string DidYouMean(std::string_view written, const std::vector<std::string>& known);

// "A, B, C": at most 20 of them, then "and 7 more".
std::string Listing(const std::vector<std::string>& names);

}  // namespace tr::rules
