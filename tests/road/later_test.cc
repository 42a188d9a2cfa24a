// A customer's later message, and the team's answer, on a ticket in every state.

#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kUrgent = "Please answer, it is urgent";

// The ticket that the reply became a message of; empty: it became a ticket of its own.
std::string Reply(Road& road, const std::string& text = kUrgent) {
  const intake::Accepted accepted = road.MustAccept(Mail("reply", text, "first"));
  road.Work();
  for (const Ticket& ticket : road.All()) {
    for (const Message& message : road.Messages(ticket.id)) {
      EXPECT_EQ(message.state, MessageState::kHandled) << ticket.id;
    }
  }
  return accepted.joined ? accepted.ticket : "";
}

TEST(Later, BeforeTheFirstReadingItIsReadTogether) {
  Road road;
  const std::string id = road.MustAccept(Mail("first", "Where is my parcel now?")).ticket;
  EXPECT_EQ(Reply(road), id);
  const Ticket ticket = road.Get(id);
  EXPECT_EQ(ticket.rank, Rank::kPriority);
  ASSERT_THAT(road.reader.asked(), SizeIs(1));
  EXPECT_EQ(road.reader.asked().front().new_text, std::string("Where is my parcel now?\n\n") + kUrgent);
  EXPECT_THAT(road.AuditKinds(id), ElementsAre("joined", "landed"));
}

TEST(Later, OnATicketThatWasReadAndPaidForItIsNotReadAgain) {
  Road road;
  pipeline::Process costly({road.ports.ledger(), road.ports.tickets(), road.ports.lookups(), road.queue, road.reader,
                            road.embedded, road.ids, road.clock, road.log},
                           {.handoff = road.settings, .costly_reader = true}, road.in_force);
  const std::string id = road.MustAccept(Mail("first", "Where is my parcel now?")).ticket;
  // The step after the reading's own fails: the ticket stays read.
  Road twin;
  pipeline::Process twins({twin.ports.ledger(), twin.ports.tickets(), twin.ports.lookups(), twin.queue, twin.reader,
                           twin.embedded, twin.ids, twin.clock, twin.log},
                          {.handoff = twin.settings, .costly_reader = true}, twin.in_force);
  const std::string twin_id = twin.MustAccept(Mail("first", "Where is my parcel now?")).ticket;
  twin.plan.Reset();
  (void)twins.Work({{twin_id, 1}, "", 1, twin.clock.Now()});
  road.plan.Reset();
  road.plan.FailCall(twin.plan.calls(), testing::FaultWhen::kBefore);  // the last call is the landing's commit
  EXPECT_EQ(costly.Work({{id, 1}, "", 1, road.clock.Now()}).outcome, pipeline::Outcome::kAgain);
  road.plan.Reset();
  EXPECT_EQ(road.Get(id).state, State::kRead);
  EXPECT_EQ(Reply(road), id);
  EXPECT_EQ(road.Get(id).state, State::kLanded);
  EXPECT_EQ(road.Get(id).rank, Rank::kPriority) << "the rules see the later words";
  EXPECT_THAT(road.reader.asked(), SizeIs(1));
}

TEST(Later, OnALandedOrTakenTicketItRaisesAndNeverLowers) {
  for (const bool taken : {false, true}) {
    SCOPED_TRACE(taken);
    Road road;
    const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
    if (taken) {
      ASSERT_TRUE(road.Apply(first.id, correct::Take{}));
    }
    EXPECT_EQ(Reply(road), first.id);
    Ticket ticket = road.Get(first.id);
    EXPECT_EQ(ticket.state, taken ? State::kTaken : State::kLanded);
    EXPECT_EQ(ticket.rank, Rank::kPriority);
    EXPECT_EQ(ticket.team, "Shipping");
    EXPECT_THAT(road.Said(), Contains("thread #help-shipping"));
    EXPECT_THAT(road.Said(), Contains("ping omar@shop.example"));

    road.MustAccept(Mail("calm", "Thank you, no hurry", "reply"));
    road.Work();
    ticket = road.Get(first.id);
    EXPECT_EQ(ticket.rank, Rank::kPriority);
    EXPECT_EQ(ticket.tags.urgency, Urgency::kHigh);
    EXPECT_EQ(ticket.messages, 3);
  }
}

