#include "intake/mail_json.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "intake/normalise.h"

namespace tr::intake {
namespace {

TEST(MailToJson, HasEveryKey) {
  const Result<ParsedMail> mail =
      ParseMail("From: A <a@b.example>\nTo: c@d.example\nSubject: s\nMessage-ID: <1@b>\nReferences: <0@b>\n\nx");
  ASSERT_TRUE(mail.ok());
  EXPECT_EQ(boost::json::serialize(MailToJson(*mail, Recognise(*mail, {}))),
            R"({"from":{"name":"A","address":"a@b.example"},"to":[{"name":"","address":"c@d.example"}],"subject":"s",)"
            R"("message_id":"1@b","in_reply_to":"","references":["0@b"],"date":null,"text":"x","reply_text":"x",)"
            R"("attachments":[],"auto":"no"})");
}

TEST(MailToJson, SaysDoubt) {
  EXPECT_TRUE(MailToJson({}, {Machine::kNone, true, ""}).at("automated").as_bool());
  EXPECT_EQ(MailToJson({}, {Machine::kBounce, false, ""}).at("auto").as_string(), "bounce");
}

TEST(NormaliseNewText, IgnoresCaseWidthAndWrapping) {
  EXPECT_EQ(NormaliseNewText(" Where\r\n  is MY\xC2\xA0parcel?\n"), NormaliseNewText("where is my parcel?"));
  EXPECT_NE(NormaliseNewText("where is my parcel?"), NormaliseNewText("where is my lamp?"));
}

}  // namespace
}  // namespace tr::intake
