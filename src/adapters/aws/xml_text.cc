#include "aws/xml_text.h"

#include <array>
#include <utility>

namespace tr::aws {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 6> kEntities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#34;", '"'}, {"&apos;", '\''}}};

}  // namespace

std::string XmlText(std::string_view xml, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
  const std::size_t begin = xml.find(open);
  if (begin == xml.npos) return "";
  xml.remove_prefix(begin + open.size());
  const std::size_t end = xml.find('<');
  if (end == xml.npos || !xml.substr(end).starts_with(close)) return "";
  std::string text;
  for (xml = xml.substr(0, end); !xml.empty();) {
    std::size_t taken = 0;
    for (const auto& [entity, character] : kEntities) {
      if (taken > 0 || !xml.starts_with(entity)) continue;
      text += character;
      taken = entity.size();
    }
    if (taken == 0) text += xml.front();
    xml.remove_prefix(taken == 0 ? 1 : taken);
  }
  return text;
}

std::vector<std::string_view> XmlElements(std::string_view xml, std::string_view name) {
  const std::string open = "<" + std::string(name) + ">", close = "</" + std::string(name) + ">";
  std::vector<std::string_view> elements;
  for (std::size_t begin = 0; (begin = xml.find(open, begin)) != xml.npos;) {
    begin += open.size();
    const std::size_t end = xml.find(close, begin);
    if (end == xml.npos) break;
    elements.push_back(xml.substr(begin, end - begin));
    begin = end + close.size();
  }
  return elements;
}

}  // namespace tr::aws