TEST(Later, ThreadPostsAndUpdatesNameTheCard) {
  Road road;
  road.Land(Mail("first", "Where is my parcel now?"));
  Reply(road);
  ASSERT_THAT(road.slack.said(), SizeIs(4));
  for (const handoff::Notice& notice : road.slack.said()) {
    EXPECT_EQ(notice.card_ref, notice.kind == store::DeliveryKind::kCard ? "" : "ref-1") << notice.id;
  }
}

TEST(Later, OnAHeldTicketAllIsReadAgain) {
  Road road;
  road.reader.Otherwise(MakeReading("delivery", 0.2));
  const Ticket first = road.Land(Mail("first", "Something about the thing again"));
  ASSERT_EQ(first.team, "Triage");
  EXPECT_EQ(Reply(road, "I mean my parcel from last week"), first.id);
  const Ticket ticket = road.Get(first.id);
  EXPECT_EQ(ticket.move, Move::kRoute);
  EXPECT_THAT(road.Queue("Shipping"), ElementsAre(first.id));
  EXPECT_THAT(road.Queue("Triage"), IsEmpty());
  EXPECT_THAT(road.Said(), ElementsAre("card #help-triage", "card #help-shipping", "card_update #help-triage"));
  EXPECT_EQ(road.embedded.asked().back().new_text,
            "Something about the thing again\n\nI mean my parcel from last week");
}

TEST(Later, OnADoneTicketItReopensWithinFourteenDays) {
  struct Case {
    Duration after;
    bool reopens;
  };
  for (const Case& one : {Case{hours(24 * 13), true}, Case{hours(24 * 15), false}}) {
    SCOPED_TRACE(one.reopens);
    Road road;
    const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
    ASSERT_TRUE(road.Apply(first.id, correct::Done{}));
    road.clock.Advance(one.after);
    EXPECT_EQ(Reply(road), one.reopens ? first.id : "");
    EXPECT_EQ(road.Get(first.id).state, one.reopens ? State::kLanded : State::kDone);
    EXPECT_THAT(road.All(), SizeIs(one.reopens ? 1 : 2));
    if (one.reopens) continue;
    EXPECT_THAT(road.All().front().links, ElementsAre(Link{"reply_to", first.id}));
  }
}

TEST(Later, OnAMergedTicketItGoesToTheSurvivor) {
  Road road;
  const Ticket survivor = road.Land(Mail("other", "The mug came in pieces, all of it"));
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(first.id, correct::Merge{.into = survivor.id}));
  EXPECT_EQ(Reply(road), survivor.id);
  EXPECT_EQ(road.Get(survivor.id).rank, Rank::kPriority);
}

TEST(Later, OnATicketThatIsMergedWhileItIsInFlightItGoesToTheSurvivor) {
  Road road;
  const Ticket survivor = road.Land(Mail("other", "The mug came in pieces, all of it"));
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  const intake::Accepted reply = road.MustAccept(Mail("reply", kUrgent, "first"));
  ASSERT_EQ(reply.ticket, first.id);
  ASSERT_TRUE(road.Apply(first.id, correct::Merge{.into = survivor.id}));
  road.Work();
  EXPECT_EQ(road.Get(survivor.id).messages, 2);
  EXPECT_EQ(road.Get(survivor.id).rank, Rank::kPriority);
  EXPECT_EQ(road.waiting.size(), 0U);
}

constexpr const char* kTwoMatters = "The mug came in pieces\nPlease send the invoice with our VAT number";
const correct::Split kInTwo{
    {{"damaged", "The mug came in pieces"}, {"invoice", "Please send the invoice with our VAT number"}}};

TEST(Later, OnASplitTicketItGoesToTheNearestPart) {
  Road road;
  const Ticket first = road.Land(Mail("first", kTwoMatters));
  const Result<correct::Corrected> split = road.Apply(first.id, kInTwo);
  ASSERT_TRUE(split);
  road.Work();
  EXPECT_EQ(Reply(road, "The VAT number on the invoice is wrong"), split->made[1]);
}

TEST(Later, ASplitOfAnUnreadTicketLeavesNothingToForward) {
  Road road;
  const std::string first = road.MustAccept(Mail("first", kTwoMatters)).ticket;
  const Result<correct::Corrected> split = road.Apply(first, kInTwo);
  ASSERT_TRUE(split);
  road.Work();
  for (const std::string& part : split->made) {
    EXPECT_EQ(road.Get(part).state, State::kLanded);
    EXPECT_THAT(road.Messages(part), SizeIs(1)) << "the whole text came again";
  }
}

