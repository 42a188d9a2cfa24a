#pragma once
// The little of XML that S3's answers need: elements by their names, and a leaf's text.

#include <string>
#include <string_view>
#include <vector>

namespace tr::aws {

// The text of the first element <name> that holds no elements, its entities resolved; "" when there is none.
std::string XmlText(std::string_view xml, std::string_view name);

// What stands within each element <name>, in order. REQUIRES: none of that name within another.
std::vector<std::string_view> XmlElements(std::string_view xml, std::string_view name);

}  // namespace tr::aws
