#include "channels/slack_blocks.h"

#include <utility>

#include "base/text.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t kUrl = 3000;
constexpr std::size_t kContextText = 1000;  // ten of them stay a card, not a page
constexpr std::size_t kPlaceholder = 150;
constexpr std::size_t kInputLabel = 2000;

std::string NotEmpty(std::string text) { return Trim(text).empty() ? " " : text; }

json::object Rich(std::string_view kind, json::array elements) {
  json::array parts;
  parts.push_back(json::object{{"type", kind}, {"elements", std::move(elements)}});
  return {{"type", "rich_text"}, {"elements", std::move(parts)}};
}

}  // namespace

json::object PlainText(std::string_view text, std::size_t most) {
  std::string plain = SlackPlain(text, most);
  if (Trim(plain).empty()) plain = "-";
  return {{"type", "plain_text"}, {"text", std::move(plain)}, {"emoji", false}};
}

json::object RichWords(std::string_view text, bool bold) {
  json::object words{{"type", "text"}, {"text", NotEmpty(SlackPlain(text, kSlackSection))}};
  if (bold) words["style"] = json::object{{"bold", true}};
  return words;
}

json::object RichLink(std::string_view url, std::string_view words, bool bold) {
  json::object link{
      {"type", "link"}, {"url", url.substr(0, kUrl)}, {"text", NotEmpty(SlackLine(words, kSlackSection))}};
  if (bold) link["style"] = json::object{{"bold", true}};
  return link;
}

json::object RichMention(std::string_view user) { return {{"type", "user"}, {"user_id", user}}; }

json::object RichSection(json::array elements) { return Rich("rich_text_section", std::move(elements)); }

json::object RichQuote(std::string_view text) { return Rich("rich_text_quote", {RichWords(text)}); }

json::object Preformatted(std::string_view text) { return Rich("rich_text_preformatted", {RichWords(text)}); }

json::object ContextLine(const std::vector<std::string>& texts) {
  json::array elements;
  for (const std::string& text : texts) {
    if (elements.size() < kSlackContext && !Trim(text).empty()) elements.push_back(PlainText(text, kContextText));
  }
  return {{"type", "context"}, {"elements", std::move(elements)}};
}

json::object ActionRow(std::string_view block_id, json::array elements) {
  return {{"type", "actions"}, {"block_id", block_id}, {"elements", std::move(elements)}};
}

json::object Button(std::string_view action, std::string_view label, std::string_view value, std::string_view style) {
  json::object button{
      {"type", "button"}, {"action_id", action}, {"text", PlainText(label, kSlackLabel)}, {"value", value}};
  if (!style.empty()) button["style"] = style;
  return button;
}

json::object Option(std::string_view label, std::string_view value) {
  return {{"text", PlainText(label, kSlackLabel)}, {"value", value}};
}

json::object Menu(std::string_view action, std::string_view placeholder, json::array options) {
  return {{"type", "static_select"},
          {"action_id", action},
          {"placeholder", PlainText(placeholder, kPlaceholder)},
          {"options", std::move(options)}};
}

json::object GroupedMenu(std::string_view action, std::string_view placeholder, json::array groups) {
  return {{"type", "static_select"},
          {"action_id", action},
          {"placeholder", PlainText(placeholder, kPlaceholder)},
          {"option_groups", std::move(groups)}};
}

json::object Input(std::string_view block_id, std::string_view label, json::object element, bool optional) {
  return {{"type", "input"},
          {"block_id", block_id},
          {"label", PlainText(label, kInputLabel)},
          {"element", std::move(element)},
          {"optional", optional}};
}

std::vector<std::string> Pieces(std::string_view text, std::size_t most) {
  std::vector<std::string> pieces;
  const std::string plain = SlackPlain(text, text.size());
  std::string_view rest = plain;
  while (!Trim(rest).empty() && pieces.size() < most) {
    std::string piece = SlackPlain(rest, kSlackSection);
    if (piece.size() < rest.size() || piece != rest) {
      piece.resize(piece.size() - std::string_view("…").size());
      const std::size_t line = piece.rfind('\n');
      if (line != std::string::npos && line > piece.size() / 2) piece.resize(line + 1);
    }
    rest.remove_prefix(piece.size());
    if (!Trim(piece).empty()) pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace tr::channels
