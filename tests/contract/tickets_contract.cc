// Tickets and Lookups: what was stored, found again.

#include <set>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Step;
using store::TicketQuery;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;
using ::testing::SizeIs;

std::vector<std::string> Subjects(const std::vector<Ticket>& tickets) {
  std::vector<std::string> subjects;
  for (const Ticket& ticket : tickets) subjects.push_back(ticket.subject);
  return subjects;
}

// A ticket received `minute` minutes after the beginning, with ids in the same order.
Ticket At(Time start, int minute, const std::string& subject) {
  const Time at = start + std::chrono::minutes(minute);
  Ticket ticket = SampleTicket(SampleId(at, 1), at);
  ticket.subject = subject;
  return ticket;
}

// All pages of a query, one after the other; no more than 100.
std::vector<Ticket> AllPages(store::Tickets& tickets, TicketQuery query) {
  std::vector<Ticket> all;
  for (int page = 0; page < 100; ++page) {
    const auto found = Must(tickets.Search(query));
    EXPECT_LE(found.tickets.size(), static_cast<std::size_t>(query.limit));
    all.insert(all.end(), found.tickets.begin(), found.tickets.end());
    if (found.next.empty()) return all;
    query.cursor = found.next;
  }
  ADD_FAILURE() << "the pages do not end";
  return all;
}

TEST_P(TicketsContract, AnUnknownTicketIsNotFound) {
  for (const std::string& id :
       {std::string(), std::string("no"), std::string("\xFF"), SampleId(now(), 1), HostileTexts()[1]}) {
    EXPECT_EQ(Outcome(store_->tickets().Get(id)), "not_found") << id;
    EXPECT_EQ(Outcome(store_->tickets().GetWithMessages(id)), "not_found") << id;
    EXPECT_THAT(Must(store_->tickets().Messages(id)), IsEmpty()) << id;
    EXPECT_THAT(Must(store_->tickets().Readings(id)), IsEmpty()) << id;
  }
}

TEST_P(TicketsContract, MessagesComeInOrderOfTheirNumber) {
  const Ticket ticket = Put(SampleTicket(SampleId(now(), 1), now()));
  const Ticket other = Put(SampleTicket(SampleId(now(), 2), now()));
  for (const int n : {11, 2, 10, 3}) {
    Step step;
    step.messages = {SampleMessage(ticket, n)};
    Must(Commit(step));
  }
  const std::vector<Message> messages = Must(store_->tickets().Messages(ticket.id));
  std::vector<int> numbers;
  for (const Message& message : messages) numbers.push_back(message.n);
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 10, 11));
  const store::TicketWithMessages whole = Must(store_->tickets().GetWithMessages(ticket.id));
  EXPECT_EQ(whole.ticket, Must(store_->tickets().Get(ticket.id)));
  EXPECT_EQ(whole.messages, messages);
  EXPECT_THAT(Must(store_->tickets().Messages(other.id)), SizeIs(1));
}

TEST_P(TicketsContract, SearchGivesTheNewestFirst) {
  for (const int minute : {2, 0, 3, 1}) Put(At(now(), minute, std::to_string(minute)));
  EXPECT_THAT(Subjects(Must(store_->tickets().Search({})).tickets), ElementsAre("3", "2", "1", "0"));
}

TEST_P(TicketsContract, SearchOfAnEmptyStoreIsAnEmptyPage) {
  const auto page = Must(store_->tickets().Search({}));
  EXPECT_THAT(page.tickets, IsEmpty());
  EXPECT_EQ(page.next, "");
}

