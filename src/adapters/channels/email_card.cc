#include "channels/email_card.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "channels/answer_link.h"
#include "channels/link_token.h"
#include "rules/hours.h"

namespace tr::channels {
namespace {

using handoff::Card;
using handoff::Notice;

// A mail is read on a telephone: what is longer stands in the console, and the card says so.
constexpr std::size_t kMaxMessageBytes = 16 * 1024;
constexpr std::size_t kMaxListed = 20;

std::string When(const Card& card, const rules::RuleBook& book, Time at) {
  const rules::Team* team = book.FindTeam(card.team);
  if (team == nullptr) return FormatTime(at).substr(0, 16) + " UTC";
  return rules::FormatLocalTime(*team, at) + " " + team->time_zone;
}

std::string Capital(std::string_view word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string Place(const Card& card) { return card.team + (card.person.empty() ? "" : ", for " + card.person); }

std::string LinkedTicket(const Card& card, std::string_view kind) {
  const auto link =
      std::find_if(card.links.rbegin(), card.links.rend(), [&](const Link& one) { return one.kind == kind; });
  return link == card.links.rend() ? "" : " TR-" + link->id;
}

std::string StateLine(const Card& card) {
  switch (card.state) {
    case State::kReceived:
    case State::kRead: return "Is being read anew";
    case State::kLanded:
      return card.move == Move::kHold ? "Held in " + Place(card) + ": where does it belong?" : "In " + Place(card);
    case State::kTaken: return "Taken by " + card.taken_by + " in " + Place(card);
    case State::kDone: return "Done in " + Place(card);
    case State::kMerged: return "Merged into" + LinkedTicket(card, "merged_into");
    case State::kSplit: return "Split into parts, each a ticket of its own";
    case State::kSetAside: return "Set aside: no ticket";
    case State::kSuspect: return "Kept as suspect";
  }
  return "";
}

std::string Loudness(const Card& card) {
  switch (card.rank) {
    case Rank::kNormal: return "";
    case Rank::kPriority: return "Priority. ";
    case Rank::kEscalate: return "Escalated. ";
  }
  return "";
}

std::string ByWhom(const Card& card) { return card.changed_by.empty() ? "" : ", by " + card.changed_by; }

std::string Headline(const Notice& notice) {
  const Card& card = notice.card;
  if (notice.moved) return "Went to " + Place(card) + ByWhom(card);
  switch (notice.kind) {
    case store::DeliveryKind::kPing:
      return Loudness(card) + "Please look at this now" + (notice.role.empty() ? "" : ", as " + notice.role) +
             (notice.text.empty() ? "" : ". " + notice.text);
    case store::DeliveryKind::kThread: return "The customer wrote again. " + StateLine(card);
    case store::DeliveryKind::kCard:
    case store::DeliveryKind::kCardUpdate:
    case store::DeliveryKind::kDigest:
    case store::DeliveryKind::kAnnouncement:
    case store::DeliveryKind::kTimer: return Loudness(card) + StateLine(card);
  }
  return "";
}

std::string CustomerLine(const Card& card) {
  std::string line = card.customer.name;
  if (!card.customer.address.empty()) line += (line.empty() ? "<" : " <") + card.customer.address + ">";
  if (line.empty()) line = "unknown";
  switch (card.customer.verification) {
    case Verification::kVerified: return line + ", verified";
    case Verification::kUnverified: return line + ", not verified";
    case Verification::kFailed: return line + ", FORGED as far as their mail server can tell";
  }
  return line;
}

std::string TopicLine(const Card& card) {
  std::string line = card.tags.topic.empty() ? "none yet" : card.tags.topic;
  if (card.confidence > 0) line += ", " + std::to_string(std::lround(card.confidence * 100)) + " % sure";
  return line;
}

std::string SignalLine(const Card& card) {
  std::string line;
  for (const Signal signal : card.tags.signals.List()) line += (line.empty() ? "" : ", ") + std::string(Name(signal));
  std::replace(line.begin(), line.end(), '_', ' ');
  return line;
}

std::string ReasonLine(const Reason& reason) {
  std::string line = reason.text;
  if (!reason.hit.empty()) line += " (" + reason.hit + ")";
  if (reason.line > 0) line += ", " + reason.rule + " line " + std::to_string(reason.line);
  return line + (reason.decided ? " [decided]" : "");
}

std::string SizeOf(std::uint64_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  return std::to_string((bytes + 1023) / 1024) + " KiB";
}

void AddFacts(const Card& card, const rules::RuleBook& book, MailPage& page) {
  page.facts.emplace_back("Subject", card.subject);
  page.facts.emplace_back("Customer", CustomerLine(card));
  page.facts.emplace_back("Team", Place(card));
  page.facts.emplace_back("Topic", TopicLine(card));
  page.facts.emplace_back("Urgency", Capital(Name(card.tags.urgency)));
  page.facts.emplace_back("Tone", Capital(Name(card.tags.tone)));
  if (const std::string signals = SignalLine(card); !signals.empty()) page.facts.emplace_back("Signals", signals);
  if (card.tags.vip) page.facts.emplace_back("VIP", "yes");
  if (card.joined > 0) page.facts.emplace_back("Wrote again", std::to_string(card.joined) + " times");
  page.facts.emplace_back("Received", When(card, book, card.received_at) + ", by " + std::string(Name(card.lane)));
}

void AddQuotes(const Notice& notice, const rules::RuleBook& book, MailPage& page) {
  const Card& card = notice.card;
  for (const handoff::CardMessage& message : card.messages) {
    const bool shown =
        notice.kind == store::DeliveryKind::kThread ? message.n == notice.message : &message == &card.messages.front();
    if (!shown) continue;
    std::string text = CutText(message.text, kMaxMessageBytes);
    const bool cut = text.size() < message.text.size();
    page.quotes.push_back({message.from + " wrote on " + When(card, book, message.at), std::move(text)});
    if (cut)
      page.facts.emplace_back(
          "Cut", "The message is longer; all of it: " + (card.link.empty() ? "in the console" : card.link));
  }
}

bool HasPage(const std::string& action) {
  return action == "take" || action == "release" || action == "done" || action == "undo" || action == "restore" ||
         action == "bump" || action == "reassign" || action == "split";
}

// What asks something on its page ends in an ellipsis.
std::string LabelOf(const std::string& action) {
  return Capital(action) + (action == "bump" || action == "split" ? "…" : "");
}

// What a reassign to a topic is called: where it would go.
std::string OneClickLabel(const handoff::Action& action) {
  return action.label.empty() ? "→ " + action.topic : action.label;
}

}  // namespace

std::string EmailSubject(const Notice& notice) {
  if (notice.kind == store::DeliveryKind::kDigest || notice.kind == store::DeliveryKind::kAnnouncement) {
    return notice.subject;
  }
  return "[TR-" + notice.card.ticket + "] " + (notice.card.subject.empty() ? "(no subject)" : notice.card.subject);
}

std::vector<std::string> ReasonLines(const Card& card) {
  std::vector<std::string> lines;
  for (const Reason& reason : card.reasons) lines.push_back(ReasonLine(reason));
  return lines;
}

std::vector<PageLink> CardLinks(const Card& card, const std::string& who, const EmailLook& look, Time now) {
  std::vector<PageLink> links;
  if (const std::string answer = AnswerLink(card, look.intake_address); !answer.empty()) {
    links.push_back({"Answer the customer", answer});
  }
  const auto add = [&](const std::string& label, const std::string& action, const std::string& topic) {
    if (look.base_url.empty() || look.link_key.empty()) return;
    const CardLink link{who, action, topic, card.ticket, card.version, now + kLinkLife};
    links.push_back({label, look.base_url + "/c/" + MakeLinkToken(look.link_key, link)});
  };
  bool asks_where = false;
  for (const handoff::Action& action : card.actions) {
    if (!HasPage(action.name)) continue;
    if (action.name == "reassign") {
      if (!action.topic.empty()) add(OneClickLabel(action), "reassign", action.topic);
      if (!asks_where) add("Reassign…", "reassign", "");
      asks_where = true;
    } else {
      add(LabelOf(action.name), action.name, "");
    }
  }
  add("Why?", "why", "");
  if (!card.link.empty()) links.push_back({"Open or merge", card.link});
  return links;
}

MailPage CardPage(const Notice& notice, const std::string& who, const rules::RuleBook& book, const EmailLook& look,
                  Time now) {
  const Card& card = notice.card;
  MailPage page;
  page.headline = Headline(notice);
  if (!notice.detour.empty()) page.facts.emplace_back("Why here", notice.detour);
  AddFacts(card, book, page);
  page.reasons = ReasonLines(card);
  page.evidence = card.evidence;
  AddQuotes(notice, book, page);
  for (const Attachment& file : card.attachments) {
    if (page.attachments.size() == kMaxListed) break;
    page.attachments.push_back((file.filename.empty() ? "unnamed" : file.filename) + ", " + SizeOf(file.size));
  }
  if (card.attachments.size() > kMaxListed) {
    page.attachments.push_back("and " + std::to_string(card.attachments.size() - kMaxListed) + " more");
  }
  page.links = CardLinks(card, who, look, now);
  page.foot =
      "A reply to this mail becomes a note on the ticket; it never reaches the customer. The links are meant for " +
      who + " and last 14 days.";
  return page;
}

}  // namespace tr::channels
