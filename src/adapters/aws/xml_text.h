#pragma once
// The little of XML that S3's answers need: the text of a leaf element.

#include <string>
#include <string_view>

namespace tr::aws {

// The text of the first element <name> that holds no elements, its entities resolved; "" when there is none.
std::string XmlText(std::string_view xml, std::string_view name);

}  // namespace tr::aws
