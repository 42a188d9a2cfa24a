// What cannot be worked, and what a store that refuses does to it: one letter and one call to triage, or none.

#include <algorithm>

#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::ElementsAre;
using testing::FaultWhen;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Stores no handled message of this number until it is mended; everything else it stores.
class StubbornLedger : public store::Ledger {
 public:
  StubbornLedger(store::Ledger& inner, int n) : inner_(inner), n_(n) {}
  Result<void> Commit(const store::Step& step, Time now) override {
    const bool handles = std::any_of(step.messages.begin(), step.messages.end(), [this](const Message& one) {
      return one.n == n_ && one.state == MessageState::kHandled;
    });
    return stubborn && handles ? Result<void>(Transient("stubborn")) : inner_.Commit(step, now);
  }
  bool stubborn = true;

 private:
  store::Ledger& inner_;
  const int n_;
};

// A road on which a customer's second message comes to nothing.
struct StubbornRoad : Road {
  void WorkAll() {
    const auto deliver = [this](std::vector<handoff::Outgoing> begun) { outbox.Deliver(begun); };
    const pipeline::WorkOptions options{.wait = Duration(0)};
    while (*pipeline::WorkBatch(waiting, stubborn_process, options, deliver, [] { return 0.5; }, log) > 0) {
    }
  }
  void Pass(int for_minutes) {
    for (int minute = 0; minute < for_minutes; ++minute) {
      WorkAll();
      (void)outbox.DeliverDue(50);
      EXPECT_TRUE(pipeline::Sweep(Sweeper(), sweep));
      clock.Advance(minutes(1));
    }
  }
  // The customer's second message has died.
  std::string Die() {
    const intake::Accepted accepted = MustAccept(Mail("first", "My parcel has been in Leipzig for five days"));
    WorkAll();
    MustAccept(Mail("later", "Still nothing, please answer", "first"));
    Pass(30);
    return accepted.ticket;
  }
  std::vector<queue::DeadLetter> Letters() { return *waiting.dead_letters().List(50); }
  int CallsToTriage() { return static_cast<int>(std::ranges::count(Said(), "announcement #help-triage")); }

  StubbornLedger ledger{store.ledger(), 2};
  pipeline::Process stubborn_process{
      {ledger, store.tickets(), store.lookups(), waiting, reader, embedded, ids, clock, log},
      {.handoff = settings},
      in_force};
};

TEST(Dead, ALaterMessageIsOneLetterAndOneCallToTriage) {
  StubbornRoad road;
  const std::string id = road.Die();
  ASSERT_THAT(road.Letters(), SizeIs(1)) << "the sweeper sends no copies of what a human has to see to";
  EXPECT_EQ(road.Letters()[0].item, (queue::Item{id, 2}));
  EXPECT_EQ(road.CallsToTriage(), 1);
  const Ticket ticket = road.Get(id);
  EXPECT_TRUE(ticket.dead_lettered);
  EXPECT_EQ(ticket.state, State::kLanded);
  EXPECT_THAT(road.Queue("Shipping"), ElementsAre(id)) << "it stays with its team";
  EXPECT_EQ(std::ranges::count(road.AuditKinds(id), "dead_lettered"), 1);

  road.ledger.stubborn = false;
  ASSERT_TRUE(road.waiting.dead_letters().Redrive(road.Letters()[0].id));
  road.Pass(30);
  EXPECT_FALSE(road.Get(id).dead_lettered);
  EXPECT_EQ(road.Messages(id)[1].state, MessageState::kHandled);
  EXPECT_THAT(road.Letters(), IsEmpty());
  EXPECT_EQ(road.CallsToTriage(), 1);
}

TEST(Dead, WhatComesLaterIsWorkedAllTheSame) {
  StubbornRoad road;
  const std::string id = road.Die();
  road.MustAccept(Mail("third", "It is urgent now", "later"));
  road.WorkAll();
  EXPECT_EQ(road.Messages(id)[2].state, MessageState::kHandled);
  road.ledger.stubborn = false;
  road.Pass(30);
  EXPECT_EQ(road.Messages(id)[1].state, MessageState::kHandled) << "the sweeper looks after the ticket again";
  EXPECT_FALSE(road.Get(id).dead_lettered);
}

