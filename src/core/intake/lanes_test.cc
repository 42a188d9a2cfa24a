// What makes a message the same message, in each lane; and who wrote it.

#include <gmock/gmock.h>

#include "intake/chat_lane.h"
#include "intake/form_lane.h"
#include "intake/mail_lane.h"
#include "testing/example_book.h"
#include "ticket/card_id.h"

namespace tr::intake {
namespace {

using ::testing::HasSubstr;

const std::string kMail =
    "From: Kim <kim@mail.example>\r\nTo: support@shop.example\r\nSubject: Parcel\r\n"
    "Message-ID: <a@mail.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\r\nWhere is my parcel?\r\n";

std::string With(const std::string& from, const std::string& to) {
  std::string mail = kMail;
  return mail.replace(mail.find(from), from.size(), to);
}

Arrival Read(const std::string& raw, const MailSettings& settings = {}) {
  const Result<Arrival> arrival = ReadMail(raw, settings, testing::ExampleBook().get());
  EXPECT_TRUE(arrival.ok());
  return arrival ? *arrival : Arrival{};
}

TEST(MailLane, Identity) {
  struct Case {
    const char* what;
    std::string mail;
    bool same;
  };
  for (const Case& one : {
           Case{"again", kMail, true},
           Case{"another relay", "Received: from x\r\n" + kMail, true},
           Case{"wrapped anew", With("Where is my", "Where  is\r\nmy"), true},
           Case{"another Message-ID", With("<a@", "<b@"), false},
           Case{"another text", With("parcel?", "mug?"), false},
           Case{"another date", With("09:00:00", "09:00:01"), false},
           Case{"another sender", With("kim@", "lou@"), false},
       }) {
    EXPECT_EQ(Read(one.mail).identity == Read(kMail).identity, one.same) << one.what;
  }
}

TEST(MailLane, WhoWroteIt) {
  MailSettings settings;
  settings.own_domains = {"shop.example"};
  settings.form_senders = {"noreply@forms.example"};
  settings.trusted_servers = {"mx.shop.example"};
  struct Case {
    const char* what;
    std::string mail;
    const char* customer;
    Author author;
    Verification verification;
  };
  const auto from = [](const std::string& line) { return With("From: Kim <kim@mail.example>", line); };
  for (const Case& one : {
           Case{"a customer", kMail, "kim@mail.example", Author::kCustomer, Verification::kUnverified},
           Case{"their Reply-To does not count", "Reply-To: x@y.example\r\n" + kMail, "kim@mail.example",
                Author::kCustomer, Verification::kUnverified},
           Case{"a form's mailer", from("From: noreply@forms.example\r\nReply-To: lou@mail.example"),
                "lou@mail.example", Author::kCustomer, Verification::kUnverified},
           Case{"a form that mails as the team's inbox",
                from("From: billing@shop.example\r\nReply-To: lou@mail.example"), "lou@mail.example", Author::kCustomer,
                Verification::kUnverified},
           Case{"a known person", from("From: dana@shop.example"), "dana@shop.example", Author::kTeam,
                Verification::kUnverified},
           Case{"a team's inbox", from("From: billing@shop.example"), "billing@shop.example", Author::kTeam,
                Verification::kUnverified},
           Case{"a forged known person",
                "Authentication-Results: mx.shop.example; dmarc=fail\r\n" + from("From: dana@shop.example"),
                "dana@shop.example", Author::kCustomer, Verification::kFailed},
           Case{"verified", "Authentication-Results: mx.shop.example; dmarc=pass (p=none)\r\n" + kMail,
                "kim@mail.example", Author::kCustomer, Verification::kVerified},
           Case{"verified by a server that we do not trust",
                "Authentication-Results: mx.evil.example; dmarc=pass\r\n" + kMail, "kim@mail.example",
                Author::kCustomer, Verification::kUnverified},
       }) {
    SCOPED_TRACE(one.what);
    const Arrival arrival = Read(one.mail, settings);
    EXPECT_EQ(arrival.customer.address, one.customer);
    EXPECT_EQ(Name(arrival.author), Name(one.author));
    EXPECT_EQ(Name(arrival.customer.verification), Name(one.verification));
    EXPECT_EQ(arrival.joins_freely, one.author == Author::kTeam);
  }
}

TEST(MailLane, KnowsWhichCardIsAnswered) {
  const std::string ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  MailSettings settings;
  settings.card_key = Secret("key");
  const std::string card = MakeCardId(settings.card_key, ticket, ticket + "#card#2", "cards.shop.example");
  const std::string forged = MakeCardId(Secret("other"), ticket, ticket + "#card#2", "cards.shop.example");
  struct Case {
    const char* what;
    std::string headers;
    std::string ticket;
  };
  for (const Case& one : {
           Case{"In-Reply-To", "In-Reply-To: <" + card + ">\r\n", ticket},
           Case{"among References", "References: <x@y.example> <" + card + "> <z@y.example>\r\n", ticket},
           Case{"a card that nobody here sent", "In-Reply-To: <" + forged + ">\r\n", ""},
           Case{"another mail", "In-Reply-To: <x@y.example>\r\n", ""},
       }) {
    EXPECT_EQ(Read(one.headers + kMail, settings).card_ticket, one.ticket) << one.what;
  }
  EXPECT_EQ(Read("In-Reply-To: <" + card + ">\r\n" + kMail, {}).card_ticket, "") << "without a key";
}

const FormFields kForm{"Kim@Mail.example", "Kim", "Parcel", "Where is it?", "", ""};

TEST(FormLane, Identity) {
  struct Case {
    const char* what;
    FormFields form;
    bool same;
  };
  FormFields mug = kForm;
  mug.message = "Where is my mug?";
  FormFields blanks = kForm;
  blanks.message = "  where  IS it? ";
  FormFields other = kForm;
  other.email = "lou@mail.example";
  FormFields keyed = kForm;
  keyed.submission = "k1";
  for (const Case& one :
       {Case{"again", kForm, true}, Case{"other words", mug, false}, Case{"other blanks and case", blanks, true},
        Case{"another customer", other, false}, Case{"with a key", keyed, false}}) {
    EXPECT_EQ(ReadForm(one.form)->identity == ReadForm(kForm)->identity, one.same) << one.what;
  }
  mug.submission = "k1";
  EXPECT_EQ(ReadForm(mug)->identity, ReadForm(keyed)->identity) << "the key says it all";
  EXPECT_EQ(ReadForm(kForm)->identity_life, kFormIdentityLife);
  EXPECT_EQ(ReadForm(keyed)->identity_life, kIdentityLife);
}

TEST(FormLane, Refusals) {
  struct Case {
    FormFields form;
    const char* says;
  };
  for (const Case& one : {
           Case{{"", "", "s", "m", "", ""}, "field email"},
           Case{{"kim", "", "s", "m", "", ""}, "field email"},
           Case{{"a@b@c", "", "s", "m", "", ""}, "field email"},
           Case{{"a@b, c@d", "", "s", "m", "", ""}, "field email"},
           Case{{"kim@mail.example", "", " ", "\n", "", ""}, "field message"},
       }) {
    const Result<Arrival> refused = ReadForm(one.form);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.fault().kind, FaultKind::kInvalid);
    EXPECT_THAT(refused.fault().text, HasSubstr(one.says));
  }
  FormFields bot = kForm;
  bot.website = "http://spam.example";
  EXPECT_NE(ReadForm(bot)->suspect_why, "");
  FormFields empty = kForm;
  empty.message = "";
  EXPECT_TRUE(ReadForm(empty).ok()) << "held, not lost";
}

std::string Chat(const std::string& messages, const std::string& more = R"("message_id":"m1")") {
  return R"({"event":"finished","conversation":"c1","customer":{"name":"Kim","email":"KIM@mail.example"},)" + more +
         R"(,"messages":[)" + messages + "]}";
}
const std::string kVisitor = R"({"author":"visitor","name":"Kim","text":"Where is it?"})";
const std::string kAgent = R"({"author":"agent","name":"Eli","text":"Hello"})";
const std::string kMore = R"({"author":"visitor","name":"Kim","text":"My parcel"})";

TEST(ChatLane, IdentityIsTheConversationsLastMessage) {
  const Arrival chat = **ReadGenericChat("acme", Chat(kVisitor));
  EXPECT_EQ((*ReadGenericChat("acme", Chat(kVisitor + "," + kMore)))->identity, chat.identity);
  EXPECT_NE((*ReadGenericChat("other", Chat(kVisitor)))->identity, chat.identity);
  EXPECT_NE((*ReadGenericChat("acme", Chat(kVisitor, R"("message_id":"m2")")))->identity, chat.identity);
  EXPECT_EQ(chat.customer.address, "kim@mail.example");
  EXPECT_EQ(chat.references, std::vector<std::string>{ConversationKey("acme", "c1")});
}

TEST(ChatLane, TheVisitorsNewestWordsAreRead) {
  const Arrival chat = **ReadGenericChat("acme", Chat(kVisitor + "," + kAgent + "," + kMore));
  EXPECT_EQ(chat.new_text, "My parcel");
  EXPECT_EQ(chat.text, "[visitor] Kim: Where is it?\n[agent] Eli: Hello\n[visitor] Kim: My parcel\n");
  EXPECT_EQ((*ReadGenericChat("acme", Chat(kVisitor + "," + kAgent)))->new_text, "Where is it?");
}

TEST(ChatLane, Refusals) {
  struct Case {
    std::string body;
    const char* says;
  };
  for (const Case& one : {
           Case{"[]", "not a JSON object"},
           Case{R"({"event":"finished"})", "member conversation"},
           Case{Chat(kAgent), "member messages"},
           Case{Chat("1,null,{}"), "member messages"},
       }) {
    const auto refused = ReadGenericChat("acme", one.body);
    ASSERT_FALSE(refused.ok()) << one.body;
    EXPECT_THAT(refused.fault().text, HasSubstr(one.says));
  }
  EXPECT_FALSE(ReadGenericChat("acme", "{").ok());
  EXPECT_FALSE(ReadGenericChat("acme", R"({"event":"typing"})")->has_value());
}

}  // namespace
}  // namespace tr::intake
