#include "intake/accept.h"

#include <gmock/gmock.h>

#include <functional>
#include <utility>

#include "base/hash.h"
#include "testing/counting_ids.h"
#include "testing/faulty_store.h"
#include "testing/manual_clock.h"
#include "testing/memory_queue.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"

namespace tr::intake {
namespace {

using std::chrono::hours;
using ::testing::SizeIs;

Arrival Mail(const std::string& word, const std::string& answers = "", const std::string& from = "kim@mail.example") {
  Arrival mail;
  mail.identity = ToHex(HashFields({word}));
  mail.from = {"Kim", from};
  mail.customer = {"Kim", from, Verification::kUnverified};
  mail.subject = "Parcel";
  mail.text = mail.new_text = "about " + word;
  mail.message_id = word + "@mail.example";
  if (!answers.empty()) mail.references = {answers + "@mail.example"};
  return mail;
}

class GateTest : public ::testing::Test {
 public:
  Accepted Take(const Arrival& arrival) {
    const Result<Accepted> accepted = gate_.Accept(arrival);
    EXPECT_TRUE(accepted.ok());
    return accepted ? *accepted : Accepted{};
  }

  Ticket Get(const std::string& id) { return *store_.tickets().Get(id); }

  void Change(const std::string& id, const std::function<void(Ticket&)>& change) {
    const Ticket before = Get(id);
    Ticket after = before;
    change(after);
    store::Step step;
    store::AddTicket(step, before, after);
    ASSERT_TRUE(store_.ledger().Commit(step, clock_.Now()));
  }

