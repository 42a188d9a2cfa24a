// The contract of a channel, run on Slack with its Web API in memory; and how the channel finds, updates and refuses.

#include <algorithm>

#include "channels/slack_channel.h"
#include "contract/channel_contract.h"
#include "contract/fake_slack.h"
#include "contract/store_contract.h"
#include "testing/example_book.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"

namespace tr::contract {
namespace {

using handoff::Notice;
using store::DeliveryKind;

class SlackPlace : public ChannelUnderTest {
 public:
  SlackPlace() { slack.AddChannel("help-billing"); }
  handoff::Channel& channel() override { return channel_; }
  std::string good_address() const override { return "#help-billing"; }
  std::optional<std::string> refused_address() const override { return "UDANA"; }
  // What is updated has no name of its own: its channel was asked.
  bool Arrived(const Notice& notice) const override {
    return notice.kind == DeliveryKind::kCardUpdate || slack.Has(notice.id);
  }
  bool Interrupt() override {
    slack.faults = [](const std::string&) { return FakeSlack::Order{SlackFault::kDown}; };
    return true;
  }
  bool Close() override {
    slack.faults = [](const std::string&) { return FakeSlack::Order{SlackFault::kError, "invalid_auth"}; };
    return true;
  }

  testing::ManualClock clock;
  FakeSlack slack{clock, false};

 private:
  testing::RecordingLog log_;
  channels::SlackClient client_{{Secret("xoxb-x"), "https://slack.example/api"}, slack.Send()};
  channels::SlackDirectory directory_{client_, clock};
  channels::SlackChannel channel_{{client_, directory_, clock, log_, [] { return testing::ExampleBook(); }, ""}};
};

std::unique_ptr<ChannelUnderTest> MakeSlack() { return std::make_unique<SlackPlace>(); }
INSTANTIATE_TEST_SUITE_P(Slack, ChannelContract, ::testing::Values(&MakeSlack));

class SlackChannelTest : public ::testing::Test {
 protected:
  Notice CardNotice() {
    Notice notice;
    notice.id = "T1#card#2";
    notice.address = "#help-billing";
    notice.card.ticket = "01JEKQ0000000000000000000A";
    notice.card.version = 2;
    notice.card.subject = "Parcel";
    notice.card.team = "Billing";
    return notice;
  }
  Call InTime() { return {place.clock.Now() + std::chrono::seconds(10), "T1"}; }
  std::string Post(const Notice& notice) { return Outcome(place.channel().Post(notice, InTime())); }

