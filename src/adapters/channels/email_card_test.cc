#include "channels/email_card.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "channels/link_token.h"
#include "testing/example_book.h"
#include "testing/manual_clock.h"

namespace tr::channels {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kTicket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const Time kNow = testing::kMondayMorning;
const EmailLook kLook = {"https://router.example", Secret("key"), "support@shop.example"};

handoff::Notice Sample() {
  handoff::Notice notice;
  notice.id = kTicket + "#card#2";
  notice.address = "billing@shop.example";
  handoff::Card& card = notice.card;
  card.ticket = kTicket;
  card.version = 2;
  card.link = "https://router.example/#/tickets/" + kTicket;
  card.subject = "Charged twice";
  card.customer = {"Ada", "ada@customer.example", Verification::kVerified};
  card.team = "Billing";
  card.move = Move::kEscalate;
  card.rank = Rank::kEscalate;
  card.tags = {"refund", Urgency::kHigh, Tone::kAngry, Signals{Signal::kPaymentFailure}, true};
  card.confidence = 0.873;
  card.runner_up = "delivery";
  card.reasons = {{"rules.md", 41, "angry and VIP -> escalate", "", true},
                  {"standard", 0, "standard: payment failure", "charged twice", false}};
  card.evidence = {"charged twice"};
  card.messages = {{1, "Ada", kNow, "You charged me twice.\nGive it back.", "q@customer.example"}};
  card.attachments = {{"invoice.pdf", "application/pdf", 20000}};
  card.actions = {{"take", "Take", ""},
                  {"reassign", "→ delivery", "delivery"},
                  {"bump", "Bump", ""},
                  {"split", "Split", ""},
                  {"done", "Done", ""}};
  card.received_at = kNow;
  return notice;
}

MailPage PageOf(const handoff::Notice& notice) {
  return CardPage(notice, notice.address, *testing::ExampleBook(), kLook, kNow);
}

TEST(EmailCard, HasEverythingThatATeamNeeds) {
  const MailPage page = PageOf(Sample());
  const std::string text = PageText(page);
  const std::string html = PageHtml(page);
  for (const std::string& both : {text, html}) {
    for (const char* words :
         {"Escalated. In Billing", "Charged twice", "ada@customer.example", "verified", "refund, 87 % sure", "High",
          "Angry", "payment failure", "VIP", "rules.md line 41", "decided", "charged twice", "You charged me twice.",
          "invoice.pdf, 20 KiB", "2026-03-02", "Europe/Berlin", "never reaches the customer"}) {
      EXPECT_THAT(both, HasSubstr(words));
    }
  }
  EXPECT_EQ(EmailSubject(Sample()), "[TR-" + kTicket + "] Charged twice");
}

TEST(EmailCard, EachLinkSaysWhoWhatWhichAndUntilWhen) {
  std::map<std::string, CardLink> links;
  for (const PageLink& link : PageOf(Sample()).links) {
    const std::string prefix = "https://router.example/c/";
    if (!link.url.starts_with(prefix)) continue;
    const Result<CardLink> read = ReadLinkToken(kLook.link_key, link.url.substr(prefix.size()), kNow);
    ASSERT_TRUE(read.ok()) << link.label;
    links[link.label] = *read;
  }
  EXPECT_EQ(links.size(), 7U);
  const Time until = kNow + kLinkLife;
  EXPECT_EQ(links["Take"], (CardLink{"billing@shop.example", "take", "", kTicket, 2, until}));
  EXPECT_EQ(links["→ delivery"], (CardLink{"billing@shop.example", "reassign", "delivery", kTicket, 2, until}));
  EXPECT_EQ(links["Reassign…"], (CardLink{"billing@shop.example", "reassign", "", kTicket, 2, until}));
  EXPECT_EQ(links["Bump…"], (CardLink{"billing@shop.example", "bump", "", kTicket, 2, until}));
  EXPECT_EQ(links["Done"], (CardLink{"billing@shop.example", "done", "", kTicket, 2, until}));
  EXPECT_EQ(links["Split…"], (CardLink{"billing@shop.example", "split", "", kTicket, 2, until}));
  EXPECT_EQ(links["Why?"], (CardLink{"billing@shop.example", "why", "", kTicket, 2, until}));
}

TEST(EmailCard, WithoutAKeyOrAnAddressOfItsOwnThereAreNoSignedLinks) {
  const handoff::Notice notice = Sample();
  for (const EmailLook& look : {EmailLook{"", Secret("key"), ""}, EmailLook{"https://router.example", Secret(), ""}}) {
    for (const PageLink& link : CardLinks(notice.card, "billing@shop.example", look, kNow)) {
      EXPECT_THAT(link.url, Not(HasSubstr("/c/")));
    }
  }
}

TEST(EmailCard, HostileWordsStayWords) {
  const std::string hostile =
      "</div><script>alert(1)</script><a href=\"https://evil.example\">Take</a>\r\nTake:\n  https://evil.example\n\n"
      "Why:\n- the customer is the king\xE2\x80\xAE";
  handoff::Notice notice = Sample();
  handoff::Card& card = notice.card;
  card.subject = card.customer.name = card.messages[0].text = card.messages[0].from = hostile;
  card.evidence = {hostile};
  card.attachments = {{hostile, "text/plain", 1}};
  card.reasons[1].hit = hostile;
  const MailPage page = PageOf(notice);
  const std::string html = PageHtml(page);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<a href=\"https://evil")));
  EXPECT_THAT(html, Not(HasSubstr("\xE2\x80\xAE")));
  for (const std::string_view line : SplitText(PageText(page), '\n')) {
    EXPECT_NE(line, "Take:  https://evil.example");
    EXPECT_NE(line, "  https://evil.example");
    EXPECT_NE(line, "- the customer is the king");
  }
}

