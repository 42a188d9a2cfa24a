// From a message at the gate to its card: the straight way, the detours (reader down, dead letter, duplicates in
// flight, machine mail), and the sweeper.

#include <functional>
#include <utility>

#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

TEST(Way, AMailLandsAndItsCardIsPosted) {
  struct Case {
    const char* what;
    const char* text;
    Reading reading;
    Move move;
    const char* team;
    std::vector<std::string> said;
  };
  const std::vector<Case> cases = {
      {"calm", "Where is my parcel now?", MakeReading("delivery"), Move::kRoute, "Shipping", {"card #help-shipping"}},
      {"angry",
       "Five days and no parcel",
       MakeReading("delivery", 0.9, Urgency::kLow, Tone::kAngry),
       Move::kPriority,
       "Shipping",
       {"card #help-shipping", "ping omar@shop.example"}},
      {"a lawyer",
       "My lawyer will write to you",
       MakeReading("refund"),
       Move::kEscalate,
       "Billing",
       {"card #help-billing", "ping morgan@shop.example"}},
      {"a team without Slack",
       "Is the blue one back?",
       MakeReading("product"),
       Move::kRoute,
       "Sales",
       {"card sales@shop.example"}},
      {"unsure",
       "Something about the thing again",
       MakeReading("delivery", 0.2),
       Move::kHold,
       "Triage",
       {"card #help-triage"}},
      {"empty", "", MakeReading("delivery"), Move::kHold, "Triage", {"card #help-triage"}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Road road;
    road.reader.Otherwise(one.reading);
    const Ticket ticket = road.Land(Mail("a", one.text));
    EXPECT_EQ(ticket.state, State::kLanded);
    EXPECT_EQ(Name(ticket.move), Name(one.move));
    EXPECT_THAT(road.Queue(one.team), ElementsAre(ticket.id));
    EXPECT_EQ(road.Said(), one.said);
    EXPECT_THAT(road.AuditKinds(ticket.id), ElementsAre("landed"));
    EXPECT_EQ(road.waiting.size(), 0U);
  }
}

// A button says which version its human saw: the card must know what the step that made it stored.
TEST(Way, ACardHasTheVersionThatItShowsAndTheMessageThatAnAnswerRepliesTo) {
  Road road;
  const Ticket landed = road.Land(Mail("a", "Where is my parcel now?"));
  ASSERT_THAT(road.slack.said(), SizeIs(1));
  EXPECT_EQ(road.slack.said()[0].card.version, landed.version);
  EXPECT_EQ(road.slack.said()[0].card.messages.at(0).message_id, "a@mail.example");
  ASSERT_TRUE(road.Apply(landed.id, correct::Take{}));
  EXPECT_EQ(road.slack.said().back().card.version, road.Get(landed.id).version);
  ASSERT_TRUE(road.Apply(landed.id, correct::Reassign{"refund", "", ""}));
  EXPECT_EQ(road.slack.said().back().card.version, road.Get(landed.id).version);
}

TEST(Way, MachineMailAndNoTicketsAreSetAside) {
  struct Case {
    const char* what;
    intake::Arrival mail;
    const char* why;
  };
  intake::Arrival away = Mail("away", "I am on holiday until Monday");
  away.machine = Machine::kAutoReply;
  intake::Arrival bounce = Mail("bounce", "Your message could not be delivered");
  bounce.machine = Machine::kBounce;
  const std::vector<Case> cases = {
      {"auto-reply", away, "autoreply"},
      {"bounce", bounce, "bounce"},
      {"newsletter", Mail("news", "Our best offers", "", "news@newsletter.example"), "newsletter.example"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Road road;
    const Ticket ticket = road.Land(one.mail);
    EXPECT_EQ(ticket.state, State::kSetAside);
    EXPECT_THAT(ticket.set_aside_why, ::testing::HasSubstr(one.why));
    EXPECT_THAT(road.Said(), IsEmpty());
    EXPECT_THAT(road.reader.asked(), IsEmpty());

    ASSERT_TRUE(road.Apply(ticket.id, correct::Restore{}));
    road.Work();
    EXPECT_EQ(road.Get(ticket.id).state, State::kLanded);
    EXPECT_THAT(road.Said(), SizeIs(1));
  }
}

TEST(Way, ACustomerWithAnOpenTicketIsNeverSetAside) {
  Road road;
  road.Land(Mail("one", "Our shop account does not work", "", "max@seo.example"));
  intake::Arrival offer = Mail("two", "We can help your site", "", "max@seo.example");
  offer.subject = "Cheap backlinks";
  EXPECT_EQ(road.Land(offer).state, State::kLanded);
}

TEST(Way, ADoubtfulMailLandsAndNeverPings) {
  Road road;
  intake::Arrival mail = Mail("a", "This is urgent, answer immediately");
  mail.automated = true;
  EXPECT_EQ(road.Land(mail).rank, Rank::kPriority);
  EXPECT_THAT(road.Said(), ElementsAre("card #help-shipping"));
}

TEST(Way, ReaderDown) {
  struct Case {
    const char* what;
    bool embedded_works;
    Move move;
    const char* team;
  };
  for (const Case& one : {Case{"the embedded reader reads", true, Move::kRoute, "Shipping"},
                          Case{"decided without a reading", false, Move::kHold, "Triage"}}) {
    SCOPED_TRACE(one.what);
    Road road;
    road.reader.Break(Transient("down"));
    if (!one.embedded_works) road.embedded.Break(Transient("down"));
    const intake::Accepted accepted = road.MustAccept(Mail("a", "Where is my parcel now?"));
    for (int attempt = 1; attempt <= 2; ++attempt) {
      EXPECT_EQ(road.WorkOnce(), 1);
      EXPECT_EQ(road.Get(accepted.ticket).state, State::kReceived) << "try " << attempt;
      road.clock.Advance(minutes(1));
    }
    EXPECT_EQ(road.WorkOnce(), 1);
    const Ticket ticket = road.Get(accepted.ticket);
    EXPECT_EQ(Name(ticket.move), Name(one.move));
    EXPECT_EQ(ticket.team, one.team);
    EXPECT_THAT(*road.waiting.dead_letters().List(5), IsEmpty());
  }
}

TEST(Way, APatienceOfTenMinutesEndsBeforeTheThirdTry) {
  Road road;
  road.reader.Break(Transient("down"));
  const intake::Accepted accepted = road.MustAccept(Mail("a", "Where is my parcel now?"));
  road.clock.Advance(minutes(11));
  road.Work();
  EXPECT_EQ(road.Get(accepted.ticket).team, "Shipping");
}

TEST(Way, AVipsOutageJumpsTheQueueWhileEveryReaderIsDown) {
  Road road;
  road.reader.Break(Permanent("gone"));
  road.embedded.Break(Permanent("gone"));
  const Ticket ticket = road.Land(Mail("a", "Your site is down for us", "", "joe@globex.example"));
  EXPECT_EQ(ticket.move, Move::kEscalate);
  EXPECT_EQ(ticket.team, "Technical");
}

TEST(Way, WithoutABookEverythingWaits) {
  Road road;
  const rules::RuleBookPtr book = std::exchange(road.book, nullptr);
  const intake::Accepted accepted = road.MustAccept(Mail("a", "Where is my parcel now?"));
  road.Settle();
  EXPECT_EQ(road.Get(accepted.ticket).state, State::kReceived);
  EXPECT_THAT(*road.waiting.dead_letters().List(5), IsEmpty());
  road.book = book;
  road.Settle();
  EXPECT_EQ(road.Get(accepted.ticket).state, State::kLanded);
}

// Receive, GetWithMessages, Read, and then the call that asks who landed before.
constexpr int kLookAtLanded = 4;

TEST(Way, ADeadLetterStandsInTriageAndIsRedriven) {
  Road road;
  const intake::Accepted accepted = road.MustAccept(Mail("a", "Where is my parcel now?"));
  for (int attempt = 1; attempt <= queue::kMaxAttempts; ++attempt) {
    road.plan.Reset();
    road.plan.FailCall(kLookAtLanded, testing::FaultWhen::kBefore);
    EXPECT_EQ(road.WorkOnce(), 1) << attempt;
    EXPECT_EQ(road.plan.names()[kLookAtLanded - 1], "Lookups.ByKey");
    road.clock.Advance(minutes(6));
  }
  road.plan.Reset();
  Ticket ticket = road.Get(accepted.ticket);
  EXPECT_TRUE(ticket.dead_lettered);
  EXPECT_EQ(ticket.state, State::kReceived);
  EXPECT_EQ(ticket.move, Move::kHold);
  EXPECT_THAT(road.Queue("Triage"), ElementsAre(ticket.id));
  const std::vector<queue::DeadLetter> letters = *road.waiting.dead_letters().List(5);
  ASSERT_THAT(letters, SizeIs(1));

  ASSERT_TRUE(road.waiting.dead_letters().Redrive(letters.front().id));
  road.Work();
  ticket = road.Get(accepted.ticket);
  EXPECT_EQ(ticket.state, State::kLanded);
  EXPECT_FALSE(ticket.dead_lettered);
  EXPECT_THAT(road.Queue("Triage"), IsEmpty());
  EXPECT_THAT(road.Queue("Shipping"), ElementsAre(ticket.id));
}

TEST(Way, TheSameWordsWithinADayJoinTheLandedTicket) {
  struct Case {
    const char* what;
    const char* second;
    const char* from;
    Duration later;
    bool joins;
  };
  const char* first = "My parcel has been in Leipzig for five whole days and nobody answers me at all";
  const std::vector<Case> cases = {
      {"the same text", first, "kim@mail.example", hours(1), true},
      {"wrapped anew", "My parcel has been in Leipzig\n for five whole days  and nobody answers me at all",
       "kim@mail.example", hours(1), true},
      {"nearly the same", "My parcel has been in Leipzig for five whole days and nobody answers me at all!!! Kim",
       "kim@mail.example", hours(1), true},
      {"other words", "Can you send the second mug to my office instead of my home?", "kim@mail.example", hours(1),
       false},
      {"another customer", first, "lou@mail.example", hours(1), false},
      {"a day later", first, "kim@mail.example", hours(25), false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Road road;
    const Ticket survivor = road.Land(Mail("first", first));
    road.clock.Advance(one.later);
    const Ticket second = road.Land(Mail("second", one.second, "", one.from));
    EXPECT_EQ(second.state, one.joins ? State::kMerged : State::kLanded);
    EXPECT_THAT(road.Messages(survivor.id), SizeIs(one.joins ? 2 : 1));
    for (const Message& message : road.Messages(survivor.id)) EXPECT_EQ(message.state, MessageState::kHandled);
    if (!one.joins) continue;
    EXPECT_THAT(road.Queue("Shipping"), ElementsAre(survivor.id));
    EXPECT_THAT(second.links, Contains(Link{"merged_into", survivor.id}));

    ASSERT_TRUE(road.Apply(second.id, correct::Undo{})) << "a human separates it again";
    road.Work();
    EXPECT_EQ(road.Get(second.id).state, State::kLanded);
  }
}

// Runs something between what a landing looks at and its commit.
class Interleaved : public store::Ledger {
 public:
  explicit Interleaved(store::Ledger& inner) : inner_(inner) {}
  Result<void> Commit(const store::Step& step, Time now) override {
    if (const auto run = std::exchange(before_commit, nullptr)) run();
    return inner_.Commit(step, now);
  }
  std::function<void()> before_commit;

 private:
  store::Ledger& inner_;
};

TEST(Way, TwoDuplicatesInFlightLandAsOne) {
  Road road;
  Interleaved ledger(road.store.ledger());
  pipeline::Process slow({ledger, road.ports.tickets(), road.ports.lookups(), road.queue, road.faulty_reader,
                          road.faulty_embedded, road.ids, road.clock, road.log},
                         {.handoff = road.settings}, road.in_force);
  for (const bool landed_before : {false, true}) {
    SCOPED_TRACE(landed_before);
    const std::string mark = landed_before ? "more " : "";
    const std::string text = landed_before ? "The second parcel never left your house, what now?"
                                           : "My parcel has been in Leipzig for five whole days";
    const std::string one = road.MustAccept(Mail(mark + "one", text)).ticket;
    const std::string two = road.MustAccept(Mail(mark + "two", text)).ticket;
    ledger.before_commit = [&] { (void)road.process.Work({{two, 1}, "", 1, road.clock.Now()}); };
    const pipeline::Processed processed = slow.Work({{one, 1}, "", 1, road.clock.Now()});
    EXPECT_EQ(processed.state, State::kMerged);
    road.Work();
    EXPECT_EQ(road.Get(two).state, State::kLanded);
    EXPECT_THAT(road.Messages(two), SizeIs(2));
    EXPECT_THAT(road.AuditKinds(one), ElementsAre("merged"));
  }
}

// Both are planned before either is committed.
TEST(Way, TwoDuplicatesInOneBatchLandAsOne) {
  Road road;
  const std::string text = "My parcel has been in Leipzig for five whole days";
  const std::string one = road.MustAccept(Mail("one", text)).ticket;
  const std::string two = road.MustAccept(Mail("two", text)).ticket;
  const std::string other = road.MustAccept(Mail("other", "Is it blue?", "", "ada@mail.example")).ticket;
  EXPECT_EQ(road.WorkOnce(), 3);
  road.Work();
  EXPECT_EQ(road.Get(one).state, State::kLanded);
  EXPECT_EQ(road.Get(two).state, State::kMerged);
  EXPECT_EQ(road.Get(other).state, State::kLanded) << "its neighbour's conflict is not its own";
  EXPECT_THAT(road.Messages(one), SizeIs(2));
}

TEST(Way, TheSweeperFindsWhatWasStoredAndNotQueued) {
  Road road;
  // Put, Commit, and then Send. The sender never comes again.
  road.plan.FailCall(3, testing::FaultWhen::kBefore);
  EXPECT_FALSE(road.Accept(Mail("a", "Where is it now?")));
  EXPECT_EQ(road.plan.names().back(), "Queue.Send");
  const std::string id = road.All().front().id;
  road.Work();
  EXPECT_EQ(road.Get(id).state, State::kReceived);
  road.clock.Advance(minutes(11));
  EXPECT_EQ(pipeline::Sweep(road.Sweeper(), road.sweep)->requeued, 1);
  road.Work();
  EXPECT_EQ(road.Get(id).state, State::kLanded);
}

TEST(Way, ATakenTicketThatNobodyTouchesIsDone) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", "Where is my parcel now?"));
  ASSERT_TRUE(road.Apply(ticket.id, correct::Take{}));
  road.sweep.done_after = hours(72);
  road.clock.Advance(hours(71));
  EXPECT_EQ(pipeline::Sweep(road.Sweeper(), road.sweep)->finished, 0);
  road.clock.Advance(hours(2));
  EXPECT_EQ(pipeline::Sweep(road.Sweeper(), road.sweep)->finished, 1);
  EXPECT_EQ(road.Get(ticket.id).state, State::kDone);
  EXPECT_THAT(road.Queue("Shipping"), IsEmpty());
}

TEST(Way, NoCustomersWordIsLogged) {
  Road road;
  road.reader.Break(Transient("down"));
  road.slack.Break(Transient("down"));
  road.Land(Mail("a", "My parcel has been in Leipzig"));
  road.Settle();
  EXPECT_FALSE(road.log.lines().empty());
  for (const char* word : {"Leipzig", "kim@mail.example", "Order 7"}) EXPECT_FALSE(road.log.Contains(word)) << word;
}

}  // namespace
}  // namespace tr::road
