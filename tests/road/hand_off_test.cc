// The Nth port call of a hand-off fails, for N = 1, 2, 3, … until a run meets no failure, over the real channels:
// e-mail down to its transport, Slack down to its Web API. Nothing is lost, and no more than one notice is said once
// more; in Slack none is, since it can be looked for.

#include <algorithm>

#include "channels/email_channel.h"
#include "channels/slack_channel.h"
#include "contract/fake_slack.h"
#include "road/road.h"
#include "testing/fake_mail_transport.h"
#include "ticket/card_id.h"

namespace tr::road {
namespace {

using store::DeliveryKind;
using testing::FaultPlan;
using testing::FaultWhen;

constexpr const char* kFirst = "My parcel has been in Leipzig for five days";
constexpr const char* kLater = "It is urgent now, please answer";
constexpr int kLongEnough = 12;  // minutes: the sweeper waits for ten
constexpr const char* kDomain = "cards.shop.example";

handoff::Settings Over(bool slack) {
  handoff::Settings settings = WithSlackAndMail();
  settings.channels = {slack, !slack};
  return settings;
}

class FaultyTransport : public channels::MailTransport {
 public:
  explicit FaultyTransport(FaultPlan& plan) : plan_(plan) {}
  Result<std::string> Send(const std::string& from, const std::string& to, const std::string& raw,
                           const Call& call) override {
    return plan_.Through("MailTransport.Send", [&] { return inner.Send(from, to, raw, call); });
  }

  testing::FakeMailTransport inner;

 private:
  FaultPlan& plan_;
};

class OverMail : public Road {
 public:
  static constexpr int kAllowedTwice = 1;  // a mail cannot be looked for

  OverMail() : Road(Over(false)) { channels.Add("mail", channel_); }

  // How often the row's notice was said.
  int Times(const store::Delivery& row) const {
    const std::string id = MakeCardId(key_, row.ticket, row.id, kDomain);
    return static_cast<int>(std::ranges::count_if(transport_.inner.sent(), [&](const auto& sent) {
      return sent.raw.find("Message-ID: <" + id + ">") != std::string::npos;
    }));
  }
  static bool IsSaid(DeliveryKind) { return true; }

 private:
  Secret key_{"key"};
  FaultyTransport transport_{plan};
  channels::Mailer mailer_{
      transport_, {"router@shop.example", "support@shop.example", "mark"}, clock, &testing::ExampleBook};
  channels::EmailChannel channel_{
      mailer_, {{"https://router.example", key_, "support@shop.example"}, kDomain}, clock, &testing::ExampleBook};
};

class OverSlack : public Road {
 public:
  static constexpr int kAllowedTwice = 0;

  OverSlack() : Road(Over(true)) {
    for (const char* name : kNames) slack_api_.AddChannel(name);
    channels.Add("slack", channel_);
  }

  int Times(const store::Delivery& row) const {
    int times = 0;
    for (const char* name : kNames) {
      const std::vector<contract::FakeSlack::Message> messages = slack_api_.Messages(name);
      times += static_cast<int>(std::ranges::count(messages, row.id, &contract::FakeSlack::Message::delivery));
    }
    return times;
  }
  // What is updated has no message of its own.
  static bool IsSaid(DeliveryKind kind) { return kind != DeliveryKind::kCardUpdate; }

 private:
  static constexpr const char* kNames[] = {"help-billing", "help-shipping", "help-tech", "help-triage"};

  contract::FakeSlack slack_api_{clock, false};
  channels::SlackClient client_{{Secret("xoxb-x"), "https://slack.example/api"},
                                [this](const net::ClientRequest& request) {
                                  return plan.Through("Slack", [&] { return slack_api_.Send()(request); });
                                }};
  channels::SlackDirectory directory_{client_, clock};
  channels::SlackChannel channel_{{client_, directory_, clock, log, &testing::ExampleBook, ""}};
};

// A human presses the button until it answers; the page reloads the ticket in between.
void Press(Road& road, const std::string& id, const correct::Action& action, const std::string& key) {
  for (int tries = 0; tries < 6; ++tries) {
    if (road.Apply(id, action, key)) return;
  }
  ADD_FAILURE() << "the correction never went through";
}

// It lands, the customer writes again and it pings, it goes to another team, is taken and done.
std::string HandOff(Road& road) {
  const std::string id = road.MustAccept(Mail("first", kFirst)).ticket;
  road.Work();
  road.Settle(kLongEnough);
  road.MustAccept(Mail("later", kLater, "first"));
  road.Work();
  road.Settle(kLongEnough);
  Press(road, id, correct::Reassign{"refund", "", ""}, "reassign");
  road.Settle(kLongEnough);
  Press(road, id, correct::Take{}, "take");
  road.Settle(kLongEnough);
  Press(road, id, correct::Done{}, "done");
  road.Settle(kLongEnough);
  return id;
}

template <typename Way>
void ExpectAllSaid(Way& road, const std::string& id, int allowed_twice) {
  EXPECT_EQ(road.Get(id).state, State::kDone);
  int twice = 0;
  std::map<DeliveryKind, int> rows;
  const std::vector<store::Delivery> deliveries = *road.store.deliveries().OfTicket(id);
  for (const store::Delivery& row : deliveries) {
    if (row.kind == DeliveryKind::kTimer) continue;  // it rings later, for nothing
    ++rows[row.kind];
    EXPECT_EQ(row.state, store::DeliveryState::kDelivered) << row.id << ": " << row.trouble;
    if (!Way::IsSaid(row.kind)) continue;
    const int times = road.Times(row);
    EXPECT_GE(times, 1) << row.id << " is lost";
    twice += times - 1;
  }
  EXPECT_LE(twice, allowed_twice);
  EXPECT_EQ(rows[DeliveryKind::kCard], 2);
  EXPECT_EQ(rows[DeliveryKind::kThread], 1);
  EXPECT_EQ(rows[DeliveryKind::kPing], 1);
}

template <typename Way>
void FailEveryCall(FaultWhen when, int least) {
  int n = 1;
  for (bool met = true; met && !::testing::Test::HasFailure(); ++n) {
    Way road;
    road.plan.FailCall(n, when);
    const std::string id = HandOff(road);
    met = road.plan.failures() > 0;
    const std::vector<std::string> names = road.plan.names();
    SCOPED_TRACE("call " + std::to_string(n) + ": " + (met ? names[static_cast<std::size_t>(n) - 1] : "no fault"));
    ExpectAllSaid(road, id, met ? Way::kAllowedTwice : 0);
  }
  EXPECT_GT(n, least) << "the way has fewer port calls than it can have";
}

class FaultInTheHandOff : public ::testing::TestWithParam<FaultWhen> {};

TEST_P(FaultInTheHandOff, OverMail) { FailEveryCall<OverMail>(GetParam(), 80); }
TEST_P(FaultInTheHandOff, OverSlack) { FailEveryCall<OverSlack>(GetParam(), 90); }

INSTANTIATE_TEST_SUITE_P(When, FaultInTheHandOff, ::testing::Values(FaultWhen::kBefore, FaultWhen::kAfter),
                         [](const auto& param) { return param.param == FaultWhen::kBefore ? "Before" : "After"; });

}  // namespace
}  // namespace tr::road
