// Queues: the order in which a team sees its tickets, and what fell between two writes.

#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Step;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::LandedTicket;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;
using ::testing::SizeIs;

std::vector<std::string> Subjects(const std::vector<Ticket>& tickets) {
  std::vector<std::string> subjects;
  for (const Ticket& ticket : tickets) subjects.push_back(ticket.subject);
  return subjects;
}

Ticket InTeam(Time start, int minute, int n, const std::string& team, Rank rank) {
  const Time at = start + std::chrono::minutes(minute);
  Ticket ticket = LandedTicket(SampleId(at, n), at, team, rank);
  ticket.subject = std::string(Name(rank)).substr(0, 1) + std::to_string(minute) + "." + std::to_string(n);
  return ticket;
}

TEST_P(QueuesContract, TheOrderIsRankThenTimeThenId) {
  const Time start = now();
  for (const Ticket& ticket : {
           InTeam(start, 2, 2, "Billing", Rank::kNormal),
           InTeam(start, 0, 1, "Billing", Rank::kNormal),
           InTeam(start, 5, 1, "Billing", Rank::kEscalate),
           InTeam(start, 4, 1, "Billing", Rank::kPriority),
           InTeam(start, 1, 1, "Billing", Rank::kPriority),
           InTeam(start, 2, 1, "Billing", Rank::kNormal),
           InTeam(start, 6, 1, "Billing", Rank::kEscalate),
           InTeam(start, 0, 2, "Support", Rank::kEscalate),
       }) {
    Put(ticket);
  }
  const std::vector<std::string> order = {"e5.1", "e6.1", "p1.1", "p4.1", "n0.1", "n2.1", "n2.2"};
  for (const int limit : {1, 2, 3, 6, 7, 50}) {
    SCOPED_TRACE(limit);
    std::vector<std::string> seen;
    std::string cursor;
    do {
      const auto page = Must(store_->queues().List("Billing", cursor, limit));
      ASSERT_LE(page.tickets.size(), static_cast<std::size_t>(limit));
      for (const std::string& subject : Subjects(page.tickets)) seen.push_back(subject);
      cursor = page.next;
    } while (!cursor.empty() && seen.size() < 20);
    EXPECT_EQ(seen, order);
  }
}

TEST_P(QueuesContract, ATeamWithoutTicketsHasAnEmptyPage) {
  const auto page = Must(store_->queues().List("Nobody", "", 50));
  EXPECT_THAT(page.tickets, IsEmpty());
  EXPECT_EQ(page.next, "");
}

TEST_P(QueuesContract, ATicketMovesWithItsTeamAndRank) {
  const Ticket first = Put(InTeam(now(), 0, 1, "Billing", Rank::kNormal));
  const Ticket second = Put(InTeam(now(), 1, 1, "Billing", Rank::kNormal));
  Ticket raised = second;
  raised.rank = Rank::kEscalate;
  const Ticket on_top = Change(second, raised);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, ElementsAre(on_top, first));
  Ticket moved = on_top;
  moved.team = "Support";
  const Ticket elsewhere = Change(on_top, moved);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, ElementsAre(first));
  EXPECT_THAT(Must(store_->queues().List("Support", "", 10)).tickets, ElementsAre(elsewhere));
  Ticket done = elsewhere;
  done.state = State::kDone;
  Change(elsewhere, done);
  EXPECT_THAT(Must(store_->queues().List("Support", "", 10)).tickets, IsEmpty());
}

TEST_P(QueuesContract, TheListShowsTheTicketAsItIsNow) {
  const Ticket ticket = Put(InTeam(now(), 0, 1, "Billing", Rank::kNormal));
  Ticket renamed = ticket;
  renamed.subject = "renamed";
  const Ticket stored = Change(ticket, renamed);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 10)).tickets, ElementsAre(stored));
}

