// Any bytes are a mail: ParseMail and what stands behind it keep what they promise.

#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

#include "fuzz_target.h"
#include "intake/automatic.h"
#include "intake/mail_json.h"
#include "intake/mime.h"
#include "intake/normalise.h"
#include "intake/subject.h"

namespace {

using tr::fuzz::Require;
using tr::fuzz::RequireText;

void RequireMailbox(const tr::Mailbox& mailbox) {
  RequireText(mailbox.name, 512);
  RequireText(mailbox.address, 320);
}

void RequireMail(const tr::intake::ParsedMail& mail) {
  RequireMailbox(mail.from);
  RequireMailbox(mail.reply_to);
  RequireMailbox(mail.sender);
  Require(mail.to.size() <= 200 && mail.cc.size() <= 200 && mail.references.size() <= 100);
  for (const tr::Mailbox& mailbox : mail.to) RequireMailbox(mailbox);
  for (const tr::Mailbox& mailbox : mail.cc) RequireMailbox(mailbox);
  RequireText(mail.subject, 2000);
  Require(mail.subject.find('\n') == std::string::npos);
  RequireText(mail.message_id, 998);
  RequireText(mail.in_reply_to, 998);
  for (const std::string& id : mail.references) RequireText(id, 998);
  RequireText(mail.text, tr::intake::kMaxTextBytes);
  RequireText(mail.new_text, tr::intake::kMaxTextBytes);
  Require(tr::Trim(mail.text).empty() == tr::Trim(mail.new_text).empty());
  for (const tr::Attachment& attachment : mail.attachments) RequireText(attachment.filename, 255);
  for (const tr::intake::MailHeader& header : mail.headers) RequireText(header.value, 4096);
  Require(mail.parts.size() <= 1000 && mail.attachments.size() <= 1000 && !mail.parts.empty());
}

}  // namespace

TR_FUZZ_TARGET(mail) {
  const auto mail = tr::intake::ParseMail(input);
  Require(mail.ok());
  RequireMail(*mail);
  const tr::intake::OwnMail own{{"help@shop.example"}, "router.shop.example", "tr-1"};
  const tr::intake::Recognition recognition = tr::intake::Recognise(*mail, own);
  Require(recognition.machine == tr::Machine::kNone || !recognition.doubtful);
  RequireText(tr::intake::NormaliseNewText(mail->new_text));
  RequireText(boost::json::serialize(tr::intake::MailToJson(*mail, recognition)));
  Require(mail->subject.ends_with(tr::intake::BareSubject(mail->subject)));
}
