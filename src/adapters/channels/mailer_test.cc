#include "channels/mailer.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "channels/email_channel.h"
#include "testing/example_book.h"
#include "testing/fake_mail_transport.h"
#include "testing/manual_clock.h"

namespace tr::channels {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const MailSender kSender = {"router@shop.example", "support@shop.example", "loop mark"};

class MailerTest : public ::testing::Test {
 public:
  Call InTime() { return {clock_.Now() + std::chrono::seconds(30), "T1"}; }
  Mail To(const std::string& address) {
    Mail mail;
    mail.to = address;
    mail.subject = "Parcel";
    mail.text = "Where is it?";
    mail.html = "<p>Where is it?</p>";
    mail.message_id = "a@cards.shop.example";
    return mail;
  }
  // A card for the address, as the outbox would hand it in.
  handoff::Notice CardFor(const std::string& address) {
    handoff::Notice notice;
    notice.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV#card#2";
    notice.address = address;
    notice.card.ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    notice.card.team = "Billing";
    notice.card.customer = {"Ada", "ada@customer.example", Verification::kVerified};
    notice.card.subject = "Parcel";
    return notice;
  }

  testing::ManualClock clock_;
  testing::FakeMailTransport transport_;
  rules::RuleBookPtr book_ = testing::ExampleBook();
  Mailer mailer_{transport_, kSender, clock_, [this] { return book_; }};
  EmailChannel channel_{mailer_,
                        {{"https://router.example", Secret("key"), "support@shop.example"}, "cards.shop.example"},
                        clock_,
                        [this] { return book_; }};
};

// Everything that might bring a mail to somebody who is not of the team.
std::vector<std::string> Strangers() {
  std::vector<std::string> strangers = {
      "ada@customer.example",
      "",
      "support@shop.example",
      "billing@shop.example.evil.example",
      "billing@shop.exampl",
      "xbilling@shop.example",
      "billing@sub.shop.example",
      "billing+ada@shop.example",
      "b\xD1\x96lling@shop.example",
      "billing@\xD1\x95hop.example",
      "billing@shop.example ",
      " billing@shop.example",
      "billing@shop.example\n",
      "billing@shop.example\r\n",
      "billing@shop.example,ada@customer.example",
      "ada@customer.example,billing@shop.example",
      "billing@shop.example, ada@customer.example",
      "billing@shop.example; ada@customer.example",
      "billing@shop.example\r\nBcc: ada@customer.example",
      "billing@shop.example\nRCPT TO:<ada@customer.example>",
      "billing@shop.example>\r\nRCPT TO:<ada@customer.example",
      "<billing@shop.example>",
      "Billing <billing@shop.example>",
      "\"billing@shop.example\" <ada@customer.example>",
      "ada@customer.example (billing@shop.example)",
      "billing@shop.example@customer.example",
      "billing%shop.example@customer.example",
      "@shop.example:ada@customer.example",
      "billing@shop.example\xE2\x80\x8B",
  };
  strangers.push_back(std::string("billing@shop.example\0", 21));
  strangers.push_back(std::string("billing@shop.example\0,ada@customer.example", 42));
  return strangers;
}

TEST_F(MailerTest, TeamsAndTheirPeopleAreReached) {
  for (const char* address : {"billing@shop.example", "Billing@Shop.Example", "dana@shop.example", "mei@shop.example",
                              "morgan@shop.example", "triage@shop.example"}) {
    EXPECT_TRUE(mailer_.Send(To(address), InTime()).ok()) << address;
  }
  EXPECT_THAT(transport_.sent(), SizeIs(6));
}

TEST_F(MailerTest, TheMailerCannotReachACustomer) {
  for (const std::string& stranger : Strangers()) {
    const Result<std::string> sent = mailer_.Send(To(stranger), InTime());
    ASSERT_FALSE(sent.ok()) << stranger;
    EXPECT_EQ(sent.fault().kind, FaultKind::kInvalid) << stranger;
    EXPECT_THAT(sent.fault().text, Not(HasSubstr("ada")));
  }
  EXPECT_THAT(transport_.sent(), IsEmpty());
}

TEST_F(MailerTest, TheChannelCannotReachACustomer) {
  for (const std::string& stranger : Strangers()) {
    const Result<std::string> sent = channel_.Post(CardFor(stranger), InTime());
    ASSERT_FALSE(sent.ok()) << stranger;
    EXPECT_EQ(sent.fault().kind, FaultKind::kInvalid) << stranger;
  }
  EXPECT_THAT(transport_.sent(), IsEmpty());
}

TEST_F(MailerTest, APingForAStrangerGoesToTheInbox) {
  handoff::Notice ping = CardFor("billing@shop.example");
  ping.kind = store::DeliveryKind::kPing;
  ping.person = "ada@customer.example";
  ASSERT_TRUE(channel_.Post(ping, InTime()).ok());
  ping.person = "dana@shop.example";
  ASSERT_TRUE(channel_.Post(ping, InTime()).ok());
  ASSERT_THAT(transport_.sent(), SizeIs(2));
  EXPECT_EQ(transport_.sent()[0].to, "billing@shop.example");
  EXPECT_EQ(transport_.sent()[1].to, "dana@shop.example");
}

// Customers write what stands in the card: none of it may become a recipient.
TEST_F(MailerTest, NoWordOfACardBecomesAHeader) {
  const std::string hostile = "x\r\nBcc: ada@customer.example\r\nTo: ada@customer.example\r\n\r\n.\r\nMAIL FROM:<x>";
  handoff::Notice notice = CardFor("billing@shop.example");
  notice.card.subject = notice.card.customer.name = notice.card.team = notice.card.person = notice.card.taken_by =
      notice.card.tags.topic = notice.card.runner_up = notice.card_ref = notice.role = hostile;
  notice.card.customer.address = hostile;
  notice.card.evidence = {hostile};
  notice.card.messages = {{1, hostile, clock_.Now(), hostile, hostile}};
  notice.card.attachments = {{hostile, hostile, 1}};
  notice.card.reasons = {{hostile, 1, hostile, hostile, true}};
  notice.card.actions = {{"reassign", hostile, hostile}, {"take", "Take", ""}};
  ASSERT_TRUE(channel_.Post(notice, InTime()).ok());
  const std::string raw = transport_.sent().at(0).raw;
  const std::string headers = raw.substr(0, raw.find("\r\n\r\n"));
  int recipients = 0;
  for (const std::string_view line : SplitText(headers, '\n')) {
    EXPECT_FALSE(ToLowerAscii(line).starts_with("bcc")) << line;
    recipients += line.starts_with("To:") ? 1 : 0;
    EXPECT_LE(line.size(), 998U);
  }
  EXPECT_EQ(recipients, 1);
  EXPECT_THAT(headers, HasSubstr("To: <billing@shop.example>"));
  for (const std::string_view line : SplitText(raw, '\n')) EXPECT_NE(line, ".\r");
}

TEST_F(MailerTest, NobodyIsKnownWithoutABook) {
  book_ = nullptr;
  EXPECT_EQ(mailer_.Send(To("billing@shop.example"), InTime()).fault().kind, FaultKind::kTransient);
  EXPECT_EQ(channel_.Post(CardFor("billing@shop.example"), InTime()).fault().kind, FaultKind::kTransient);
}

TEST_F(MailerTest, WhoLeftTheBookIsReachedNoMore) {
  ASSERT_TRUE(mailer_.Send(To("billing@shop.example"), InTime()).ok());
  rules::RuleFiles files = testing::ExampleFiles();
  std::string& teams = files.teams;
  teams.replace(teams.find("billing@shop.example"), 20, "accounts@shop.example");
  book_ = testing::BookOf(files);
  EXPECT_FALSE(mailer_.Send(To("billing@shop.example"), InTime()).ok());
  EXPECT_TRUE(mailer_.Send(To("accounts@shop.example"), InTime()).ok());
}

TEST_F(MailerTest, MailProgramsAndRoutersLeaveItAlone) {
  ASSERT_TRUE(mailer_.Send(To("billing@shop.example"), InTime()).ok());
  const std::string raw = transport_.sent().at(0).raw;
  for (const char* header : {"Auto-Submitted: auto-generated\r\n", "Precedence: bulk\r\n", "X-Loop: loop mark\r\n",
                             "X-Auto-Response-Suppress: All\r\n", "Reply-To: <support@shop.example>\r\n",
                             "From: \"Ticket Router\" <router@shop.example>\r\n", "MIME-Version: 1.0\r\n",
                             "Message-ID: <a@cards.shop.example>\r\n", "Date: Mon, 02 Mar 2026"}) {
    EXPECT_THAT(raw, HasSubstr(header));
  }
  EXPECT_EQ(transport_.sent().at(0).from, "router@shop.example");
}

TEST_F(MailerTest, OneTicketIsOneThread) {
  handoff::Notice card = CardFor("billing@shop.example");
  const Result<std::string> first = channel_.Post(card, InTime());
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(*channel_.Post(card, InTime()), *first) << "a second try is the same mail";
  card.id += "#again";
  card.kind = store::DeliveryKind::kCardUpdate;
  card.card_ref = *first;
  const Result<std::string> second = channel_.Post(card, InTime());
  ASSERT_TRUE(second.ok());
  EXPECT_NE(*second, *first);
  const std::string raw = transport_.sent().at(2).raw;
  EXPECT_THAT(raw, HasSubstr("In-Reply-To: <" + *first + ">\r\n"));
  const std::string root = [&] {
    const std::string before = transport_.sent().at(0).raw;
    const std::size_t at = before.find("References: <");
    return before.substr(at, before.find("\r\n", at) - at);
  }();
  EXPECT_THAT(raw, HasSubstr(root)) << "every mail names the thread first";
}

TEST_F(MailerTest, TheServersFaultIsHandedOn) {
  transport_.Break(Permanent("no such mailbox"));
  EXPECT_EQ(channel_.Post(CardFor("billing@shop.example"), InTime()).fault().kind, FaultKind::kPermanent);
  transport_.Break(Transient("later"));
  EXPECT_EQ(channel_.Post(CardFor("billing@shop.example"), InTime()).fault().kind, FaultKind::kTransient);
}

}  // namespace
}  // namespace tr::channels