  SlackPlace place;
};

TEST_F(SlackChannelTest, AMessageWhoseAnswerWasLostIsFoundAgainAndShowsThePresent) {
  int posts = 0;
  place.slack.faults = [&](const std::string& method) {
    const bool first = method == "chat.postMessage" && ++posts == 1;
    return FakeSlack::Order{first ? SlackFault::kLost : SlackFault::kNone};
  };
  Notice notice = CardNotice();
  EXPECT_EQ(Post(notice), "transient");
  notice.attempt = 2;
  notice.card.subject = "Parcel, as it is now";
  EXPECT_EQ(Post(notice), "ok");
  ASSERT_EQ(place.slack.Messages("help-billing").size(), 1U);
  EXPECT_THAT(place.slack.Messages("help-billing")[0].text, ::testing::HasSubstr("as it is now"));
}

// A retry comes behind what waited meanwhile: more than anybody would read.
TEST_F(SlackChannelTest, ALostMessageIsFoundBehindAThousandOthers) {
  const auto post_other = [&](int n) {
    Notice other = CardNotice();
    other.id = "T" + std::to_string(n) + "#card#2";
    EXPECT_EQ(Post(other), "ok");
    place.clock.Advance(std::chrono::seconds(1));
  };
  Notice notice = CardNotice();
  notice.id = "lost";
  notice.card.received_at = place.clock.Now();
  post_other(0);
  place.slack.faults = [](const std::string& method) {
    return FakeSlack::Order{method == "chat.postMessage" ? SlackFault::kLost : SlackFault::kNone};
  };
  EXPECT_EQ(Post(notice), "transient");
  place.slack.faults = [](const std::string& method) {
    return FakeSlack::Order{method == "conversations.history" ? SlackFault::kDown : SlackFault::kNone};
  };
  notice.attempt = 2;
  EXPECT_EQ(Post(notice), "transient") << "it cannot be looked for just now, so nothing is said";
  place.slack.faults = nullptr;
  for (int n = 1; n <= 1200; ++n) post_other(n);
  const int calls = place.slack.calls();
  notice.attempt = 3;
  EXPECT_EQ(Post(notice), "ok");
  EXPECT_EQ(place.slack.Messages("help-billing").size(), 1202U);
  EXPECT_LE(place.slack.calls() - calls, 3) << "the channel, one page, the update";
}

TEST_F(SlackChannelTest, WhatSlackRefusedIsNotLookedFor) {
  std::vector<std::string> methods;
  FakeSlack::Order order{SlackFault::kSlowDown};
  place.slack.faults = [&](const std::string& method) {
    methods.push_back(method);
    return method == "chat.postMessage" ? order : FakeSlack::Order{};
  };
  Notice notice = CardNotice();
  EXPECT_EQ(Post(notice), "transient");
  order = {};
  notice.attempt = 2;
  EXPECT_EQ(Post(notice), "ok");
  EXPECT_THAT(methods, ::testing::Not(::testing::Contains("conversations.history")));
}

TEST_F(SlackChannelTest, WhatAnotherProcessTriedIsLookedFor) {
  Notice notice = CardNotice();
  EXPECT_EQ(Post(notice), "ok");
  notice.attempt = 2;
  EXPECT_EQ(Post(notice), "ok");
  EXPECT_EQ(place.slack.Messages("help-billing").size(), 1U);
}

TEST_F(SlackChannelTest, ACardOfATicketThatWentIsOnlyLookedFor) {
  Notice notice = CardNotice();
  notice.attempt = 2;
  notice.moved = true;
  notice.card.team = "Shipping";
  EXPECT_EQ(Post(notice), "ok");
  EXPECT_TRUE(place.slack.Messages("help-billing").empty());
}

TEST_F(SlackChannelTest, UnderACardMeansInItsThread) {
  Notice notice = CardNotice();
  const std::string ref = Must(place.channel().Post(notice, InTime()));
  notice.id = "T1#ping#priority";
  notice.kind = DeliveryKind::kPing;
  notice.role = "lead";
  notice.card_ref = ref;
  EXPECT_EQ(Post(notice), "ok");
  notice.attempt = 2;
  EXPECT_EQ(Post(notice), "ok");
  const std::vector<FakeSlack::Message> messages = place.slack.Messages("help-billing");
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ("Chelp-billing:" + messages[1].thread, ref);
}

TEST_F(SlackChannelTest, ADeletedCardIsNoFault) {
  Notice notice = CardNotice();
  notice.kind = DeliveryKind::kCardUpdate;
  notice.card_ref = "Chelp-billing:1.2";
  EXPECT_EQ(Post(notice), "ok");
  notice.card_ref.clear();
  EXPECT_EQ(Post(notice), "ok");
}

TEST_F(SlackChannelTest, EveryErrorOrdersSomething) {
  struct Case {
    const char* error;
    const char* outcome;
  };
  for (const Case& one :
       {Case{"ratelimited", "transient"}, Case{"internal_error", "transient"}, Case{"fatal_error", "transient"},
        Case{"service_unavailable", "transient"}, Case{"request_timeout", "transient"},
        Case{"invalid_auth", "permanent"}, Case{"token_revoked", "permanent"}, Case{"account_inactive", "permanent"},
        Case{"not_in_channel", "permanent"}, Case{"channel_not_found", "permanent"}, Case{"is_archived", "permanent"},
        Case{"restricted_action", "permanent"}, Case{"missing_scope", "permanent"},
        Case{"something_new", "permanent"}}) {
    place.slack.faults = [&](const std::string& method) {
      return FakeSlack::Order{method == "chat.postMessage" ? SlackFault::kError : SlackFault::kNone, one.error};
    };
    EXPECT_EQ(Post(CardNotice()), one.outcome) << one.error;
  }
  place.slack.faults = [](const std::string&) { return FakeSlack::Order{SlackFault::kSlowDown}; };
  const Result<std::string> slow = place.channel().Post(CardNotice(), InTime());
  ASSERT_FALSE(slow.ok());
  EXPECT_EQ(slow.fault().retry_after, std::chrono::seconds(1));
}

}  // namespace
}  // namespace tr::contract