TEST(EmailCard, EachKindSaysWhatHappened) {
  struct Case {
    const char* what;
    store::DeliveryKind kind;
    std::function<void(handoff::Notice&)> change;
    const char* headline;
  };
  const std::vector<Case> cases = {
      {"taken", store::DeliveryKind::kCardUpdate,
       [](handoff::Notice& notice) {
         notice.card.state = State::kTaken;
         notice.card.taken_by = "mei@shop.example";
       },
       "Taken by mei@shop.example in Billing"},
      {"done", store::DeliveryKind::kCardUpdate, [](handoff::Notice& notice) { notice.card.state = State::kDone; },
       "Done in Billing"},
      {"held", store::DeliveryKind::kCard,
       [](handoff::Notice& notice) {
         notice.card.move = Move::kHold;
         notice.card.team = "Triage";
       },
       "Held in Triage: where does it belong?"},
      {"merged", store::DeliveryKind::kCardUpdate,
       [](handoff::Notice& notice) {
         notice.card.state = State::kMerged;
         notice.card.links = {{"merged_into", "01ARZ3NDEKTSV4RRFFQ69G5FAW"}};
       },
       "Merged into TR-01ARZ3NDEKTSV4RRFFQ69G5FAW"},
      {"pinged", store::DeliveryKind::kPing, [](handoff::Notice& notice) { notice.role = "manager"; },
       "Escalated. Please look at this now, as manager"},
  };
  for (const Case& one : cases) {
    handoff::Notice notice = Sample();
    notice.kind = one.kind;
    one.change(notice);
    EXPECT_THAT(PageOf(notice).headline, HasSubstr(one.headline)) << one.what;
  }
}

TEST(EmailCard, ALaterMessageIsShownAlone) {
  handoff::Notice notice = Sample();
  notice.kind = store::DeliveryKind::kThread;
  notice.card.messages.push_back({2, "Ada", kNow, "Are you there?"});
  notice.message = 2;
  const std::string text = PageText(PageOf(notice));
  EXPECT_THAT(text, HasSubstr("> Are you there?"));
  EXPECT_THAT(text, Not(HasSubstr("You charged me twice.")));
}

TEST(EmailCard, ALongMessageIsCutAndSaysSo) {
  handoff::Notice notice = Sample();
  notice.card.messages[0].text = std::string(100000, 'x');
  const std::string text = PageText(PageOf(notice));
  EXPECT_LT(text.size(), 20000U);
  EXPECT_THAT(text, HasSubstr("all of it: https://router.example/#/tickets/" + kTicket));
}

}  // namespace
}  // namespace tr::channels
