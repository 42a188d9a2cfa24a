#include "channels/slack_card.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "base/ids.h"
#include "base/text.h"
#include "channels/answer_link.h"
#include "channels/slack_blocks.h"
#include "channels/slack_text.h"

namespace tr::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t kSubject = 300;
constexpr std::size_t kName = 200;
constexpr std::size_t kReason = 300;
constexpr std::size_t kReasonsShown = 5;
constexpr std::size_t kEvidenceShown = 3;
constexpr std::size_t kFilesShown = 10;
constexpr std::size_t kBody = 2900;  // under kSlackSection
constexpr std::size_t kPagesOfText = 40;

std::string_view MarkOf(const handoff::Card& card) {
  switch (card.rank) {
    case Rank::kEscalate: return "🔴 ESCALATED  ";
    case Rank::kPriority: return "🟠 PRIORITY  ";
    case Rank::kNormal: return "";
  }
  return "";
}

std::string SubjectOf(const handoff::Card& card) {
  const std::string subject = SlackLine(card.subject, kSubject);
  return subject.empty() ? "(no subject)" : subject;
}

json::object LinkedSubject(const handoff::Card& card) {
  return card.link.empty() ? RichWords(SubjectOf(card), true) : RichLink(card.link, SubjectOf(card), true);
}

std::string Percent(double share) {
  char text[8];
  std::snprintf(text, sizeof text, "%.0f %%", std::clamp(share, 0.0, 1.0) * 100);
  return text;
}

std::string CustomerOf(const handoff::Card& card) {
  const Customer& customer = card.customer;
  std::string text = "From " + SlackLine(customer.name, kName);
  if (!customer.address.empty()) text += (customer.name.empty() ? "" : " · ") + SlackLine(customer.address, kName);
  switch (customer.verification) {
    case Verification::kVerified: return text + " · verified";
    case Verification::kUnverified: return text + " · not verified";
    case Verification::kFailed: return text + " · ⚠ sender forged? verification failed";
  }
  return text;
}

std::string TagsOf(const handoff::Card& card) {
  const Tags& tags = card.tags;
  std::string text = tags.topic.empty() ? "no topic" : SlackLine(tags.topic, kName);
  if (card.confidence > 0 && tags.topic != kUnsure) text += " " + Percent(card.confidence);
  text += " · urgency " + std::string(Name(tags.urgency)) + " · " + std::string(Name(tags.tone));
  for (const Signal signal : tags.signals.List()) {
    text += " · " + std::string(signal == Signal::kPaymentFailure ? "payment failure" : Name(signal));
  }
  if (tags.vip) text += " · VIP";
  return text;
}

std::string PlaceOf(const handoff::Card& card) {
  std::string text = card.move == Move::kHold ? "Held in " : "";
  text += SlackLine(card.team, kName);
  if (!card.person.empty()) text += " → " + card.person;
  return text;
}

std::string StateOf(const handoff::Card& card) {
  switch (card.state) {
    case State::kTaken: return "Taken by " + SlackLine(card.taken_by, kName);
    case State::kDone: return "✔ Done";
    case State::kMerged: return "Joined to another ticket";
    case State::kSplit: return "Split into parts, each with its own card";
    case State::kSetAside: return "Set aside: no ticket";
    case State::kSuspect: return "Set aside: spam or virus";
    case State::kReceived:
    case State::kRead: return "Being worked again";
    case State::kLanded: return "Waits to be taken";
  }
  return "";
}

std::string ReasonText(const Reason& reason) {
  const std::string text = SlackLine(reason.text, kReason);
  if (reason.line <= 0) return text;
  if (reason.rule == "topics") return text + ", row " + std::to_string(reason.line) + " of the topics";
  return "rule “" + text + "”, line " + std::to_string(reason.line);
}

// What decided comes first.
std::vector<std::string> ReasonsOf(const handoff::Card& card) {
  std::vector<std::string> texts;
  for (const bool decided : {true, false}) {
    for (const Reason& reason : card.reasons) {
      if (reason.decided == decided && texts.size() < kReasonsShown) texts.push_back(ReasonText(reason));
    }
  }
  return texts;
}

std::string EvidenceOf(const handoff::Card& card) {
  std::string text;
  for (std::size_t i = 0; i < std::min(card.evidence.size(), kEvidenceShown); ++i) {
    text += (i == 0 ? "Went by “" : "  “") + SlackLine(card.evidence[i], kName) + "”";
  }
  return text;
}

