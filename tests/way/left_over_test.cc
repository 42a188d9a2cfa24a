// What a function of little time could not begin has lost none of its tries.

#include <algorithm>

#include "way/story.h"

namespace tr::way {
namespace {

namespace json = boost::json;

bool IsOf(const json::value& record, const std::string& ticket) {
  return record.at("body").as_string().find(ticket) != json::string::npos;
}

// SQS gives them in no strict order: this ticket's item may well be the last, each time.
void PutLast(Installation::Received& received, const std::string& ticket) {
  std::stable_partition(received.records.begin(), received.records.end(),
                        [&](const json::value& record) { return !IsOf(record, ticket); });
  received.event = json::serialize(json::object{{"Records", received.records}});
}

TEST(LeftOver, AsOftenAsItGoesIsReadByTheModelAndNotBuried) {
  LambdaSide side;
  const Letter last{.word = "last", .text = "Where is my delivery of last Friday?"};
  ASSERT_TRUE(side.Mail(last.word, Raw(last)));
  const std::string ticket = side.Tickets().front();
  side.function_time = std::chrono::seconds(30);  // over after one item
  for (int event = 1; event <= 12; ++event) {
    const std::string word = "w" + std::to_string(event);
    ASSERT_TRUE(side.Mail(word, Raw({.word = word, .from = word + "@mail.example", .text = "I want a refund."})));
    Installation::Received received = side.installation.Receive();
    ASSERT_EQ(received.records.size(), 2U) << event;
    PutLast(received, ticket);
    side.installation.Settle(received, side.Call("work", received.event));
    ASSERT_EQ(side.Ticket(ticket).at("state"), "received") << event;
    side.clock.Advance(std::chrono::seconds(1));
  }
  side.function_time = std::chrono::minutes(2);
  side.Work();
  const json::value worked = side.Ticket(ticket);
  EXPECT_EQ(worked.at("state"), "landed");
  EXPECT_EQ(worked.at("receipt").at("readings").at(0).at("reader"), "bedrock");
  EXPECT_EQ(side.Get("/api/v1/health").at("dead_letters"), 0);
}

}  // namespace
}  // namespace tr::way
