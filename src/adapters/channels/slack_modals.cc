#include "channels/slack_modals.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "channels/slack_blocks.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostBytes = 200'000;  // as JSON; with what stands around them below 250 KB
constexpr std::size_t kBlocksOfText = kSlackModalBlocks - 2;

json::object View(std::string_view title, json::array blocks) {
  return {{"type", "modal"},
          {"title", PlainText(title, kSlackTitle)},
          {"close", PlainText("Close", kSlackTitle)},
          {"blocks", std::move(blocks)}};
}

json::object Asking(std::string_view title, std::string_view submit, std::string_view callback, const CardSpot& spot,
                    json::array blocks) {
  json::object view = View(title, std::move(blocks));
  view["submit"] = PlainText(submit, kSlackTitle);
  view["callback_id"] = callback;
  view["private_metadata"] = Spell(spot);
  return view;
}

std::string ReasonLine(const Reason& reason) {
  std::string text = (reason.decided ? "• " : "◦ ") + SlackLine(reason.text, 500);
  if (reason.line > 0) text += " (" + reason.rule + ", line " + std::to_string(reason.line) + ")";
  if (!reason.hit.empty()) text += " – fitted by " + SlackLine(reason.hit, 200);
  return text;
}

json::object TopicMenu(const json::array& groups, const std::string& chosen) {
  json::object menu = GroupedMenu(kModalElement, "Topic", groups);
  if (const auto option = FindOption(groups, chosen)) menu["initial_option"] = *option;
  return menu;
}

json::object TextInput(const std::string& text) {
  json::object input{{"type", "plain_text_input"},
                     {"action_id", kModalElement},
                     {"multiline", true},
                     {"max_length", static_cast<std::int64_t>(kSlackSection)}};
  if (!text.empty()) input["initial_value"] = text;
  return input;
}

}  // namespace

std::string TopicBlock(int part) { return "topic" + std::to_string(part); }
std::string TextBlock(int part) { return "text" + std::to_string(part); }

json::object WholeMessageModal(const handoff::Card& card) {
  json::array blocks;
  std::size_t bytes = 0;
  bool all = true;
  for (const handoff::CardMessage& message : card.messages) {
    if (blocks.size() + 2 > kBlocksOfText) {
      all = false;
      break;
    }
    blocks.push_back(ContextLine({"From " + SlackLine(message.from, 200) + " · " + FormatTime(message.at)}));
    const std::vector<std::string> pieces = Pieces(message.text, kSlackModalBlocks);
    for (const std::string& piece : pieces) {
      bytes += json::serialize(json::value(piece)).size();
      all = all && blocks.size() < kBlocksOfText && bytes <= kMostBytes;
      if (all) blocks.push_back(Preformatted(piece));
    }
  }
  if (blocks.empty()) blocks.push_back(ContextLine({"There is no text: it was erased, or there never was any."}));
  if (!all) {
    json::array rest{RichWords("The rest is in the console: ")};
    if (!card.link.empty()) rest.push_back(RichLink(card.link, "open the ticket"));
    blocks.push_back(RichSection(std::move(rest)));
  }
  return View("Whole message", std::move(blocks));
}

json::object WhyModal(const handoff::Card& card) {
  std::string text = "What it is: " + (card.tags.topic.empty() ? "no topic" : card.tags.topic) + ", urgency " +
                     std::string(Name(card.tags.urgency)) + ", " + std::string(Name(card.tags.tone)) +
                     (card.tags.vip ? ", VIP" : "") + ".\nWhere it is: " + card.team + " as " +
                     std::string(Name(card.move)) + ".\n\nWhat fitted (• decided, ◦ as well):\n";
  for (const Reason& reason : card.reasons) text += ReasonLine(reason) + "\n";
  if (card.reasons.empty()) text += "◦ nothing: no rule and no topic\n";
  if (!card.evidence.empty()) text += "\nThe words that it went by:\n";
  for (const std::string& words : card.evidence) text += "“" + SlackLine(words, 300) + "”\n";
  if (card.confidence > 0) {
    text += "\nA reading like this is right in " + std::to_string(static_cast<int>(card.confidence * 100 + 0.5)) +
            " of 100 cases.\n";
  }
  json::array blocks;
  for (const std::string& piece : Pieces(text, 20)) {
    blocks.push_back(json::object{{"type", "section"}, {"text", PlainText(piece, kSlackSection)}});
  }
  if (!card.link.empty()) blocks.push_back(RichSection({RichLink(card.link, "The whole receipt")}));
  return View("Why it is here", std::move(blocks));
}

json::object SplitModal(const handoff::Card& card, const Places& places, const CardSpot& spot) {
  const json::array topics = TopicGroups(places);
  const std::string words = card.messages.empty() ? "" : SlackPlain(card.messages.front().text, kSlackSection);
  json::array blocks;
  blocks.push_back(
      ContextLine({"Each part becomes a ticket of its own. What you give to no part stays with the first."}));
  for (int n = 1; n <= kModalParts; ++n) {
    const std::string part = "Part " + std::to_string(n);
    const bool optional = n > 2;
    blocks.push_back(
        Input(TopicBlock(n), part + ": topic", TopicMenu(topics, n == 1 ? card.tags.topic : ""), optional));
    blocks.push_back(Input(TextBlock(n), part + ": its words", TextInput(n == 1 ? words : ""), optional));
  }
  return Asking("Split the ticket", "Split", "split", spot, std::move(blocks));
}

json::object ReassignModal(const Places& places, const CardSpot& spot) {
  json::array blocks{
      Input(kPlaceBlock, "Topic, team or person", GroupedMenu(kModalElement, "Choose", PlaceGroups(places)), false)};
  return Asking("Reassign the ticket", "Reassign", "reassign", spot, std::move(blocks));
}

}  // namespace tr::channels