std::string SizeText(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  if (bytes < 1024 * 1024) return std::to_string(bytes / 1024) + " KiB";
  return std::to_string(bytes / 1024 / 1024) + " MiB";
}

std::string FilesOf(const handoff::Card& card) {
  std::string text;
  for (std::size_t i = 0; i < std::min(card.attachments.size(), kFilesShown); ++i) {
    const Attachment& file = card.attachments[i];
    const std::string name = SlackLine(file.filename, 60);
    text += (i == 0 ? "📎 " : ", ") + (name.empty() ? std::string("unnamed") : name) + " (" + SizeText(file.size) + ")";
  }
  if (card.attachments.size() > kFilesShown) {
    text += " and " + std::to_string(card.attachments.size() - kFilesShown) + " more";
  }
  return text;
}

std::string CountOf(const handoff::Card& card) {
  if (card.joined == 0) return "";
  return std::to_string(card.joined) + (card.joined == 1 ? " more message" : " more messages") + " on this";
}

// What a hand does first stands first.
struct Buttons {
  json::array first;
  json::array second;
};

void AddAction(Buttons& buttons, const handoff::Action& action, const std::string& key, const SlackLook& look) {
  const auto button = [&](std::string_view style = "") { return Button(action.name, action.label, key, style); };
  if (action.name == "take") {
    buttons.first.insert(buttons.first.begin(), button("primary"));
  } else if (action.name == "done") {
    buttons.first.push_back(button());
  } else if (action.name == "reassign") {
    if (!action.topic.empty() && IsUtf8(action.topic) && SlackLength(key + "." + action.topic) <= kSlackButtonValue) {
      buttons.first.push_back(Button("runner_up", "→ " + action.topic, key + "." + action.topic));
    }
    const std::size_t places = CountPlaces(look.places);
    if (places > 0 && places <= kSlackOptions) {
      buttons.first.push_back(GroupedMenu("reassign", "Reassign …", PlaceGroups(look.places)));
    } else if (places > 0) {
      buttons.first.push_back(Button("reassign_modal", "Reassign …", key));
    }
  } else if (action.name == "bump") {
    json::array levels;
    for (const Urgency level : {Urgency::kHigh, Urgency::kMedium, Urgency::kLow}) {
      levels.push_back(Option("Urgency " + std::string(Name(level)), Name(level)));
    }
    buttons.first.push_back(Menu("bump", "Bump …", std::move(levels)));
  } else if (action.name == "split" || action.name == "release" || action.name == "undo" || action.name == "restore") {
    buttons.second.push_back(button());
  }
  // Merge needs another ticket's id: it is the console's.
}

void AddButtons(json::array& blocks, const handoff::Card& card, const SlackLook& look) {
  const std::string key = Spell({card.ticket, card.version});
  Buttons buttons;
  for (const handoff::Action& action : card.actions) AddAction(buttons, action, key, look);
  buttons.second.push_back(Button("why", "Why?", key));
  buttons.second.push_back(Button("whole", "Whole message", key));
  if (!buttons.first.empty()) blocks.push_back(ActionRow(key + ".a", std::move(buttons.first)));
  blocks.push_back(ActionRow(key + ".b", std::move(buttons.second)));
}

std::string Fallback(const handoff::Card& card, const std::string& lead) {
  return SlackEscaped(lead + SubjectOf(card) + " · " + card.team, kSlackFallback);
}

void AddText(json::array& blocks, const std::string& text) {
  if (!text.empty()) blocks.push_back(ContextLine({text}));
}

json::object WherePing(const std::string& person, const std::string& role, const std::string& user) {
  if (!user.empty()) return RichMention(user);
  return RichWords(person.empty() ? "The team's " + role : person, true);
}

std::string PingWords(const handoff::Card& card, const std::string& role) {
  const std::string_view what = card.rank == Rank::kEscalate   ? " this was escalated to you"
                                : card.rank == Rank::kPriority ? " this jumped the queue"
                                                               : " please look at this";
  return std::string(what) + (role.empty() ? "" : " (" + role + ")") + ": ";
}

}  // namespace

std::string Spell(const CardKey& key) { return key.ticket + "." + std::to_string(key.version); }