TEST_P(TicketsContract, SearchNarrowsByStateAndMove) {
  Ticket a = At(now(), 0, "landed, escalated");
  a.state = State::kLanded;
  a.move = Move::kEscalate;
  Ticket b = At(now(), 1, "landed, held");
  b.state = State::kLanded;
  b.move = Move::kHold;
  Ticket c = At(now(), 2, "done, held");
  c.state = State::kDone;
  c.move = Move::kHold;
  for (const Ticket& ticket : {a, b, c}) Put(ticket);
  struct Case {
    TicketQuery query;
    std::vector<std::string> expected;
  };
  const std::vector<Case> cases = {
      {{State::kLanded, std::nullopt, "", "", 50}, {"landed, held", "landed, escalated"}},
      {{std::nullopt, Move::kHold, "", "", 50}, {"done, held", "landed, held"}},
      {{State::kLanded, Move::kHold, "", "", 50}, {"landed, held"}},
      {{State::kSuspect, std::nullopt, "", "", 50}, {}},
      {{State::kLanded, std::nullopt, "ESCALATED", "", 50}, {"landed, escalated"}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(Subjects(Must(store_->tickets().Search(one.query)).tickets), one.expected);
  }
}

TEST_P(TicketsContract, ATicketIsFoundByItsNewStateOnly) {
  const Ticket ticket = Put(At(now(), 0, "moving"));
  Ticket done = ticket;
  done.state = State::kDone;
  Change(ticket, done);
  TicketQuery query;
  query.state = State::kReceived;
  EXPECT_THAT(Must(store_->tickets().Search(query)).tickets, IsEmpty());
  query.state = State::kDone;
  EXPECT_THAT(Must(store_->tickets().Search(query)).tickets, SizeIs(1));
}

TEST_P(TicketsContract, SearchFindsTextCaseBlind) {
  Ticket a = At(now(), 0, "Parcel from \xC3\x84rmelkanal");
  Ticket b = At(now(), 1, "50% off_");
  b.customer.address = "o'neil@globex.example";
  Put(a);
  Put(b);
  const auto found = [&](const std::string& text) {
    TicketQuery query;
    query.text = text;
    return Subjects(AllPages(store_->tickets(), query));
  };
  EXPECT_THAT(found("pARCEL"), ElementsAre(a.subject));
  EXPECT_THAT(found("\xC3\xA4rmel"), ElementsAre(a.subject)) << "case-blind beyond ASCII";
  EXPECT_THAT(found("O'NEIL@"), ElementsAre(b.subject));
  EXPECT_THAT(found("globex"), ElementsAre(b.subject));
  EXPECT_THAT(found(a.id), ElementsAre(a.subject));
  EXPECT_THAT(found("%"), ElementsAre(b.subject)) << "no wildcard";
  EXPECT_THAT(found("_"), ElementsAre(b.subject)) << "no wildcard";
  EXPECT_THAT(found("parcel from nowhere"), IsEmpty());
  EXPECT_THAT(found("where is my"), IsEmpty()) << "not in the messages' texts";
  for (const std::string& hostile : HostileTexts()) EXPECT_THAT(found(hostile), IsEmpty());
}

TEST_P(TicketsContract, PagesGiveEachTicketOnce) {
  for (int i = 0; i < 7; ++i) Put(At(now(), i, std::to_string(i)));
  for (const int limit : {1, 2, 3, 6, 7, 8, 200}) {
    TicketQuery query;
    query.limit = limit;
    EXPECT_THAT(Subjects(AllPages(store_->tickets(), query)), ElementsAre("6", "5", "4", "3", "2", "1", "0")) << limit;
    query.text = "1";
    EXPECT_THAT(Subjects(AllPages(store_->tickets(), query)).size(), ::testing::Ge(1U)) << limit;
  }
}

TEST_P(TicketsContract, TicketsOfOneMomentAreToldApartByTheirIds) {
  std::set<std::string> ids;
  for (int i = 1; i <= 5; ++i) ids.insert(Put(SampleTicket(SampleId(now(), i), now())).id);
  TicketQuery query;
  query.limit = 2;
  std::set<std::string> found;
  for (const Ticket& ticket : AllPages(store_->tickets(), query)) {
    EXPECT_TRUE(found.insert(ticket.id).second) << "twice";
  }
  EXPECT_EQ(found, ids);
}

TEST_P(TicketsContract, WhatArrivesWhilePagingIsNoRepetition) {
  for (int i = 0; i < 4; ++i) Put(At(now(), i, std::to_string(i)));
  TicketQuery query;
  query.limit = 2;
  const auto first = Must(store_->tickets().Search(query));
  EXPECT_THAT(Subjects(first.tickets), ElementsAre("3", "2"));
  Put(At(now(), 9, "new"));
  query.cursor = first.next;
  EXPECT_THAT(Subjects(Must(store_->tickets().Search(query)).tickets), ElementsAre("1", "0"));
}

TEST_P(TicketsContract, ACursorThatNobodyGaveHarmsNothing) {
  Put(At(now(), 0, "one"));
  for (const std::string& cursor : HostileTexts()) {
    TicketQuery query;
    query.cursor = cursor;
    EXPECT_THAT(Outcome(store_->tickets().Search(query)), ::testing::AnyOf("ok", "invalid"));
    EXPECT_THAT(Outcome(store_->queues().List("Billing", cursor, 10)), ::testing::AnyOf("ok", "invalid"));
  }
  EXPECT_THAT(Must(store_->tickets().Search({})).tickets, SizeIs(1));
}

TEST_P(LookupsContract, AnUnknownKeyOrThreadStandsForNothing) {
  EXPECT_EQ(Must(store_->lookups().ByKey("message:none", now())), std::nullopt);
  EXPECT_EQ(Must(store_->lookups().ByThread({}, now())), std::nullopt);
  EXPECT_EQ(Must(store_->lookups().ByThread({"none@mail"}, now())), std::nullopt);
}

TEST_P(LookupsContract, TheFirstKnownMessageIdCounts) {
  Step step;
  const Time expiry = now() + std::chrono::hours(1);
  step.threads = {{"a@mail", "T1", expiry}, {"b@mail", "T2", expiry}, {"old@mail", "T3", now() + Duration(5)}};
  Must(Commit(step));
  auto& lookups = store_->lookups();
  EXPECT_EQ(Must(lookups.ByThread({"x@mail", "b@mail", "a@mail"}, now())), "T2");
  EXPECT_EQ(Must(lookups.ByThread({"a@mail", "b@mail"}, now())), "T1");
  EXPECT_EQ(Must(lookups.ByThread({"A@MAIL"}, now())), std::nullopt) << "Message-IDs are case-sensitive";
  EXPECT_EQ(Must(lookups.ByThread({"old@mail", "b@mail"}, now() + Duration(4))), "T3");
  EXPECT_EQ(Must(lookups.ByThread({"old@mail", "b@mail"}, now() + Duration(5))), "T2") << "the first has expired";
}

TEST_P(LookupsContract, ManyMessageIdsCanBeAskedAtOnce) {
  Step step;
  step.threads = {{"last@mail", "T1", now() + std::chrono::hours(1)}};
  Must(Commit(step));
  std::vector<std::string> ids;
  for (int i = 0; i < 2000; ++i) ids.push_back(std::to_string(i) + "@mail");
  ids.push_back("last@mail");
  EXPECT_EQ(Must(store_->lookups().ByThread(ids, now())), "T1");
}

TEST_P(LookupsContract, ACustomersTicketsComeNewestFirst) {
  for (int i = 0; i < 4; ++i) Put(At(now(), i, std::to_string(i)));
  Ticket other = At(now(), 5, "other");
  other.customer.address = "bob@customer.example";
  Put(other);
  const auto of = [&](int since_minute, int limit) {
    return Subjects(
        Must(store_->lookups().OfCustomer("ada@customer.example", now() + std::chrono::minutes(since_minute), limit)));
  };
  EXPECT_THAT(of(0, 10), ElementsAre("3", "2", "1", "0"));
  EXPECT_THAT(of(2, 10), ElementsAre("3", "2")) << "`since` itself included";
  EXPECT_THAT(of(0, 2), ElementsAre("3", "2"));
  EXPECT_THAT(of(9, 10), IsEmpty());
  EXPECT_THAT(Must(store_->lookups().OfCustomer("nobody@customer.example", now(), 10)), IsEmpty());
}

}  // namespace
}  // namespace tr::contract
