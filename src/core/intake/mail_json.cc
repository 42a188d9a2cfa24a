#include "intake/mail_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.h"
#include "ticket/json.h"
#include "ticket/words.h"

namespace tr::intake {

boost::json::object MailToJson(const ParsedMail& mail, const Recognition& recognition) {
  boost::json::object json;
  json["from"] = ToJson(mail.from);
  boost::json::array to;
  for (const Mailbox& mailbox : mail.to) to.push_back(ToJson(mailbox));
  json["to"] = std::move(to);
  json["subject"] = mail.subject;
  json["message_id"] = mail.message_id;
  json["in_reply_to"] = mail.in_reply_to;
  json["references"] = boost::json::array(mail.references.begin(), mail.references.end());
  json["date"] = mail.date ? boost::json::value(FormatTime(*mail.date)) : boost::json::value(nullptr);
  json["text"] = mail.text;
  json["reply_text"] = mail.new_text;
  boost::json::array attachments;
  for (const Attachment& attachment : mail.attachments) attachments.push_back(ToJson(attachment));
  json["attachments"] = std::move(attachments);
  json["auto"] = Name(recognition.machine);
  if (recognition.doubtful) json["automated"] = true;
  return json;
}

}  // namespace tr::intake
