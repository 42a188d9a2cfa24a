// What a minute and a night bring, where something else fails or is missing.

#include <gmock/gmock.h>

#include <atomic>

#include "way/story.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;

constexpr const char* kTick = R"({"job":"tick"})";
constexpr const char* kSweep = R"({"job":"sweep"})";

class Tick : public ::testing::Test {
 protected:
  std::string Land(const std::string& word) {
    Receive(side_, {.word = word, .text = "Where is my delivery of last Friday?"});
    return side_.Tickets().back();
  }
  void TakeTicket(const std::string& id) {
    const std::string version = std::to_string(side_.Ticket(id).at("version").as_int64());
    const net::HttpResponse taken =
        side_.Ask("POST", "/api/v1/tickets/" + id + "/take", json::object(), {{"If-Match", "\"" + version + "\""}});
    EXPECT_EQ(taken.status, 200) << taken.body;
  }
  void SetUp() override {
    side_.slack.faults = [this](const std::string& method) {
      if (method == "chat.update") ++changes_;
      return contract::FakeSlack::Order{};
    };
  }

  LambdaSide side_;
  std::atomic<int> changes_ = 0;  // of cards in Slack
};

TEST_F(Tick, ATicketThatTheNightEndsShowsItOnItsCard) {
  const std::string id = Land("first");
  TakeTicket(id);
  const int changes = changes_;
  side_.clock.Advance(std::chrono::days(4));
  side_.StartAnew();
  EXPECT_EQ(Must(side_.Call("tick", kSweep)), R"({"requeued":0,"finished":1,"erased":0})");
  EXPECT_EQ(side_.Ticket(id).at("state"), "done");
  side_.Tick();
  EXPECT_EQ(changes_, changes + 1);
}

TEST_F(Tick, ANightWithoutRulesSweepsAllTheSame) {
  const std::string id = Land("first");
  TakeTicket(id);
  side_.clock.Advance(std::chrono::days(4));
  side_.StartAnew();
  side_.installation.ForbidRules(true);
  EXPECT_TRUE(side_.Call("tick", kSweep).ok());
  side_.installation.ForbidRules(false);
  EXPECT_EQ(side_.Ticket(id).at("state"), "done");
}

// What a function has is hidden for six times the function's time: 12 minutes.
TEST_F(Tick, SendsNothingAgainThatAFunctionMayStillHave) {
  side_.clock.Set(*ParseTime("2026-03-02T08:59:00Z"));
  ASSERT_TRUE(side_.Mail("first", Raw({.word = "first", .text = "Where is my delivery of last Friday?"})));
  ASSERT_FALSE(side_.installation.Receive().event.empty()) << "and the function dies with it";
  side_.clock.Set(*ParseTime("2026-03-02T09:10:00Z"));
  EXPECT_EQ(json::parse(Must(side_.Call("tick", kTick))).at("requeued"), 0);
  side_.clock.Set(*ParseTime("2026-03-02T09:20:00Z"));
  EXPECT_EQ(json::parse(Must(side_.Call("tick", kTick))).at("requeued"), 1);
}

TEST_F(Tick, DeliversThoughItCannotLookForWhatFellBetweenTwoWrites) {
  const std::string id = Land("first");
  side_.clock.Set(*ParseTime("2026-03-02T09:10:00Z"));
  side_.Tick();
  side_.function_time = std::chrono::seconds(3);  // no time for its card
  TakeTicket(id);
  side_.function_time = std::chrono::minutes(1);
  ASSERT_EQ(changes_, 0);
  side_.installation.moto().FailNth(1, "before");
  EXPECT_FALSE(side_.Call("tick", kTick).ok()) << "Lambda counts it among the errors";
  EXPECT_TRUE(side_.installation.moto().HasFailed());
  EXPECT_EQ(changes_, 1);
}

}  // namespace
}  // namespace tr::way
