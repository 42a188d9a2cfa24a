// One problem, one ping: repeats and later messages come to the ticket that stands already, and only a louder one is
// heard again.

#include <algorithm>

#include "review/digest.h"
#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kUrgent = "My parcel has been in Leipzig for five days and this is urgent";

int CountOf(const std::vector<std::string>& list, const std::string& item) {
  return static_cast<int>(std::count(list.begin(), list.end(), item));
}

TEST(Once, RepeatsPingOnceAndAreCountedOnTheCard) {
  Road road;
  const Ticket first = road.Land(Mail("m0", kUrgent));
  for (int i = 1; i <= 4; ++i) road.Land(Mail("m" + std::to_string(i), kUrgent));
  EXPECT_THAT(road.Queue("Shipping"), ElementsAre(first.id));
  EXPECT_EQ(road.Get(first.id).messages, 5);
  EXPECT_EQ(CountOf(road.Said(), "ping omar@shop.example"), 1);
  EXPECT_EQ(CountOf(road.Said(), "card #help-shipping"), 1);
  EXPECT_EQ(CountOf(road.Said(), "thread #help-shipping"), 4);
  const handoff::Notice last = road.slack.said().back();
  EXPECT_EQ(last.card.joined, 4);
  EXPECT_EQ(last.card_ref, "ref-1");
}

TEST(Once, ALouderRepeatIsHeardOnce) {
  Road road;
  const Ticket first = road.Land(Mail("m0", "My parcel has been in Leipzig for five days now and nothing moves"));
  EXPECT_THAT(road.Said(), ElementsAre("card #help-shipping"));
  for (int i = 1; i <= 3; ++i) {
    road.Land(
        Mail("m" + std::to_string(i), "My parcel has been in Leipzig for five days now and nothing moves urgent"));
  }
  EXPECT_EQ(road.Get(first.id).rank, Rank::kPriority);
  EXPECT_EQ(road.Get(first.id).messages, 4);
  EXPECT_EQ(CountOf(road.Said(), "ping omar@shop.example"), 1);
}

// Its cards are mails: a mail cannot be changed in place, and each message is said once.
TEST(Once, WhereCardsAreMailsAMessageIsOneMail) {
  Road road;
  road.reader.Otherwise(MakeReading("product"));
  const Ticket first = road.Land(Mail("m0", "Is the blue mug coming back in stock this spring"));
  ASSERT_EQ(first.team, "Sales");
  road.Land(Mail("m1", "Is the blue mug coming back in stock this spring"));
  EXPECT_THAT(road.Said(), ElementsAre("card sales@shop.example", "thread sales@shop.example"));
  EXPECT_EQ(road.mail.said().back().card.joined, 1);
}

TEST(Once, AnotherTopicAnotherCustomerOrAnotherDayIsAnotherProblem) {
  Road road;
  road.Land(Mail("m0", kUrgent));
  road.Land(Mail("m1", kUrgent, "", "lee@mail.example"));
  road.clock.Advance(hours(25));
  road.Land(Mail("m2", kUrgent));
  road.reader.Otherwise(MakeReading("refund"));
  road.Land(Mail("m3", kUrgent));
  EXPECT_THAT(road.All(), SizeIs(4));
  EXPECT_THAT(road.Queue("Shipping"), SizeIs(3));
}

intake::Arrival Chat(const std::string& text, const std::string& conversation = "c1") {
  intake::Arrival chat = Mail("chat", text);
  chat.lane = Lane::kChat;
  chat.message_id = "chat:shop:" + conversation;
  chat.references = {chat.message_id};
  chat.joins_freely = true;
  chat.original.clear();
  return chat;
}

