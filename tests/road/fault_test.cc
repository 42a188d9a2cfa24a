// The Nth port call of a ticket's whole way fails, for N = 1, 2, 3, … until a run meets no failure; and after each run
// everything is as if nothing had happened, but for a notice that may have been said twice.

#include <algorithm>

#include "road/road.h"

namespace tr::road {
namespace {

using testing::FaultPlan;
using testing::FaultWhen;

constexpr const char* kFirst = "My parcel has been in Leipzig for five days";
constexpr const char* kLater = "It is urgent now, please answer";

// A human presses the button until it answers; the page reloads the ticket in between.
void Reassign(Road& road, const std::string& id) {
  for (int tries = 0; tries < 6; ++tries) {
    if (road.Apply(id, correct::Reassign{"refund", "", ""}, "one-click")) return;
  }
  ADD_FAILURE() << "the correction never went through";
}

void WalkTheWay(Road& road) {
  const intake::Accepted first = road.MustAccept(Mail("first", kFirst));
  road.Work();
  (void)road.outbox.DeliverDue(50);
  road.Settle();
  road.MustAccept(Mail("later", kLater, "first"));
  road.Work();
  road.Settle();
  Reassign(road, first.ticket);
  road.Settle();
}

int CountOf(const std::vector<std::string>& list, const std::string& item) {
  return static_cast<int>(std::count(list.begin(), list.end(), item));
}

void ExpectOnceAndWhole(Road& road) {
  const std::vector<Ticket> tickets = road.All();
  ASSERT_EQ(tickets.size(), 1U);
  const Ticket& ticket = tickets.front();
  EXPECT_EQ(ticket.state, State::kLanded);
  EXPECT_EQ(ticket.team, "Billing");
  EXPECT_EQ(ticket.tags.topic, "refund");
  EXPECT_EQ(ticket.tags.urgency, Urgency::kHigh);
  EXPECT_EQ(road.Queue("Billing"), std::vector<std::string>{ticket.id});
  EXPECT_TRUE(road.Queue("Shipping").empty());
  EXPECT_TRUE(road.Queue("Triage").empty());

  const std::vector<Message> messages = road.Messages(ticket.id);
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].text, kFirst);
  EXPECT_EQ(messages[1].text, kLater);
  for (const Message& message : messages) EXPECT_EQ(message.state, MessageState::kHandled);

  const std::vector<std::string> audit = road.AuditKinds(ticket.id);
  for (const char* once : {"landed", "joined", "followed_up", "corrected", "reassign"}) {
    EXPECT_EQ(CountOf(audit, once), 1) << once;
  }
  EXPECT_EQ(road.store.corrections().OfTicket(ticket.id)->size(), 1U);
  // A later message is decided by the rules alone where its reader fails.
  EXPECT_THAT(road.store.tickets().Readings(ticket.id)->size(), ::testing::AnyOf(1U, 2U));
  EXPECT_EQ(road.waiting.size(), 0U);
  EXPECT_TRUE(road.waiting.dead_letters().List(10)->empty());

  std::vector<store::Delivery> rows = *road.store.deliveries().OfTicket(ticket.id);
  // Of the clocks that began in Shipping and in Billing one look is to come each: taken_test.cc.
  EXPECT_EQ(std::erase_if(rows, [](const auto& row) { return row.kind == store::DeliveryKind::kTimer; }), 2U);
  EXPECT_EQ(rows.size(), 6U);  // card, thread, card update, ping; the card in Billing, the old one's update
  const std::map<std::string, int> said = road.TimesSaid();
  for (const store::Delivery& row : rows) {
    EXPECT_EQ(row.state, store::DeliveryState::kDelivered) << row.id;
    const auto times = said.find(row.id);
    ASSERT_NE(times, said.end()) << row.id;
    EXPECT_LE(times->second, 2) << row.id;
  }
  EXPECT_EQ(said.size(), rows.size());
}

class FaultOnTheWay : public ::testing::TestWithParam<FaultWhen> {};

TEST_P(FaultOnTheWay, TheNthPortCallFailsForEveryN) {
  int n = 1;
  for (bool met = true; met && !HasFailure(); ++n) {
    Road road;
    road.plan.FailCall(n, GetParam());
    WalkTheWay(road);
    met = road.plan.failures() > 0;
    const std::vector<std::string> names = road.plan.names();
    SCOPED_TRACE("call " + std::to_string(n) + ": " + (met ? names[static_cast<std::size_t>(n) - 1] : "no fault"));
    ExpectOnceAndWhole(road);
    if (met) continue;
    EXPECT_TRUE(std::ranges::all_of(road.TimesSaid(), [](const auto& said) { return said.second == 1; }));
  }
  EXPECT_GT(n, 60) << "the way has fewer port calls than it can have";
}

// A fault that asks to look again is met as well as one that asks to wait.
TEST(ConflictOnTheWay, TheNthCommitConflicts) {
  for (int n = 1; n < 40 && !HasFailure(); ++n) {
    SCOPED_TRACE("call " + std::to_string(n));
    Road road;
    Road count;
    WalkTheWay(count);
    const std::vector<std::string> names = count.plan.names();
    int commits = 0;
    std::size_t at = 0;
    for (; at < names.size() && commits < n; ++at) commits += names[at] == "Ledger.Commit" ? 1 : 0;
    if (commits < n) break;
    road.plan.FailCall(static_cast<int>(at), FaultWhen::kBefore, Conflict("planned"));
    WalkTheWay(road);
    ExpectOnceAndWhole(road);
  }
}

INSTANTIATE_TEST_SUITE_P(When, FaultOnTheWay, ::testing::Values(FaultWhen::kBefore, FaultWhen::kAfter),
                         [](const auto& param) { return param.param == FaultWhen::kBefore ? "Before" : "After"; });

}  // namespace
}  // namespace tr::road