std::optional<CardKey> ReadCardKey(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || !IsUlid(text.substr(0, dot))) return std::nullopt;
  CardKey key{std::string(text.substr(0, dot)), 0};
  const std::string_view number = text.substr(dot + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), key.version);
  if (error != std::errc() || key.version < 1) return std::nullopt;
  if (end != number.data() + number.size() && *end != '.') return std::nullopt;
  return key;
}

SlackMessage LiveCard(const handoff::Card& card, const SlackLook& look, const std::string& detour) {
  SlackMessage message;
  message.text = Fallback(card, std::string(MarkOf(card)));
  json::array& blocks = message.blocks;
  json::array title;
  if (!MarkOf(card).empty()) title.push_back(RichWords(MarkOf(card), true));
  title.push_back(LinkedSubject(card));
  blocks.push_back(RichSection(std::move(title)));
  AddText(blocks, detour.empty() ? "" : "⚠ " + SlackLine(detour, kReason));
  blocks.push_back(ContextLine({CustomerOf(card)}));
  blocks.push_back(ContextLine({TagsOf(card), PlaceOf(card), StateOf(card), CountOf(card)}));
  if (const std::vector<std::string> reasons = ReasonsOf(card); !reasons.empty())
    blocks.push_back(ContextLine(reasons));
  AddText(blocks, EvidenceOf(card));
  if (!card.messages.empty()) blocks.push_back(RichQuote(SlackPlain(card.messages.front().text, kBody)));
  AddText(blocks, FilesOf(card));
  if (const std::string answer = AnswerLink(card, look.intake_address);
      !answer.empty() && card.state != State::kMerged) {
    blocks.push_back(RichSection({RichLink(answer, "Answer by e-mail")}));
  }
  AddButtons(blocks, card, look);
  return message;
}

SlackMessage MovedCard(const handoff::Card& card) {
  SlackMessage message;
  const std::string by = card.changed_by.empty() || card.changed_by == "router" ? "" : " by " + card.changed_by;
  const std::string where = "→ Moved to " + SlackLine(card.team, kName) + by + ": ";
  message.text = Fallback(card, where);
  message.blocks.push_back(RichSection({RichWords(where), LinkedSubject(card)}));
  const bool may_undo = std::any_of(card.actions.begin(), card.actions.end(),
                                    [](const handoff::Action& action) { return action.name == "undo"; });
  if (!by.empty() && may_undo) {
    const std::string key = Spell({card.ticket, card.version});
    message.blocks.push_back(ActionRow(key + ".b", {Button("undo", "Undo", key)}));
  }
  return message;
}

SlackMessage PingMessage(const handoff::Card& card, const std::string& person, const std::string& role,
                         const std::string& user, const std::string& why) {
  SlackMessage message;
  const std::string mention = user.empty() ? "" : "<@" + user + ">";
  message.text = mention + Fallback(card, PingWords(card, role));
  message.blocks.push_back(RichSection(
      {WherePing(person, role, user), RichWords(PingWords(card, person.empty() ? "" : role)), LinkedSubject(card)}));
  if (!why.empty()) message.blocks.push_back(RichSection({RichWords(why)}));
  return message;
}

SlackMessage ThreadMessage(const handoff::Card& card, int number, const std::string& user) {
  SlackMessage message;
  const auto found = std::find_if(card.messages.begin(), card.messages.end(),
                                  [number](const handoff::CardMessage& one) { return one.n == number; });
  const std::string from = found == card.messages.end() ? "the customer" : SlackLine(found->from, kName);
  const std::string lead = "New message from " + from + ": ";
  message.text = (user.empty() ? "" : "<@" + user + "> ") + Fallback(card, lead);
  json::array words;
  if (!user.empty()) words.push_back(RichMention(user));
  words.push_back(RichWords((user.empty() ? "" : " ") + lead));
  words.push_back(LinkedSubject(card));
  message.blocks.push_back(RichSection(std::move(words)));
  if (found != card.messages.end()) message.blocks.push_back(RichQuote(SlackPlain(found->text, kBody)));
  return message;
}

SlackMessage PlainMessage(const std::string& subject, const std::string& text) {
  SlackMessage message;
  message.text = SlackEscaped(Trim(subject).empty() ? "Ticket Router" : subject, kSlackFallback);
  message.blocks.push_back(RichSection({RichWords(SlackLine(subject, kSubject), true)}));
  for (const std::string& piece : Pieces(text, kPagesOfText)) message.blocks.push_back(Preformatted(piece));
  return message;
}

}  // namespace tr::channels
