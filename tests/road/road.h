#pragma once
// The whole road over fakes: gate, queue, worker, outbox, corrections, sweeper, with every port call counted by one
// fault plan. Nothing here sleeps: the clock stands until a test moves it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "correct/command.h"
#include "handoff/outbox.h"
#include "intake/accept.h"
#include "pipeline/process.h"
#include "pipeline/sweep.h"
#include "pipeline/work.h"
#include "testing/counting_ids.h"
#include "testing/example_book.h"
#include "testing/fake_channel.h"
#include "testing/fake_reader.h"
#include "testing/faulty_ports.h"
#include "testing/faulty_store.h"
#include "testing/manual_clock.h"
#include "testing/memory_queue.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"

namespace tr::road {

using std::chrono::hours;
using std::chrono::minutes;
using testing::MakeReading;

// A customer's mail. Its Message-ID is "WORD@mail.example"; `answers` that of the mail that it replies to.
inline intake::Arrival Mail(const std::string& word, const std::string& text, const std::string& answers = "",
                            const std::string& from = "kim@mail.example") {
  intake::Arrival mail;
  mail.identity = ToHex(HashFields({word, text}));
  mail.from = {"Kim", from};
  mail.customer = {"Kim", from, Verification::kUnverified};
  mail.subject = "Order 7";
  mail.text = text;
  mail.new_text = text;
  mail.message_id = word + "@mail.example";
  if (!answers.empty()) mail.references = {answers + "@mail.example"};
  mail.original = "raw " + text;
  return mail;
}

inline handoff::Settings WithSlackAndMail() {
  handoff::Settings settings;
  settings.channels = {true, true};
  settings.base_url = "https://router.example";
  return settings;
}

class Road {
 public:
  explicit Road(handoff::Settings hand_off = WithSlackAndMail()) : settings(std::move(hand_off)) {
    channels.Add("slack", faulty_slack);
    channels.Add("mail", faulty_mail);
    reader.Otherwise(MakeReading("delivery"));
    embedded.Otherwise(MakeReading("delivery"));
  }

  Result<intake::Accepted> Accept(intake::Arrival arrival) { return gate.Accept(std::move(arrival)); }

  // The sender tries until it is taken.
  intake::Accepted MustAccept(const intake::Arrival& arrival) {
    Result<intake::Accepted> accepted = gate.Accept(arrival);
    for (int tries = 1; !accepted && tries < 5; ++tries) accepted = gate.Accept(arrival);
    EXPECT_TRUE(accepted.ok());
    return accepted ? *accepted : intake::Accepted{};
  }

  // One batch, delivered as `serve` does it. A queue that does not answer is asked again later.
  int WorkOnce() {
    const pipeline::WorkOptions options{.wait = Duration(0)};
    const Result<int> worked = pipeline::WorkBatch(
        queue, process, options, [this](std::vector<handoff::Outgoing> begun) { outbox.Deliver(begun); },
        [] { return 0.5; }, log);
    return worked ? *worked : 0;
  }

  void Work() {
    while (WorkOnce() > 0) {
    }
  }

  // Everything that is due for half an hour, or for less: retries, leases that run out, deliveries, the sweeper.
  void Settle(int for_minutes = 30) {
    for (int minute = 0; minute < for_minutes; ++minute) {
      Work();
      (void)outbox.DeliverDue(50);
      (void)pipeline::Sweep(Sweeper(), sweep);
      clock.Advance(minutes(1));
    }
  }

  // Accepts it and works until the queue is empty.
  Ticket Land(const intake::Arrival& arrival) {
    const intake::Accepted accepted = MustAccept(arrival);
    Work();
    return Get(accepted.ticket);
  }

  Ticket Get(const std::string& id) {
    const Result<Ticket> ticket = store.tickets().Get(id);
    EXPECT_TRUE(ticket.ok()) << id;
    return ticket ? *ticket : Ticket{};
  }

  std::vector<Message> Messages(const std::string& id) { return *store.tickets().Messages(id); }

