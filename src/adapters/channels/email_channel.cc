#include "channels/email_channel.h"

#include <utility>

#include "base/hash.h"
#include "ticket/card_id.h"

namespace tr::channels {
namespace {

using handoff::Notice;

bool IsAboutATicket(const Notice& notice) {
  switch (notice.kind) {
    case store::DeliveryKind::kCard:
    case store::DeliveryKind::kCardUpdate:
    case store::DeliveryKind::kPing:
    case store::DeliveryKind::kThread: return true;
    case store::DeliveryKind::kDigest:
    case store::DeliveryKind::kAnnouncement:
    case store::DeliveryKind::kTimer: return false;
  }
  return false;
}

// A ping is for the person who is named, where the book knows them still; else for everybody who reads the inbox.
std::string RecipientOf(const Notice& notice, const rules::RuleBook& book) {
  const bool named = notice.kind == store::DeliveryKind::kPing && !book.RoleOf(notice.person).empty();
  return named ? notice.person : notice.address;
}

}  // namespace

EmailChannel::EmailChannel(Mailer& mailer, EmailSettings settings, const Clock& clock,
                           std::function<rules::RuleBookPtr()> book)
    : mailer_(mailer), settings_(std::move(settings)), clock_(clock), book_(std::move(book)) {}

Mail EmailChannel::MailOf(const Notice& notice, const std::string& to, const rules::RuleBook& book) const {
  Mail mail;
  mail.to = to;
  mail.subject = EmailSubject(notice);
  if (!IsAboutATicket(notice)) {
    mail.text = notice.text;
    mail.message_id = ToHex(Sha256(notice.id)).substr(0, 32) + "@" + settings_.id_domain;
    return mail;
  }
  const Secret& key = settings_.look.link_key;
  const MailPage page = CardPage(notice, to, book, settings_.look, clock_.Now());
  mail.text = PageText(page);
  mail.html = PageHtml(page);
  mail.message_id = MakeCardId(key, notice.card.ticket, notice.id, settings_.id_domain);
  mail.references.push_back(MakeThreadId(key, notice.card.ticket, settings_.id_domain));
  if (!notice.card_ref.empty()) mail.references.push_back(notice.card_ref);
  mail.important = notice.kind != store::DeliveryKind::kCardUpdate && notice.card.rank != Rank::kNormal;
  return mail;
}

Result<std::string> EmailChannel::Post(const Notice& notice, const Call& call) {
  const rules::RuleBookPtr book = book_();
  if (book == nullptr) return Transient("there is no rule book in force yet: nobody is known to write to");
  const std::string to = RecipientOf(notice, *book);
  if (!IsTeamAddress(*book, to)) {
    return Invalid("cards go to teams' inboxes and known people only: put the address into the teams tab");
  }
  return mailer_.Send(MailOf(notice, to, *book), call);
}

}  // namespace tr::channels
