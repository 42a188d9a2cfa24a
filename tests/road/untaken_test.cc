// Where a wait begins, the list of the untaken, and clocks while ports fail.

#include "handoff/untaken.h"

#include "road/watch.h"

namespace tr::road {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

TEST(Taken, ALaterMessageThatMakesItHurryStartsTheClock) {
  Watch road("2026-03-02 08:30");
  const Ticket calm = road.Land(Mail("first", kCalm));
  EXPECT_FALSE(calm.waiting_since);
  road.Until("2026-03-02 08:59");
  road.MustAccept(Mail("later", kUrgent, "first"));
  road.Work();
  EXPECT_EQ(road.Get(calm.id).waiting_since, At("2026-03-02 09:00"));
  road.Until("2026-03-02 10:29");
  EXPECT_THAT(road.calls, ElementsAreArray({"2026-03-02 10:00 lead omar@shop.example #help-shipping"}));
}

TEST(Taken, AHeldTicketThatIsMovedToItsTeamStartsTheTeamsClock) {
  Watch road("2026-03-02 10:00");
  road.reader.Otherwise(MakeReading("delivery", 0.1));
  const Ticket held = road.Land(Mail("first", kUrgent));
  ASSERT_EQ(held.team, "Triage");
  road.Until("2026-03-02 10:29");
  ASSERT_TRUE(road.Apply(held.id, correct::Reassign{"delivery", "", ""}));
  road.Until("2026-03-02 12:45");
  EXPECT_THAT(road.calls, ElementsAreArray({"2026-03-02 11:30 lead omar@shop.example #help-shipping"}));
}

TEST(Taken, DoubtfulMailNeverCalls) {
  Watch road("2026-03-02 10:00");
  intake::Arrival doubtful = Mail("first", kUrgent);
  doubtful.automated = true;
  const Ticket ticket = road.Land(doubtful);
  EXPECT_EQ(ticket.state, State::kLanded);
  road.Until("2026-03-03 12:00");
  EXPECT_THAT(road.calls, IsEmpty());
}

TEST(Taken, ADeadLetterIsCalledOutInTriage) {
  Watch road("2026-03-02 10:00");
  const intake::Accepted accepted = road.MustAccept(Mail("first", kCalm));
  for (int attempt = 1; attempt <= queue::kMaxAttempts; ++attempt) {
    road.plan.Reset();
    road.plan.FailCall(5, testing::FaultWhen::kBefore);  // the look at what landed before
    EXPECT_EQ(road.WorkOnce(), 1) << attempt;
    if (attempt < queue::kMaxAttempts) road.clock.Advance(minutes(6));
  }
  road.plan.Reset();
  ASSERT_TRUE(road.Get(accepted.ticket).dead_lettered);
  EXPECT_EQ(road.Get(accepted.ticket).waiting_since, At("2026-03-02 10:42"));
  road.Until("2026-03-02 13:00");
  EXPECT_THAT(road.calls, ElementsAreArray({"2026-03-02 12:42 lead luis@shop.example #help-triage"}));
  EXPECT_EQ(handoff::FindUntaken(road.ports.queues(), *road.book, road.clock.Now())->size(), 1U);

  ASSERT_TRUE(road.waiting.dead_letters().Redrive(road.waiting.dead_letters().List(5)->front().id));
  road.Work();
  EXPECT_FALSE(road.Get(accepted.ticket).waiting_since) << "it landed, and hurries nobody";
  road.Until("2026-03-03 12:00");
  EXPECT_EQ(road.calls.size(), 1U);
}

// The clocks of what waits when a team first gets a Take within, loses it, or gets a shorter one.
TEST(Taken, ANewBookStartsClocks) {
  Watch road("2026-03-02 09:30");
  const auto take = [&](const rules::RuleBookPtr& book) {
    road.book = book;
    EXPECT_TRUE(handoff::StartClocks(road.ports.queues(), road.ports.deliveries(), road.ports.ledger(), *road.book,
                                     road.clock.Now()));
  };
  const rules::RuleBookPtr without = BookWith("1 h,Lunch", ",Lunch");
  take(without);
  const Ticket ticket = road.Land(Mail("first", kUrgent));
  road.Land(Mail("second", kCalm, "", "lee@mail.example"));
  road.Until("2026-03-02 11:59");
  EXPECT_THAT(road.calls, IsEmpty());

  take(testing::ExampleBook());  // at 12:00, when the lunch break begins
  take(testing::ExampleBook());
  EXPECT_EQ(road.store.deliveries().Due(At("2026-03-02 13:30"), 10)->size(), 1U);
  road.Until("2026-03-02 13:31");
  const std::string first = "2026-03-02 13:30 lead omar@shop.example #help-shipping";
  EXPECT_THAT(road.calls, ::testing::ElementsAre(first));

  take(without);
  road.Until("2026-03-02 14:44");
  EXPECT_THAT(road.calls, ::testing::ElementsAre(first)) << "the second call has no time any more";
  take(BookWith("1 h,Lunch", "2 h,Lunch"));  // at 14:45
  take(BookWith("1 h,Lunch", "30 min,Lunch"));
  road.Until("2026-03-02 15:20");
  EXPECT_THAT(road.calls, ::testing::ElementsAre(first, "2026-03-02 15:15 manager morgan@shop.example #help-shipping"));
}

TEST(Taken, TheListOfTheUntaken) {
  Watch road("2026-03-02 08:30");
  road.reader.When("log in", MakeReading("login"));
  road.reader.When("something", MakeReading("delivery", 0.1));
  const std::string parcel = road.Land(Mail("first", kUrgent)).id;
  const std::string login = road.Land(Mail("second", "I cannot log in, it is urgent", "", "lee@mail.example")).id;
  const std::string held = road.Land(Mail("third", "there is something about it", "", "max@mail.example")).id;
  road.Land(Mail("fourth", kCalm, "", "ada@mail.example"));
  const auto list = [&](const std::string& at) {
    std::vector<std::string> lines;
    const Result<std::vector<handoff::Untaken>> found = handoff::FindUntaken(road.ports.queues(), *road.book, At(at));
    for (const handoff::Untaken& one : *found) {
      lines.push_back(one.ticket.id + " " + rules::FormatLocalTime(Berlin(), one.late_since) + " " +
                      std::to_string(one.calls));
    }
    return lines;
  };
  EXPECT_THAT(list("2026-03-02 08:44"), IsEmpty());
  EXPECT_THAT(list("2026-03-02 09:00"), ElementsAreArray({login + " 2026-03-02 08:45 2"}));
  EXPECT_THAT(list("2026-03-02 11:00"), ElementsAreArray({login + " 2026-03-02 08:45 3", parcel + " 2026-03-02 09:30 2",
                                                          held + " 2026-03-02 11:00 1"}));
  ASSERT_TRUE(road.Apply(login, correct::Take{}));
  ASSERT_TRUE(road.Apply(held, correct::Done{}));
  EXPECT_THAT(list("2026-03-02 11:00"), ElementsAreArray({parcel + " 2026-03-02 09:30 2"}));
}

// A ping that waits for its channel is not made once somebody took the ticket.
TEST(Taken, ACallIsLookedAtAgainWhenItsChannelIsBack) {
  Watch road("2026-03-02 08:30");
  const std::string id = road.Land(Mail("first", kUrgent)).id;
  road.Until("2026-03-02 09:00");
  road.slack.Break(Transient("down"));
  road.Until("2026-03-02 09:35");
  ASSERT_TRUE(road.Apply(id, correct::Take{}));
  ASSERT_TRUE(road.Apply(id, correct::Release{}));
  road.slack.Mend();
  road.Until("2026-03-02 10:00");
  EXPECT_THAT(road.calls, IsEmpty()) << "the clock began anew";
  road.Until("2026-03-02 10:40");
  EXPECT_THAT(road.calls, ElementsAreArray({"2026-03-02 10:36 lead omar@shop.example #help-shipping"}));
}

// The steps of a ticket's clock with the Nth port call failing, for every N.
TEST(Taken, TheNthPortCallFailsForEveryN) {
  for (const testing::FaultWhen when : {testing::FaultWhen::kBefore, testing::FaultWhen::kAfter}) {
    int n = 1;
    for (bool met = true; met && !::testing::Test::HasFailure(); ++n) {
      SCOPED_TRACE("call " + std::to_string(n));
      Watch road("2026-03-02 08:30");
      const Ticket ticket = road.Land(Mail("first", kUrgent));
      for (int quarter = 0; quarter < 6; ++quarter) (void)road.outbox.DeliverDue(50);
      road.clock.Advance(hours(1));
      road.plan.Reset();
      road.plan.FailCall(n, when);
      for (int quarter = 0; quarter < 20; ++quarter) {
        for (int round = 0; round < 3; ++round) (void)road.outbox.DeliverDue(50);
        road.clock.Advance(minutes(15));
      }
      met = road.plan.failures() > 0;
      const std::vector<store::Delivery> rows = *road.store.deliveries().OfTicket(ticket.id);
      const std::map<std::string, int> said = road.TimesSaid();
      int calls = 0;
      for (const store::Delivery& row : rows) {
        EXPECT_EQ(row.state, store::DeliveryState::kDelivered) << row.id;
        if (row.kind != store::DeliveryKind::kPing || row.message == 0) continue;
        ++calls;
        ASSERT_TRUE(said.contains(row.id)) << row.id;
        EXPECT_LE(said.at(row.id), met ? 2 : 1) << row.id;
      }
      EXPECT_EQ(calls, 3);
      const std::vector<std::string> audit = road.AuditKinds(ticket.id);
      EXPECT_EQ(std::count(audit.begin(), audit.end(), "untaken"), 3);
    }
    EXPECT_GT(n, 15);
  }
}

// The whole of it fits into one step: five parts, five lessons, a key; and the clock stands where it stood.
TEST(Taken, TheUndoOfASplitInFiveFits) {
  Watch road("2026-03-02 08:30");
  const Ticket first = road.Land(Mail("first", "urgent one\ntwo\nthree\nfour\nfive"));
  ASSERT_TRUE(first.waiting_since);
  correct::Split split;
  for (const char* text : {"urgent one", "two", "three", "four", "five"}) split.parts.push_back({"delivery", text});
  ASSERT_TRUE(road.Apply(first.id, split, "split"));
  road.Work();
  road.Until("2026-03-02 08:40");
  const Result<correct::Corrected> undone = road.Apply(first.id, correct::Undo{}, "undo");
  ASSERT_TRUE(undone) << undone.fault().text;
  EXPECT_EQ(road.Get(first.id).waiting_since, first.waiting_since);
  road.Until("2026-03-02 09:40");
  EXPECT_THAT(road.calls, ElementsAreArray({"2026-03-02 09:30 lead omar@shop.example #help-shipping"}));
}

}  // namespace
}  // namespace tr::road
