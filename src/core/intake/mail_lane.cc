#include "intake/mail_lane.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/ids.h"
#include "base/text.h"
#include "intake/mime.h"
#include "intake/normalise.h"
#include "intake/subject.h"
#include "ticket/card_id.h"

namespace tr::intake {
namespace {

bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& one) { return EqualsIgnoreCaseAscii(one, item); });
}

std::string_view DomainOf(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

// A group (Google Groups, Mailman) that put its own address into From; the author is in Reply-To or X-Original-From.
bool IsRewrittenByGroup(const ParsedMail& mail) {
  if (mail.HasHeader("x-original-from")) return true;
  if (!mail.HasHeader("list-id")) return false;
  return std::any_of(mail.to.begin(), mail.to.end(),
                     [&](const Mailbox& to) { return !to.address.empty() && to.address == mail.from.address; });
}

Mailbox WhoWrote(const ParsedMail& mail, const MailSettings& settings) {
  if (mail.reply_to.address.empty()) return mail.from;
  const bool ours = Contains(settings.own_domains, DomainOf(mail.from.address)) ||
                    Contains(settings.form_senders, mail.from.address) || IsRewrittenByGroup(mail);
  return ours ? mail.reply_to : mail.from;
}

// The verdict of the topmost Authentication-Results, if a server that we trust wrote it (RFC 8601 5: lower ones may be
// forged by the sender).
Verification Verdict(const ParsedMail& mail, const MailSettings& settings) {
  const std::string value = ToLowerAscii(mail.Header("authentication-results"));
  const std::string_view server = Trim(std::string_view(value).substr(0, value.find(';')));
  const std::string_view id = server.substr(0, server.find(' '));
  if (id.empty() || !Contains(settings.trusted_servers, id)) return Verification::kUnverified;
  for (const std::string_view part : SplitText(value, ';')) {
    const std::string_view method = Trim(part);
    if (!method.starts_with("dmarc=")) continue;
    const std::string_view result = method.substr(6, method.find_first_of(" (", 6) - 6);
    if (result == "pass") return Verification::kVerified;
    if (result == "fail") return Verification::kFailed;
  }
  return Verification::kUnverified;
}

bool IsKnownPerson(const rules::RuleBook* book, const std::string& address) {
  if (book == nullptr || address.empty()) return false;
  if (!book->RoleOf(address).empty()) return true;
  return std::any_of(book->teams.begin(), book->teams.end(),
                     [&](const rules::Team& team) { return EqualsIgnoreCaseAscii(team.inbox, address); });
}

std::string Identity(const ParsedMail& mail) {
  const std::string date = mail.date ? FormatTime(*mail.date) : "";
  return ToHex(HashFields({"mail", mail.message_id, mail.from.address, date, NormaliseNewText(mail.new_text)}));
}

// The ticket of the card that the mail answers, or that it is: our own mail may come back by a forwarded inbox.
std::string AnsweredCard(const ParsedMail& mail, const Secret& key) {
  std::vector<std::string_view> ids = {mail.in_reply_to};
  ids.insert(ids.end(), mail.references.rbegin(), mail.references.rend());
  ids.push_back(mail.message_id);
  for (const std::string_view id : ids) {
    if (std::optional<std::string> ticket = TicketOfCardId(key, id)) return *std::move(ticket);
  }
  return "";
}

}  // namespace

Result<Arrival> ReadMail(std::string raw, const MailSettings& settings, const rules::RuleBook* book) {
  TR_ASSIGN(ParsedMail mail, ParseMail(raw));
  const Recognition recognition = Recognise(mail, settings.own);
  Arrival arrival;
  arrival.lane = Lane::kMail;
  arrival.identity = Identity(mail);
  arrival.from = WhoWrote(mail, settings);
  arrival.customer = {arrival.from.name, arrival.from.address, Verdict(mail, settings)};
  // A forged sender is nobody's colleague: their mail would take tickets. Nor is a customer whose form came by a team's
  // inbox: their address stands in Reply-To.
  const bool ours =
      arrival.from.address == mail.from.address || Contains(settings.own_domains, DomainOf(arrival.from.address));
  if (ours && arrival.customer.verification != Verification::kFailed && IsKnownPerson(book, mail.from.address)) {
    arrival.author = Author::kTeam;
    arrival.joins_freely = true;
  }
  arrival.references = mail.references;
  if (!mail.in_reply_to.empty()) arrival.references.insert(arrival.references.begin(), mail.in_reply_to);
  arrival.card_ticket = AnsweredCard(mail, settings.card_key);
  for (const std::vector<Mailbox>* list : {&mail.to, &mail.cc}) {
    for (const Mailbox& recipient : *list) arrival.recipients.push_back(recipient.address);
  }
  const std::optional<std::string> tag = TicketTag(mail.subject);
  if (tag && IsUlid(*tag)) arrival.tagged_ticket = *tag;
  arrival.subject = std::move(mail.subject);
  arrival.text = std::move(mail.text);
  arrival.new_text = std::move(mail.new_text);
  arrival.attachments = std::move(mail.attachments);
  arrival.message_id = std::move(mail.message_id);
  arrival.machine = recognition.machine;
  arrival.automated = recognition.doubtful;
  if (settings.trust_spam_headers && HasBadVerdict(mail))
    arrival.suspect_why = "the mail server's spam or virus verdict";
  arrival.original = std::move(raw);
  return arrival;
}

}  // namespace tr::intake