  testing::ManualClock clock_;
  testing::CountingIds ids_;
  testing::RecordingLog log_;
  testing::MemoryStore store_;
  testing::MemoryQueue queue_{clock_};
  Gate gate_{{store_.ledger(), store_.tickets(), store_.lookups(), store_.originals(), queue_, ids_, clock_, log_}};
};

TEST_F(GateTest, WrittenOnceThenQueued) {
  const Accepted first = Take(Mail("a"));
  EXPECT_FALSE(first.was_known);
  EXPECT_EQ(queue_.size(), 1U);
  const Accepted again = Take(Mail("a"));
  EXPECT_TRUE(again.was_known);
  EXPECT_EQ(again.ticket, first.ticket);
  EXPECT_THAT(*store_.tickets().Messages(first.ticket), SizeIs(1));
  EXPECT_EQ(queue_.size(), 2U) << "nobody handled it yet: it may never have been queued";
  clock_.Advance(kIdentityLife + hours(1));
  EXPECT_FALSE(Take(Mail("a")).was_known);
}

TEST_F(GateTest, AKeyWithoutItsTicketIsNotKnown) {
  store::Step carried;
  const std::string lost = ids_.NewId(clock_.Now()) + "#2";
  for (const char* word : {"a", "b"}) {
    carried.keys.push_back({"message:" + Mail(word).identity, lost, clock_.Now() + hours(1)});
  }
  ASSERT_TRUE(store_.ledger().Commit(carried, clock_.Now()));
  const Accepted first = Take(Mail("a"));
  EXPECT_FALSE(first.was_known);
  EXPECT_EQ(Get(first.ticket).messages, 1);
  EXPECT_TRUE(Take(Mail("a")).was_known);
  EXPECT_EQ(Take(Mail("b", "a")).ticket, first.ticket);
  EXPECT_TRUE(Take(Mail("b", "a")).was_known);
  EXPECT_THAT(*store_.tickets().Messages(first.ticket), SizeIs(2));
}

TEST_F(GateTest, WhetherAMailIsKnownIsNotGuessed) {
  const std::string id = Take(Mail("a")).ticket;
  testing::FaultPlan plan;
  testing::FaultyTickets tickets(store_.tickets(), plan);
  Gate gate{{store_.ledger(), tickets, store_.lookups(), store_.originals(), queue_, ids_, clock_, log_}};
  plan.FailAll(testing::FaultWhen::kBefore);
  EXPECT_EQ(gate.Accept(Mail("a")).fault().kind, FaultKind::kTransient);
}

TEST_F(GateTest, NoIdentityIsRefused) {
  Arrival mail = Mail("a");
  mail.identity.clear();
  EXPECT_EQ(gate_.Accept(mail).fault().kind, FaultKind::kInvalid);
}

TEST_F(GateTest, EverythingIsCutToItsLimit) {
  Arrival mail = Mail("a");
  mail.subject = std::string(5000, 's');
  mail.text = mail.new_text = std::string(kMaxKeptTextBytes + 10, 't') + "\xff";
  mail.from.name = std::string(5000, 'n');
  mail.customer.address = mail.from.address = std::string(900, 'A') + "@mail.example";
  mail.attachments.resize(900);
  const std::string id = Take(mail).ticket;
  const Ticket ticket = Get(id);
  const Message message = store_.tickets().Messages(id)->front();
  EXPECT_LE(ticket.subject.size(), kMaxSubjectBytes);
  EXPECT_LE(message.text.size(), kMaxKeptTextBytes);
  EXPECT_LE(message.from.name.size(), kMaxNameBytes);
  EXPECT_LE(ticket.customer.address.size(), kMaxAddressBytes);
  EXPECT_EQ(ticket.customer.address[0], 'a');
  EXPECT_EQ(message.attachments.size(), kMaxAttachments);
}

TEST_F(GateTest, Threads) {
  struct Case {
    const char* what;
    std::function<void(GateTest&, const std::string&)> prepare;
    std::function<void(Arrival&, const std::string&)> change;
    bool joins;
    const char* link;  // of the new ticket
  };
  const auto nothing = [](auto&&...) {};  // fits both
  const std::vector<Case> cases = {
      {"References", nothing, nothing, true, ""},
      {"no References", nothing, [](Arrival& reply, const std::string&) { reply.references.clear(); }, false, ""},
      {"the subject's tag", nothing,
       [](Arrival& reply, const std::string& id) {
         reply.references.clear();
         reply.tagged_ticket = id;
       },
       true, ""},
      {"a tag of no ticket", nothing,
       [](Arrival& reply, const std::string&) {
         reply.references.clear();
         reply.tagged_ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
       },
       false, ""},
      {"a stranger", nothing,
       [](Arrival& reply, const std::string&) { reply.from.address = reply.customer.address = "eve@evil.example"; },
       false, "stranger_reply"},
      {"a forged sender", nothing,
       [](Arrival& reply, const std::string&) { reply.customer.verification = Verification::kFailed; }, false,
       "stranger_reply"},
      {"a known person's answer", nothing,
       [](Arrival& reply, const std::string&) {
         reply.from.address = "ida@shop.example";
         reply.author = Author::kTeam;
         reply.joins_freely = true;
       },
       true, ""},
      {"done for 13 days",
       [](GateTest& gate, const std::string& id) {
         gate.Change(id, [&](Ticket& ticket) {
           ticket.state = State::kDone;
           ticket.done_at = gate.clock_.Now() - hours(24 * 13);
         });
       },
       nothing, true, ""},
      {"done for 15 days",
       [](GateTest& gate, const std::string& id) {
         gate.Change(id, [&](Ticket& ticket) {
           ticket.state = State::kDone;
           ticket.done_at = gate.clock_.Now() - hours(24 * 15);
         });
       },
       nothing, false, "reply_to"},
      {"set aside",
       [](GateTest& gate, const std::string& id) {
         gate.Change(id, [](Ticket& ticket) { ticket.state = State::kSetAside; });
       },
       nothing, false, "reply_to"},
      {"merged into itself, in a circle",
       [](GateTest& gate, const std::string& id) {
         gate.Change(id, [&](Ticket& ticket) {
           ticket.state = State::kMerged;
           ticket.links = {{"merged_into", id}};
         });
       },
       nothing, false, "reply_to"},
  };
  int n = 0;
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const std::string word = "m" + std::to_string(++n);
    const std::string id = Take(Mail(word)).ticket;
    one.prepare(*this, id);
    Arrival reply = Mail(word + "r", word);
    one.change(reply, id);
    const Accepted accepted = Take(reply);
    EXPECT_EQ(accepted.joined, one.joins);
    EXPECT_EQ(accepted.ticket == id, one.joins);
    if (one.joins) continue;
    const std::vector<Link> links = Get(accepted.ticket).links;
    EXPECT_EQ(links.empty() ? "" : links.front().kind, one.link);
    for (const Link& link : links) EXPECT_EQ(link.id, id);
  }
}

TEST_F(GateTest, FollowsMergesToTheSurvivor) {
  const std::string last = Take(Mail("c")).ticket;
  const std::string middle = Take(Mail("b")).ticket;
  const std::string first = Take(Mail("a")).ticket;
  const auto merge = [](const std::string& into) {
    return [into](Ticket& ticket) {
      ticket.state = State::kMerged;
      ticket.links = {{"merged_into", into}};
    };
  };
  Change(first, merge(middle));
  Change(middle, merge(last));
  EXPECT_EQ(Take(Mail("reply", "a")).ticket, last);
}

TEST_F(GateTest, ASuspectIsKeptAndNotQueued) {
  Take(Mail("a"));
  Arrival spam = Mail("b", "a");
  spam.suspect_why = "spam";
  const Accepted accepted = Take(spam);
  EXPECT_FALSE(accepted.joined);
  EXPECT_EQ(Get(accepted.ticket).state, State::kSuspect);
  EXPECT_EQ(queue_.size(), 1U);
}

TEST_F(GateTest, AKnownPersonWhoOpensATicketIsItsCustomer) {
  Arrival mail = Mail("a", "", "eli@shop.example");
  mail.author = Author::kTeam;
  EXPECT_EQ(store_.tickets().Messages(Take(mail).ticket)->front().author, Author::kCustomer);
}

// A message of the team on a ticket: to whom it speaks decides what it is.
TEST_F(GateTest, WhoSpeaksOnATicket) {
  struct Case {
    const char* what;
    bool by_references;
    std::function<void(Arrival&, const std::string&)> change;
    Author author;
  };
  const auto nothing = [](auto&&...) {};
  const std::vector<Case> cases = {
      {"an answer by References", true, nothing, Author::kTeam},
      {"an answer by the tag, to the customer", false,
       [](Arrival& reply, const std::string& id) {
         reply.tagged_ticket = id;
         reply.recipients = {"kim@mail.example", "support@shop.example"};
       },
       Author::kTeam},
      {"by the tag, to the router alone", false,
       [](Arrival& reply, const std::string& id) {
         reply.tagged_ticket = id;
         reply.recipients = {"support@shop.example"};
       },
       Author::kNote},
      {"a reply to a card", false, [](Arrival& reply, const std::string& id) { reply.card_ticket = id; },
       Author::kNote},
      {"a reply to a card that names the customer's mail too", true,
       [](Arrival& reply, const std::string& id) { reply.card_ticket = id; }, Author::kNote},
      {"an out-of-office reply to a card, by an address that nobody knows", false,
       [](Arrival& reply, const std::string& id) {
         reply.card_ticket = id;
         reply.author = Author::kCustomer;
         reply.joins_freely = false;
         reply.machine = Machine::kAutoReply;
       },
       Author::kNote},
      {"a card that was forwarded to its customer, who answers it", false,
       [](Arrival& reply, const std::string& id) {
         reply.card_ticket = id;
         reply.author = Author::kCustomer;
         reply.joins_freely = false;
         reply.from.address = reply.customer.address = "kim@mail.example";
       },
       Author::kCustomer},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const std::string word = "a" + std::to_string(&one - cases.data());
    const std::string id = Take(Mail(word)).ticket;
    Arrival reply = Mail("reply to " + word, one.by_references ? word : "", "ida@shop.example");
    reply.author = Author::kTeam;
    reply.joins_freely = true;
    one.change(reply, id);
    const Accepted accepted = Take(reply);
    EXPECT_EQ(accepted.ticket, id);
    EXPECT_TRUE(accepted.joined);
    EXPECT_EQ(Name(store_.tickets().Messages(id)->back().author), Name(one.author));
  }
}

TEST_F(GateTest, AKnownPersonOnTheirOwnTicketIsItsCustomer) {
  Arrival mail = Mail("a", "", "eli@shop.example");
  mail.author = Author::kTeam;
  const std::string id = Take(mail).ticket;
  Arrival reply = Mail("reply", "a", "eli@shop.example");
  reply.author = Author::kTeam;
  reply.joins_freely = true;
  EXPECT_EQ(Take(reply).ticket, id);
  EXPECT_EQ(store_.tickets().Messages(id)->back().author, Author::kCustomer);
}

TEST_F(GateTest, AStrangerWhoAnswersACardOpensATicketOfTheirOwn) {
  const std::string id = Take(Mail("a")).ticket;
  Arrival reply = Mail("reply", "", "eve@evil.example");
  reply.card_ticket = id;
  const Accepted accepted = Take(reply);
  EXPECT_NE(accepted.ticket, id);
  EXPECT_EQ(Get(accepted.ticket).links.at(0).kind, "stranger_reply");
}

// The same message comes in by two processes at once: the slower one finds what the faster one wrote.
class Raced : public store::Ledger {
 public:
  explicit Raced(store::Ledger& inner) : inner_(inner) {}
  Result<void> Commit(const store::Step& step, Time now) override {
    if (const auto run = std::exchange(before, nullptr)) run();
    return inner_.Commit(step, now);
  }
  std::function<void()> before;

 private:
  store::Ledger& inner_;
};

TEST_F(GateTest, ARaceIsLookedAtAnew) {
  Raced ledger(store_.ledger());
  Gate slow({ledger, store_.tickets(), store_.lookups(), store_.originals(), queue_, ids_, clock_, log_});
  std::string fast;
  ledger.before = [&] { fast = Take(Mail("a")).ticket; };
  const Result<Accepted> accepted = slow.Accept(Mail("a"));
  ASSERT_TRUE(accepted.ok());
  EXPECT_TRUE(accepted->was_known);
  EXPECT_EQ(accepted->ticket, fast);

  ledger.before = [&] { Take(Mail("b", "a")); };
  const Result<Accepted> reply = slow.Accept(Mail("c", "a"));
  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->message, 3);
}

}  // namespace
}  // namespace tr::intake
