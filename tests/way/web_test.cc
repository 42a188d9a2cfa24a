// The function that people meet: while the rules cannot be had, and while Slack is slow.

#include <gmock/gmock.h>

#include <atomic>

#include "base/hash.h"
#include "way/story.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;
using ::testing::SizeIs;

constexpr Duration kSlackIsPatient = std::chrono::seconds(3);

class Web : public ::testing::Test {
 protected:
  // A ticket that has landed, with its card.
  void SetUp() override {
    Receive(side_, {.word = "first", .text = "Where is my delivery of last Friday?"});
    ticket_ = side_.Tickets().front();
    ASSERT_THAT(side_.slack.Messages("help-shipping"), SizeIs(1));
    side_.slack.faults = [this](const std::string& method) {
      if (method != "chat.update") return contract::FakeSlack::Order{};
      side_.clock.Advance(slack_takes_);
      ++changes_;
      return contract::FakeSlack::Order{};
    };
  }
  ~Web() override { side_.installation.ForbidRules(false); }

  net::HttpResponse Act(const std::string& action, const std::string& token = "") {
    const std::int64_t version = side_.Ticket(ticket_).at("version").as_int64();
    net::Headers headers{{"If-Match", "\"" + std::to_string(version) + "\""}};
    return token.empty() ? side_.Ask("POST", "/api/v1/tickets/" + ticket_ + "/" + action, json::object(), headers)
                         : AskAs(token, action, headers);
  }
  net::HttpResponse AskAs(const std::string& token, const std::string& action, net::Headers headers) {
    net::HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/tickets/" + ticket_ + "/" + action;
    request.headers = std::move(headers);
    request.headers.Set("Host", "tickets.shop.example");
    request.headers.Set("Authorization", "Bearer " + token);
    request.headers.Set("Content-Type", "application/json");
    request.body = "{}";
    return side_.Web(request);
  }
  LambdaSide side_;
  std::string ticket_;
  std::atomic<Duration> slack_takes_{Duration(0)};
  std::atomic<int> changes_ = 0;  // of cards in Slack
};

TEST_F(Web, WithoutABookSaysToComeAgainAndLivesOn) {
  side_.installation.ForbidRules(true);
  side_.StartAnew();
  EXPECT_EQ(Act("take").status, 503);
  EXPECT_EQ(Act("reassign").status, 503);
  EXPECT_EQ(side_.Ticket(ticket_).at("state"), "landed");
  side_.installation.ForbidRules(false);
  EXPECT_EQ(Act("take").status, 200);
}

// The sheet may have taken the role away since.
TEST_F(Web, WithoutABookATokensOwnRoleLetsNobodyAct) {
  Must(side_.beside().people.Put(
      {ToHex(Sha256("mallory's")), "mallory@shop.example", "lead", "test", side_.clock.Now(), std::nullopt}));
  EXPECT_EQ(Act("take", "mallory's").status, 403);
  side_.installation.ForbidRules(true);
  side_.StartAnew();
  EXPECT_EQ(Act("take", "mallory's").status, 403);
}

TEST_F(Web, AClickChangesItsCardAtOnce) {
  EXPECT_EQ(Act("take").status, 200);
  EXPECT_EQ(changes_, 1);
}

TEST_F(Web, ASlowSlackHoldsUpNoAnswer) {
  slack_takes_ = std::chrono::seconds(5);
  const Time asked_at = side_.clock.Now();
  EXPECT_EQ(Act("take").status, 200);
  EXPECT_LT(side_.answered_at() - asked_at, kSlackIsPatient);
  EXPECT_EQ(changes_, 1) << "and the card follows";
}

TEST_F(Web, WhatHasNoTimeAfterTheAnswerIsDeliveredByTheNextTick) {
  side_.function_time = std::chrono::seconds(3);
  EXPECT_EQ(Act("take").status, 200);
  EXPECT_EQ(changes_, 0);
  side_.function_time = std::chrono::minutes(1);
  side_.Tick();
  EXPECT_EQ(changes_, 1);
}

}  // namespace
}  // namespace tr::way