TEST(Later, OnATicketThatWasSetAsideOrIsSuspectItIsATicketOfItsOwn) {
  Road road;
  intake::Arrival away = Mail("first", "I am on holiday");
  away.machine = Machine::kAutoReply;
  const Ticket aside = road.Land(away);
  EXPECT_EQ(Reply(road), "");
  EXPECT_THAT(road.All().front().links, ElementsAre(Link{"reply_to", aside.id}));
  EXPECT_EQ(road.All().front().state, State::kLanded);
}

TEST(Later, AReplyOfAnotherMatterMovesToANewTicket) {
  Road road;
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  road.embedded.Otherwise(MakeReading("refund", 0.97));
  EXPECT_EQ(Reply(road, "And then please pay back the money for the second order that I cancelled"), first.id);
  ASSERT_THAT(road.All(), SizeIs(2));
  const Ticket moved = road.All().front().id == first.id ? road.All().back() : road.All().front();
  EXPECT_EQ(moved.team, "Billing");
  EXPECT_EQ(moved.state, State::kLanded);
  EXPECT_THAT(moved.links, ElementsAre(Link{"reply_to", first.id}));
  EXPECT_THAT(road.Get(first.id).links, ElementsAre(Link{"moved_to", moved.id}));
  EXPECT_EQ(road.Get(first.id).team, "Shipping");
}

intake::Arrival Answer(const std::string& word) {
  intake::Arrival answer = Mail(word, "It will come tomorrow", "first", "ida@shop.example");
  answer.author = Author::kTeam;
  answer.joins_freely = true;
  return answer;
}

TEST(Later, TheTeamsAnswerTakesTheTicketAndItsCardSaysSo) {
  Road road;
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  road.MustAccept(Answer("answer"));
  road.Work();
  const Ticket ticket = road.Get(first.id);
  EXPECT_EQ(ticket.state, State::kTaken);
  EXPECT_EQ(ticket.taken_by, "ida@shop.example");
  EXPECT_THAT(road.Said(), ElementsAre("card #help-shipping", "card_update #help-shipping"));
}

TEST(Later, TheSweeperFindsATeamsAnswerThatWasStoredAndNotQueued) {
  Road road;
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  road.MustAccept(Answer("answer"));
  // It was acknowledged, and then the process died with the queue's row unwritten.
  for (const queue::Lease& lease : *road.waiting.Receive(8, minutes(1), Duration(0))) {
    ASSERT_TRUE(road.waiting.Acknowledge({lease.handle}));
  }
  road.Work();
  EXPECT_EQ(road.Get(first.id).state, State::kLanded);
  road.clock.Advance(minutes(11));
  EXPECT_EQ(pipeline::Sweep(road.Sweeper(), road.sweep)->requeued, 1);
  road.Work();
  EXPECT_EQ(road.Get(first.id).state, State::kTaken);
}

TEST(Later, AColleaguesAutoReplyTakesNothing) {
  Road road;
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  intake::Arrival away = Answer("away");
  away.machine = Machine::kAutoReply;
  road.MustAccept(away);
  road.Work();
  EXPECT_EQ(road.Get(first.id).state, State::kLanded);
}

TEST(Later, TheTeamsAnswerIsNeverATicket) {
  Road road;
  const Ticket first = road.Land(Mail("first", "Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(first.id, correct::Done{}));
  road.clock.Advance(hours(24 * 20));
  road.MustAccept(Answer("answer"));
  road.Work();
  EXPECT_THAT(road.All(), SizeIs(1));
  EXPECT_EQ(road.Get(first.id).state, State::kDone);
  EXPECT_EQ(road.Messages(first.id).back().state, MessageState::kHandled);
}

TEST(Later, ACorrectionAfterACalmMessageKeepsTheAnger) {
  Road road;
  road.reader.Otherwise(MakeReading("delivery", 0.9, Urgency::kLow, Tone::kAngry));
  const Ticket first = road.Land(Mail("first", "Five days and no parcel"));
  Reply(road, "Thank you, that helps");
  ASSERT_TRUE(road.Apply(first.id, correct::Reassign{"refund", "", ""}));
  EXPECT_EQ(road.Get(first.id).tags.tone, Tone::kAngry);
  EXPECT_EQ(road.Get(first.id).rank, Rank::kPriority);
}

}  // namespace
}  // namespace tr::road