  std::vector<Ticket> All() {
    store::TicketQuery query;
    query.limit = 200;
    return store.tickets().Search(query)->tickets;
  }

  // Ids in a team's queue, in its order.
  std::vector<std::string> Queue(const std::string& team) {
    std::vector<std::string> order;
    const Result<store::TicketPage> page = store.queues().List(team, "", 100);
    for (const Ticket& ticket : page->tickets) order.push_back(ticket.id);
    return order;
  }

  std::vector<std::string> AuditKinds(const std::string& id) {
    std::vector<std::string> kinds;
    const Result<std::vector<store::AuditRow>> rows = store.audit().OfTicket(id);
    for (const store::AuditRow& row : *rows) kinds.push_back(row.kind);
    return kinds;
  }

  // "card #help-shipping", "ping omar@shop.example", …: what was said, in order.
  std::vector<std::string> Said() const {
    std::vector<std::string> said;
    for (const testing::FakeChannel* channel : {&slack, &mail}) {
      for (const handoff::Notice& notice : channel->said()) {
        const bool ping = notice.kind == store::DeliveryKind::kPing;
        said.push_back(std::string(store::Name(notice.kind)) + " " + (ping ? notice.person : notice.address));
      }
    }
    return said;
  }

  // How often each notice was said.
  std::map<std::string, int> TimesSaid() const {
    std::map<std::string, int> times;
    for (const testing::FakeChannel* channel : {&slack, &mail}) {
      for (const handoff::Notice& notice : channel->said()) ++times[notice.id];
    }
    return times;
  }

  Result<correct::Corrected> Apply(const std::string& id, correct::Action action, const std::string& key = "") {
    return Apply(id, Get(id).version, std::move(action), key);
  }
  Result<correct::Corrected> Apply(const std::string& id, std::int64_t version, correct::Action action,
                                   const std::string& key = "") {
    Result<correct::Corrected> corrected = correct.Apply({id, version, key, "lena@shop.example", std::move(action)});
    if (corrected) outbox.Deliver(corrected->begun);
    return corrected;
  }

  pipeline::SweepPorts Sweeper() {
    return {ports.ledger(), ports.tickets(), ports.queues(), ports.eraser(), queue, clock, log, in_force};
  }

  testing::ManualClock clock;
  testing::CountingIds ids;
  testing::RecordingLog log;
  testing::FaultPlan plan;
  testing::MemoryStore store;
  testing::MemoryQueue waiting{clock};
  testing::FakeReader reader;
  testing::FakeReader embedded;
  testing::FakeChannel slack;
  testing::FakeChannel mail;
  testing::FakeChannels channels;

  // The same ports as the road sees them.
  testing::FaultyStore ports{store, plan};
  testing::FaultyQueue queue{waiting, plan};
  testing::FaultyReader faulty_reader{reader, plan};
  testing::FaultyReader faulty_embedded{embedded, plan};
  testing::FaultyChannel faulty_slack{slack, plan};
  testing::FaultyChannel faulty_mail{mail, plan};

  rules::RuleBookPtr book = testing::ExampleBook();
  std::function<rules::RuleBookPtr()> in_force = [this] { return book; };
  handoff::Settings settings;
  pipeline::SweepSettings sweep{.done_after = Duration(0), .keep_texts = Duration(0), .handoff = settings};

  intake::Gate gate{{ports.ledger(), ports.tickets(), ports.lookups(), ports.originals(), queue, ids, clock, log}};
  pipeline::Process process{
      {ports.ledger(), ports.tickets(), ports.lookups(), queue, faulty_reader, faulty_embedded, ids, clock, log},
      {.handoff = settings},
      in_force};
  handoff::Outbox outbox{{ports.ledger(), ports.tickets(), ports.deliveries(), ports.audit(), channels, clock, log},
                         settings,
                         in_force,
                         [] { return 0.5; }};
  correct::Correct correct{
      {ports.ledger(), ports.tickets(), ports.lookups(), ports.corrections(), ports.audit(), queue, ids, clock, log},
      settings,
      in_force};
};

}  // namespace tr::road
