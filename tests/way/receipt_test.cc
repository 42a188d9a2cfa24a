// The same story on the embedded system and on AWS's functions, with the same model, clock and ids: the same receipts.

#include <vector>

#include "way/story.h"

namespace tr::way {
namespace {

namespace json = boost::json;

// Where two values differ: "/receipt/audit/3/kind: \"landed\" and \"read\"".
void Compare(const std::string& where, const json::value& a, const json::value& b,
             std::vector<std::string>& differences) {
  if (a.is_object() && b.is_object() && a.as_object().size() == b.as_object().size()) {
    for (const auto& [name, value] : a.as_object()) {
      const json::value* other = b.as_object().if_contains(name);
      Compare(where + "/" + std::string(name), value, other != nullptr ? *other : json::value(), differences);
    }
  } else if (a.is_array() && b.is_array() && a.as_array().size() == b.as_array().size()) {
    for (std::size_t i = 0; i < a.as_array().size(); ++i) {
      Compare(where + "/" + std::to_string(i), a.as_array()[i], b.as_array()[i], differences);
    }
  } else if (a != b) {
    differences.push_back(where + ": " + json::serialize(a).substr(0, 2000) + " and " +
                          json::serialize(b).substr(0, 2000));
  }
}

// How many values there are to compare.
int Leaves(const json::value& value) {
  int leaves = 0;
  if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) leaves += Leaves(member);
  } else if (value.is_array()) {
    for (const json::value& element : value.as_array()) leaves += Leaves(element);
  } else {
    leaves = 1;
  }
  return leaves;
}

TEST(Receipt, IsTheSameFieldByFieldOnBothSystems) {
  EmbeddedSide embedded;
  LambdaSide on_aws;
  TellStory(embedded);
  TellStory(on_aws);
  const std::vector<std::string> tickets = embedded.Tickets();
  ASSERT_EQ(tickets, on_aws.Tickets());
  ASSERT_GE(tickets.size(), 10U);
  int leaves = 0;
  std::vector<std::string> paths{"/api/v1/teams", "/api/v1/untaken", "/api/v1/cost", "/api/v1/rules"};
  for (const char* team : {"Shipping", "Billing", "Technical", "Sales", "Triage"}) {
    paths.push_back("/api/v1/teams/" + std::string(team) + "/queue");
  }
  for (const std::string& id : tickets) paths.push_back("/api/v1/tickets/" + id);
  for (const std::string& path : paths) {
    const json::value here = embedded.Get(path);
    std::vector<std::string> differences;
    Compare("", here, on_aws.Get(path), differences);
    EXPECT_THAT(differences, ::testing::IsEmpty()) << path;
    leaves += Leaves(here);
  }
  // Cursors are each store's own.
  const json::value corrections = embedded.Get("/api/v1/corrections").at("corrections");
  EXPECT_EQ(corrections, on_aws.Get("/api/v1/corrections").at("corrections"));
  EXPECT_EQ(corrections.as_array().size(), 3U);
  EXPECT_GT(leaves, 1000);
  printf("%zu tickets, %d values compared\n", tickets.size(), leaves);
}

TEST(Receipt, TellsTheStoryThatHappened) {
  LambdaSide side;
  TellStory(side);
  std::vector<std::string> told;
  for (const std::string& id : side.Tickets()) {
    const json::value ticket = side.Ticket(id);
    told.push_back(std::string(ticket.at("state").as_string()) + " " + std::string(ticket.at("move").as_string()) +
                   " " + std::string(ticket.at("team").as_string()) + " " +
                   std::to_string(ticket.at("messages").as_array().size()));
  }
  EXPECT_THAT(told, ::testing::ElementsAre("landed priority Shipping 3", "landed escalate Technical 1",
                                           "landed route Sales 1", "landed route Sales 1", "merged route Shipping 1",
                                           "set_aside route  1", "suspect route  1", "landed route Billing 1",
                                           "landed route Billing 1", "done route Sales 1"));
  EXPECT_EQ(side.installation.Waiting(), 0);
}

}  // namespace
}  // namespace tr::way