TEST(Once, AChatWhoseTicketIsOverGoesOnInOneNewTicket) {
  Road road;
  const Ticket first = road.Land(Chat("Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(first.id, correct::Done{}));
  road.clock.Advance(hours(24 * 20));
  const Ticket second = road.Land(Chat("Hello again, the next parcel is late too"));
  EXPECT_NE(second.id, first.id);
  EXPECT_THAT(second.links, ElementsAre(Link{"reply_to", first.id}));
  for (const char* more : {"Are you there?", "Please look for it", "Thank you very much"}) {
    EXPECT_EQ(road.MustAccept(Chat(more)).ticket, second.id) << more;
  }
  road.Work();
  EXPECT_THAT(road.All(), SizeIs(2));
  EXPECT_NE(road.MustAccept(Chat("Another visitor", "c2")).ticket, second.id);
}

TEST(Once, AChatWhoseTicketWasMergedGoesToTheSurvivorAndThenToItsNewTicket) {
  Road road;
  const Ticket survivor = road.Land(Mail("other", "The mug came in pieces, all of it"));
  const Ticket first = road.Land(Chat("Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(first.id, correct::Merge{.into = survivor.id}));
  EXPECT_EQ(road.MustAccept(Chat("Still waiting for it")).ticket, survivor.id);
  road.Work();
  ASSERT_TRUE(road.Apply(survivor.id, correct::Done{}));
  road.clock.Advance(hours(24 * 20));
  const std::string next = road.MustAccept(Chat("It is late again")).ticket;
  EXPECT_NE(next, survivor.id);
  EXPECT_EQ(road.MustAccept(Chat("Very late")).ticket, next);
}

TEST(Once, ASweptTicketIsDoneOnItsCardToo) {
  Road road;
  const Ticket first = road.Land(Mail("m0", "Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(first.id, correct::Take{}));
  road.clock.Advance(hours(24 * 4));
  road.sweep.done_after = hours(24 * 3);
  EXPECT_EQ(pipeline::Sweep(road.Sweeper(), road.sweep)->finished, 1);
  EXPECT_TRUE(road.outbox.DeliverDue(50));
  EXPECT_EQ(road.Get(first.id).state, State::kDone);
  const handoff::Notice last = road.slack.said().back();
  EXPECT_EQ(last.kind, store::DeliveryKind::kCardUpdate);
  EXPECT_EQ(last.card.state, State::kDone);
  EXPECT_EQ(last.card_ref, "ref-1");
}

TEST(Once, WhatACorrectionLandedUnreadIsFoundByItsRepeat) {
  Road road;
  const std::string first = road.MustAccept(Mail("m0", "My money is not back after all this time, see order 7")).ticket;
  ASSERT_TRUE(road.Apply(first, correct::Reassign{"refund", "", ""}));
  ASSERT_EQ(road.Get(first).state, State::kLanded);
  road.reader.Otherwise(MakeReading("refund"));
  road.Work();
  const Ticket repeat = road.Land(Mail("m1", "My money is not back after all this time, see order 7"));
  EXPECT_EQ(repeat.state, State::kMerged);
  EXPECT_THAT(road.Queue("Billing"), ElementsAre(first));
}

TEST(Once, AnUndoneReassignIsNoMisroute) {
  Road road;
  const Ticket first = road.Land(Mail("m0", "Where is my parcel now?"));
  const Ticket second = road.Land(Mail("m1", "And where is the other parcel?", "", "lee@mail.example"));
  ASSERT_TRUE(road.Apply(first.id, correct::Reassign{"refund", "", ""}));
  ASSERT_TRUE(road.Apply(second.id, correct::Reassign{"refund", "", ""}));
  ASSERT_TRUE(road.Apply(first.id, correct::Undo{}));
  const Result<review::Digest> digest =
      review::MakeDigest({road.store.tickets(), road.store.audit(), road.store.corrections()},
                         road.clock.Now() - hours(24), road.clock.Now() + hours(24));
  ASSERT_TRUE(digest);
  EXPECT_THAT(digest->misroutes, ElementsAre(std::pair<const std::string, int>("delivery → refund", 1)));
}

// The gate's reader and the one of later messages may differ: a repeat stays a repeat.
TEST(Once, ARepeatIsNotMovedAwayByAnotherReader) {
  Road road;
  road.reader.Otherwise(MakeReading("product"));
  road.embedded.Otherwise(MakeReading("refund", 0.99));
  const Ticket first = road.Land(Mail("m0", "Is the blue mug coming back in stock this spring or not"));
  road.Land(Mail("m1", "Is the blue mug coming back in stock this spring or not"));
  EXPECT_THAT(road.All(), SizeIs(2));
  EXPECT_EQ(road.Get(first.id).messages, 2);
}

// 02:00 in Berlin: the ping waits for the morning; the ticket does not.
TEST(Once, APingThatWaitedNamesTheTeamThatHasTheTicketNow) {
  Road road;
  road.clock.Set(*ParseTime("2026-03-03T01:00:00Z"));
  const Ticket first = road.Land(Mail("m0", kUrgent));
  ASSERT_TRUE(road.Apply(first.id, correct::Reassign{"website", "", ""}));
  EXPECT_EQ(CountOf(road.Said(), "ping omar@shop.example"), 0);
  road.clock.Set(*ParseTime("2026-03-03T07:00:00Z"));
  EXPECT_TRUE(road.outbox.DeliverDue(50));
  EXPECT_THAT(road.Said(), Contains("ping priya@shop.example"));
  EXPECT_EQ(CountOf(road.Said(), "ping omar@shop.example"), 0);
}

}  // namespace
}  // namespace tr::road
