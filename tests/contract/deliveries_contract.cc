// Deliveries: what is due, and whose turn it is.

#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Delivery;
using store::DeliveryState;
using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LandedTicket;
using testing::SampleDelivery;
using testing::SampleId;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Ids(const std::vector<Delivery>& deliveries) {
  std::vector<std::string> ids;
  for (const Delivery& delivery : deliveries) ids.push_back(delivery.id);
  return ids;
}

Delivery Row(const std::string& id, Time due_at, const std::string& channel = "fake:#billing",
             DeliveryState state = DeliveryState::kPending) {
  Delivery row = SampleDelivery(LandedTicket(SampleId(due_at, 1), due_at, "Billing"), due_at);
  row.id = id;
  row.channel = channel;
  row.state = state;
  return row;
}

Step StepOf(const std::vector<Delivery>& rows) {
  Step step;
  for (const Delivery& row : rows) step.deliveries.push_back({std::nullopt, row});
  return step;
}

TEST_P(DeliveriesContract, DueGivesPendingRowsSoonestFirst) {
  const Time t = now();
  Must(Commit(StepOf({Row("b", t + Duration(20)), Row("a", t + Duration(30)), Row("c", t + Duration(10)),
                      Row("late", t + Duration(31)), Row("said", t, "fake:", DeliveryState::kDelivered),
                      Row("lost", t, "fake:", DeliveryState::kFailed)})));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(30), 10))), ElementsAre("c", "b", "a"));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(30), 2))), ElementsAre("c", "b"));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(9), 10))), IsEmpty());
}

TEST_P(DeliveriesContract, AChannelWaitsForItsTurn) {
  const Time t = now();
  Step step = StepOf({Row("a", t, "slack:#a"), Row("b", t, "slack:#b")});
  step.turns = {{"slack:#a", t + Duration(10)}};
  Must(Commit(step));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(9), 10))), ElementsAre("b"));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(10), 10))), UnorderedElementsAre("a", "b"));
  Step later;
  later.turns = {{"slack:#a", t + Duration(20)}};
  Must(Commit(later));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(19), 10))), ElementsAre("b"));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(20), 10))), UnorderedElementsAre("a", "b"));
}

TEST_P(DeliveriesContract, ChannelsThatWaitDoNotHideTheOthers) {
  const Time t = now();
  for (int round = 0; round < 5; ++round) {
    std::vector<Delivery> rows;
    for (int i = 0; i < 20; ++i) rows.push_back(Row("w" + std::to_string(round * 20 + i), t, "slack:#busy"));
    Must(Commit(StepOf(rows)));
  }
  Step step = StepOf({Row("free", t + Duration(1), "slack:#free")});
  step.turns = {{"slack:#busy", t + std::chrono::hours(1)}};
  Must(Commit(step));
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(5), 10))), ElementsAre("free"));
}

TEST_P(DeliveriesContract, WhatIsServedElsewhereHidesNothing) {
  const Time t = now();
  std::vector<Delivery> rows;
  for (int i = 0; i < 20; ++i) rows.push_back(Row("s" + std::to_string(i), t, "slack:#" + std::to_string(i)));
  rows.push_back(Row("mail", t + Duration(1), "mail:billing@shop.example"));
  Must(Commit(StepOf(rows)));
  const auto served = [&](const std::string& kind, int limit) {
    return Ids(Must(store_->deliveries().Due(t + Duration(5), limit,
                                             [&](const std::string& channel) { return channel.starts_with(kind); })));
  };
  EXPECT_THAT(served("mail:", 10), ElementsAre("mail"));
  EXPECT_THAT(served("slack:", 30), SizeIs(20));
  EXPECT_THAT(served("fax:", 10), IsEmpty());
  EXPECT_THAT(Ids(Must(store_->deliveries().Due(t + Duration(5), 30))), SizeIs(21)) << "nobody says: all";
}

TEST_P(DeliveriesContract, ARowThatWasSaidIsNotDueAnyMore) {
  Delivery row = Row("a", now());
  Must(Commit(StepOf({row})));
  row.attempts = 1;
  row.due_at = now() + Duration(100);
  Step begun;
  begun.deliveries = {{0, row}};
  Must(Commit(begun));
  EXPECT_THAT(Must(store_->deliveries().Due(now(), 10)), IsEmpty()) << "somebody tries it";
  EXPECT_THAT(Must(store_->deliveries().Due(now() + Duration(100), 10)), ElementsAre(row)) << "and seems to have died";
  row.state = DeliveryState::kDelivered;
  row.ref = "1.2";
  Step said;
  said.deliveries = {{1, row}};
  Must(Commit(said));
  EXPECT_THAT(Must(store_->deliveries().Due(now() + Duration(100), 10)), IsEmpty());
  EXPECT_EQ(Must(store_->deliveries().Get("a")), row);
}

TEST_P(DeliveriesContract, RowsAreFoundByTicketAndById) {
  Delivery a = Row("a", now());
  a.ticket = "T1";
  Delivery b = Row("b", now(), "fake:", DeliveryState::kDelivered);
  b.ticket = "T1";
  Delivery c = Row("c", now());
  c.ticket = "T2";
  Delivery digest = Row("digest", now());
  digest.ticket.clear();
  Must(Commit(StepOf({a, b, c, digest})));
  EXPECT_THAT(Must(store_->deliveries().OfTicket("T1")), UnorderedElementsAre(a, b));
  EXPECT_THAT(Must(store_->deliveries().OfTicket("T9")), IsEmpty());
  EXPECT_EQ(Must(store_->deliveries().Get("digest")), digest);
  EXPECT_EQ(Outcome(store_->deliveries().Get("none")), "not_found");
}

}  // namespace
}  // namespace tr::contract