TEST_P(QueuesContract, ACursorOutlivesTheTicketThatItCameFrom) {
  std::vector<Ticket> tickets;
  for (int i = 0; i < 4; ++i) tickets.push_back(Put(InTeam(now(), i, 1, "Billing", Rank::kNormal)));
  const auto page = Must(store_->queues().List("Billing", "", 2));
  EXPECT_THAT(page.tickets, ElementsAre(tickets[0], tickets[1]));
  Ticket done = tickets[1];
  done.state = State::kDone;
  Change(tickets[1], done);
  EXPECT_THAT(Must(store_->queues().List("Billing", page.next, 2)).tickets, ElementsAre(tickets[2], tickets[3]));
}

TEST_P(QueuesContract, CountsTellEveryTeamWithEntries) {
  EXPECT_THAT(Must(store_->queues().Counts()), IsEmpty());
  Put(InTeam(now(), 3, 1, "Billing", Rank::kNormal));
  Put(InTeam(now(), 1, 1, "Billing", Rank::kNormal));
  Put(InTeam(now(), 2, 1, "Billing", Rank::kEscalate));
  const Ticket alone = Put(InTeam(now(), 4, 1, "It's \"Support\"", Rank::kPriority));
  auto counts = Must(store_->queues().Counts());
  std::ranges::sort(counts, {}, &store::TeamCount::team);
  ASSERT_THAT(counts, SizeIs(2));
  EXPECT_EQ(counts[0].team, "Billing");
  EXPECT_THAT((std::vector{counts[0].escalate, counts[0].priority, counts[0].normal}), ElementsAre(1, 0, 2));
  EXPECT_EQ(counts[0].oldest, now() + std::chrono::minutes(1));
  EXPECT_EQ(counts[1].team, "It's \"Support\"");
  EXPECT_THAT((std::vector{counts[1].escalate, counts[1].priority, counts[1].normal}), ElementsAre(0, 1, 0));
  Ticket done = alone;
  done.state = State::kDone;
  Change(alone, done);
  EXPECT_THAT(Must(store_->queues().Counts()), SizeIs(1));
}

TEST_P(QueuesContract, UnhandledGivesWhatNobodyHandledOldestFirst) {
  const Ticket ticket = SampleTicket(SampleId(now(), 1), now());
  Step step;
  store::AddTicket(step, Ticket{}, ticket);
  const auto add = [&](int n, int minute, Author author, MessageState state) {
    Message message = SampleMessage(ticket, n);
    message.at = now() + std::chrono::minutes(minute);
    message.author = author;
    message.state = state;
    step.messages.push_back(message);
  };
  add(1, 3, Author::kCustomer, MessageState::kReceived);
  add(2, 1, Author::kCustomer, MessageState::kReceived);
  add(3, 0, Author::kCustomer, MessageState::kHandled);
  add(4, 2, Author::kTeam, MessageState::kReceived);
  add(5, 4, Author::kNote, MessageState::kReceived);
  add(6, 5, Author::kCustomer, MessageState::kReceived);
  Must(Commit(step));
  const auto numbers = [&](int before_minute, int limit) {
    std::vector<int> found;
    for (const auto& row : Must(store_->queues().Unhandled(now() + std::chrono::minutes(before_minute), limit))) {
      EXPECT_EQ(row.ticket, ticket.id);
      found.push_back(row.message);
    }
    return found;
  };
  EXPECT_THAT(numbers(60, 10), ElementsAre(2, 4, 1, 5, 6)) << "whoever wrote them";
  EXPECT_THAT(numbers(5, 10), ElementsAre(2, 4, 1, 5)) << "`before` itself is too young";
  EXPECT_THAT(numbers(60, 1), ElementsAre(2));
  EXPECT_THAT(numbers(0, 10), IsEmpty());
  EXPECT_EQ(Must(store_->queues().Unhandled(now() + std::chrono::hours(1), 1))[0].at, now() + std::chrono::minutes(1));

  Step handled;
  handled.messages = {step.messages[1]};
  handled.messages[0].state = MessageState::kHandled;
  Must(Commit(handled));
  EXPECT_THAT(numbers(60, 10), ElementsAre(4, 1, 5, 6));
}

}  // namespace
}  // namespace tr::contract
