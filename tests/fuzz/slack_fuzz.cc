// Any words of a customer on a Slack card: they mention nobody, link nowhere, format nothing, and Slack's limits hold.
// The input's lines are name, address, subject, a file's name and the message.

#include <boost/json.hpp>
#include <map>
#include <string>

#include "channels/slack_blocks.h"
#include "channels/slack_card.h"
#include "channels/slack_text.h"
#include "fuzz_target.h"

namespace {

namespace json = boost::json;
using tr::fuzz::Require;

// How often each type stands anywhere in the blocks.
using Census = std::map<std::string, int>;

void Walk(const json::value& value, Census& census) {
  if (value.is_string()) return tr::fuzz::RequireText(std::string_view(value.as_string()));
  if (value.is_array()) {
    for (const json::value& one : value.as_array()) Walk(one, census);
  }
  if (!value.is_object()) return;
  for (const auto& member : value.as_object()) {
    if (member.key() == "type" && member.value().is_string()) ++census[std::string(member.value().as_string())];
    Walk(member.value(), census);
  }
}

std::string TakeLine(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string line = tr::RepairUtf8(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

tr::handoff::Card CardOf(std::string_view input) {
  tr::handoff::Card card;
  card.ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  card.version = 2;
  card.team = "Billing";
  card.tags.topic = "refund";
  card.actions = {{"take", "Take", ""}, {"done", "Done", ""}};
  card.customer.name = TakeLine(input);
  card.customer.address = TakeLine(input);
  card.subject = TakeLine(input);
  card.attachments = {{TakeLine(input), "application/pdf", 7}};
  const std::string text = tr::RepairUtf8(input);
  card.evidence = {text.substr(0, text.find('\n'))};
  card.messages = {{1, card.customer.name, tr::Time{}, text, ""}};
  return card;
}

Census CheckedCensus(const tr::channels::SlackMessage& message) {
  Require(message.blocks.size() <= tr::channels::kSlackBlocks);
  Require(tr::channels::SlackLength(message.text) <= tr::channels::kSlackFallback);
  for (const char* mark : {"<", "@everyone", "@here", "@channel", "*bold*", "```"}) {
    Require(message.text.find(mark) == std::string::npos);
  }
  Census census;
  Walk(message.blocks, census);
  Require(census["mrkdwn"] == 0 && census["user"] == 0 && census["usergroup"] == 0 && census["broadcast"] == 0);
  return census;
}

}  // namespace

TR_FUZZ_TARGET(slack) {
  const tr::channels::SlackLook look;
  static const int kLinks =
      CheckedCensus(tr::channels::LiveCard(CardOf("Kim\nkim@mail.example\nOrder\nf\nwords"), look, ""))["link"];
  const tr::handoff::Card card = CardOf(input);
  Require(CheckedCensus(tr::channels::LiveCard(card, look, ""))["link"] <= kLinks);
  CheckedCensus(tr::channels::MovedCard(card));
  CheckedCensus(tr::channels::ThreadMessage(card, 1, ""));
  for (const std::size_t most : {0, 1, 7, 75}) {
    Require(tr::channels::SlackLength(tr::channels::SlackEscaped(input, most)) <= most);
    Require(tr::channels::SlackLength(tr::channels::SlackLine(input, most)) <= most);
  }
  if (const auto key = tr::channels::ReadCardKey(input)) {
    const auto again = tr::channels::ReadCardKey(tr::channels::Spell(*key));
    Require(again && again->ticket == key->ticket && again->version == key->version);
  }
}
