#include "channels/mailer.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "channels/mail_encoding.h"

namespace tr::channels {
namespace {

// RFC 5322 2.1.1 wants lines below 998; References are folded, and so many ids tell any thread.
constexpr std::size_t kMaxReferences = 20;
constexpr std::size_t kMaxSubject = 250;

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= 250 && id.find('@') != std::string_view::npos &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '<' && c != '>'; });
}

std::vector<std::string> UsableIds(const std::vector<std::string>& ids) {
  std::vector<std::string> usable;
  for (const std::string& id : ids) {
    if (IsId(id) && (usable.empty() || usable.back() != id)) usable.push_back(id);
  }
  // The first holds the thread together, the newest say what is answered.
  if (usable.size() > kMaxReferences) {
    usable.erase(usable.begin() + 1, usable.end() - static_cast<std::ptrdiff_t>(kMaxReferences - 1));
  }
  return usable;
}

std::string ThreadHeaders(const std::vector<std::string>& references) {
  const std::vector<std::string> ids = UsableIds(references);
  if (ids.empty()) return "";
  std::string headers = "In-Reply-To: <" + ids.back() + ">\r\nReferences:";
  for (const std::string& id : ids) headers += (id == ids.front() ? " <" : "\r\n <") + id + ">";
  return headers + "\r\n";
}

std::string From(const MailSender& sender) { return "From: \"Ticket Router\" <" + sender.from + ">\r\n"; }

// Programs that answer by themselves leave these alone, and the mail lane knows them for our own.
std::string LoopHeaders(const MailSender& sender) {
  std::string headers = "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\nX-Auto-Response-Suppress: All\r\n";
  if (!sender.loop_mark.empty()) headers += TextHeader("X-Loop", sender.loop_mark);
  return headers;
}

std::string Part(std::string_view type, std::string_view body) {
  return "Content-Type: " + std::string(type) +
         "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + QuotedPrintable(body);
}

std::string Body(const Mail& mail) {
  if (mail.html.empty()) return Part("text/plain", mail.text);
  // "=_" stands in no quoted-printable text (RFC 2045 section 6.7).
  const std::string boundary = "=_" + ToHex(Sha256(mail.message_id + mail.text)).substr(0, 24);
  return "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n" +
         Part("text/plain", mail.text) + "--" + boundary + "\r\n" + Part("text/html", mail.html) + "--" + boundary +
         "--\r\n";
}

}  // namespace

bool IsTeamAddress(const rules::RuleBook& book, std::string_view address) {
  if (address.empty()) return false;
  return !book.RoleOf(address).empty() ||
         std::any_of(book.teams.begin(), book.teams.end(),
                     [&](const rules::Team& team) { return EqualsIgnoreCaseAscii(team.inbox, address); });
}

std::string WriteMail(const Mail& mail, const MailSender& sender, Time now) {
  std::string raw = "Date: " + MailDate(now) + "\r\n" + From(sender) + "To: <" + mail.to + ">\r\n";
  if (!sender.reply_to.empty()) raw += "Reply-To: <" + sender.reply_to + ">\r\n";
  raw += TextHeader("Subject", OneLine(mail.subject, kMaxSubject));
  if (IsId(mail.message_id)) raw += "Message-ID: <" + mail.message_id + ">\r\n";
  raw += ThreadHeaders(mail.references) + LoopHeaders(sender);
  if (mail.important) raw += "Importance: high\r\nX-Priority: 1\r\n";
  return raw + "MIME-Version: 1.0\r\n" + Body(mail);
}

Mailer::Mailer(MailTransport& transport, MailSender sender, const Clock& clock,
               std::function<rules::RuleBookPtr()> book)
    : transport_(transport), sender_(std::move(sender)), clock_(clock), book_(std::move(book)) {}

Result<std::string> Mailer::Send(const Mail& mail, const Call& call) {
  const rules::RuleBookPtr book = book_();
  if (book == nullptr) return Transient("there is no rule book in force yet: nobody is known to write to");
  if (!IsPlainAddress(mail.to) || !IsTeamAddress(*book, mail.to)) {
    return Invalid("mail goes to teams' inboxes and known people only: put the address into the teams tab");
  }
  TR_ASSIGN(std::string sent_as, transport_.Send(sender_.from, mail.to, WriteMail(mail, sender_, clock_.Now()), call));
  return sent_as.empty() ? mail.message_id : sent_as;
}

}  // namespace tr::channels