TEST(Dead, OfATicketThatIsTakenOrDoneToo) {
  for (const correct::Action& action : std::vector<correct::Action>{correct::Take{}, correct::Done{}}) {
    StubbornRoad road;
    const Ticket ticket = road.Land(Mail("first", "My parcel has been in Leipzig for five days"));
    ASSERT_TRUE(road.Apply(ticket.id, action));
    road.MustAccept(Mail("later", "Still nothing, please answer", "first"));
    road.Pass(30);
    EXPECT_THAT(road.Letters(), SizeIs(1));
    EXPECT_EQ(road.CallsToTriage(), 1);
  }
}

// As the role of a function that lost its rights: every call, for longer than an item has tries and receives.
TEST(Dead, NothingIsBuriedByAStoreThatRefusesForGood) {
  Road road;
  const intake::Accepted accepted = road.MustAccept(Mail("a", "Where is my parcel now?"));
  pipeline::Process process{{road.ports.ledger(), road.ports.tickets(), road.ports.lookups(), road.waiting, road.reader,
                             road.embedded, road.ids, road.clock, road.log},
                            {.handoff = road.settings, .most_receives = queue::kMaxAttempts + 3},
                            road.in_force};
  const auto work = [&] {
    return *pipeline::WorkBatch(
        road.waiting, process, {.wait = Duration(0)}, [](const std::vector<handoff::Outgoing>&) {}, [] { return 0.5; },
        road.log);
  };
  road.plan.FailAll(FaultWhen::kBefore, Permanent("AccessDenied"));
  for (int tries = 1; tries <= 20; ++tries) {
    EXPECT_EQ(work(), 1) << tries;
    road.clock.Advance(minutes(6));
  }
  EXPECT_THAT(*road.waiting.dead_letters().List(5), IsEmpty());
  EXPECT_EQ(process.counts().dead, 0);
  road.plan.Mend();
  EXPECT_EQ(work(), 1);
  EXPECT_EQ(road.Get(accepted.ticket).state, State::kLanded);
  EXPECT_THAT(*road.waiting.dead_letters().List(5), IsEmpty());
}

// Messages that nobody can read, of tickets that can be.
class UnreadableMessages : public store::Tickets {
 public:
  explicit UnreadableMessages(store::Tickets& inner) : inner_(inner) {}
  Result<Ticket> Get(const std::string& id) override { return inner_.Get(id); }
  Result<std::vector<Message>> Messages(const std::string&) override { return Permanent("damaged"); }
  Result<store::TicketWithMessages> GetWithMessages(const std::string&) override { return Permanent("damaged"); }
  Result<std::vector<store::ReadingRow>> Readings(const std::string& id) override { return inner_.Readings(id); }
  Result<store::TicketPage> Search(const store::TicketQuery& query) override { return inner_.Search(query); }

 private:
  store::Tickets& inner_;
};

TEST(Dead, NothingIsBuriedUntoldWhileThereIsNoBook) {
  Road road;
  const Ticket ticket = road.Land(Mail("first", "My parcel has been in Leipzig for five days"));
  ASSERT_EQ(ticket.state, State::kLanded);
  UnreadableMessages tickets(road.store.tickets());
  pipeline::Process process{{road.store.ledger(), tickets, road.store.lookups(), road.waiting, road.reader,
                             road.embedded, road.ids, road.clock, road.log},
                            {.handoff = road.settings},
                            road.in_force};
  const rules::RuleBookPtr book = std::exchange(road.book, nullptr);
  const queue::Lease lease{{ticket.id, 1}, "", 1, road.clock.Now()};
  EXPECT_EQ(process.Work(lease).outcome, pipeline::Outcome::kAgain);
  EXPECT_FALSE(road.Get(ticket.id).dead_lettered);
  road.book = book;
  EXPECT_EQ(process.Work(lease).outcome, pipeline::Outcome::kDead);
  EXPECT_TRUE(road.Get(ticket.id).dead_lettered);
}

TEST(Dead, AnItemOfNoTicketIsALetterAtOnce) {
  Road road;
  ASSERT_TRUE(road.waiting.Send({"01NOTICKET", 1}, Duration(0)));
  road.WorkOnce();
  EXPECT_THAT(*road.waiting.dead_letters().List(5), SizeIs(1));
}

}  // namespace
}  // namespace tr::road
