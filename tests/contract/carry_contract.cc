// Export and import: what was carried is what was there, on every store and between them.

#include <algorithm>

#include "base/hash.h"
#include "carry/carry.h"
#include "carry/rows.h"
#include "contract/full_step.h"
#include "contract/hostile_texts.h"
#include "contract/store_contract.h"
#include "testing/memory_queue.h"
#include "testing/memory_store.h"

namespace tr::contract {
namespace {

using store::Step;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::LandedTicket;
using testing::SampleDelivery;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;
using ::testing::SizeIs;
using testing::StepOfNew;

using Lines = std::vector<std::string>;

store::Usage& UsageOf(StoreUnderTest& store) { return *store.usage(); }
store::Usage& UsageOf(testing::MemoryStore& store) { return store.usage(); }

template <typename Store>
carry::Ports PortsOf(Store& store, queue::Queue& queue) {
  return {store.dump(), store.tickets(), store.originals(), store.people(), store.shelf(), queue, UsageOf(store)};
}
carry::Ports PortsOf(StoreUnderTest& store) { return PortsOf(store, store.queue()); }

Lines Exported(const carry::Ports& ports) {
  Lines lines;
  const auto counts = carry::Export(ports, [&lines](std::string_view line) {
    lines.emplace_back(line);
    return Ok();
  });
  EXPECT_EQ(Must(counts).lines, static_cast<std::int64_t>(lines.size()));
  return lines;
}

carry::Source SourceOf(const Lines& lines) {
  return [&lines, next = std::size_t{0}]() mutable -> Result<std::optional<std::string>> {
    if (next == lines.size()) return std::optional<std::string>();
    return std::optional(lines[next++]);
  };
}

Lines Sorted(Lines lines) {
  std::ranges::sort(lines);
  return lines;
}

std::string OriginalOf(int i) { return std::string("\0\xFF words ", 9) + std::to_string(i); }

// Everything that can be there, some of it more than once.
void Fill(StoreUnderTest& store) {
  const Time at = store.clock.Now();
  for (int i = 1; i <= 3; ++i) {
    const Ticket ticket = FullTicket(SampleId(at, i), at);
    Step step = FullStep(ticket, at);
    step.corrections[0].id = SampleId(at, 600 + i);
    step.messages[0].original = ToHex(Sha256(OriginalOf(i)));
    Must(store.originals().Put(step.messages[0].original, OriginalOf(i), step.messages[0].at));
    Must(store.ledger().Commit(step, at));
    Ticket again = Must(store.tickets().Get(ticket.id));
    Step second;
    second.audit = {{ticket.id, 2, at, "router", "moved", "{}"}, {SampleId(at, 1), 2, at, "router", "beside", "{}"}};
    second.messages = {SampleMessage(ticket, 1)};
    second.readings = {{ticket.id, 1, at, FullReading()}};
    second.corrections = {testing::SampleCorrection(SampleId(at, 500 - i), ticket, at)};
    store::AddTicket(second, again, again);
    Must(store.ledger().Commit(second, at));
  }
  Step rest;
  rest.deliveries = {{std::nullopt, SampleDelivery(SampleTicket(SampleId(at, 9), at), at)}};
  rest.deliveries[0].delivery.id = "digest";
  rest.deliveries[0].delivery.ticket.clear();
  rest.keys = {{"message:b", SampleId(at, 1) + "#2", at + std::chrono::hours(1)}, {"land:c", "nobody", at}};
  Must(store.ledger().Commit(rest, at));
  Must(store.people().Put({"digest", "lena@shop.example", "lead", "hers", at, at + std::chrono::hours(1)}));
  Must(store.shelf().Keep({"a", "b", "c", std::nullopt}, 0, "lena", "first", at));
  Must(store.shelf().Keep({"a", "b", "d", ""}, 1, "", "second", at + Duration(1)));
  Must(store.shelf().SetAnnouncedTrouble("trouble"));
  Must(store.usage()->Add("2026-01", {3, 2400, 180, 3300}, std::nullopt));
  Must(store.usage()->Add("2026-02", {1, 800, 60, 1100}, std::nullopt));
}

TEST_P(CarryContract, WhatIsCarriedIsWhatWasThere) {
  Fill(*store_);
  const Lines lines = Exported(PortsOf(*store_));
  const auto other = GetParam()();
  const auto counts = Must(carry::Import(PortsOf(*other), SourceOf(lines)));
  EXPECT_EQ(counts.tickets, 3);
  EXPECT_EQ(counts.lines, static_cast<std::int64_t>(lines.size()));
  EXPECT_EQ(Sorted(Exported(PortsOf(*other))), Sorted(lines));

  const std::string id = SampleId(now(), 2);
  EXPECT_EQ(Must(other->tickets().Get(id)), Get(id));
  EXPECT_EQ(Must(other->queues().List("Billing", "", 10)).tickets,
            Must(store_->queues().List("Billing", "", 10)).tickets);
  EXPECT_EQ(Must(other->deliveries().OfTicket(id)), Must(store_->deliveries().OfTicket(id)));
  EXPECT_EQ(Must(other->originals().Get(ToHex(Sha256(OriginalOf(2))))), OriginalOf(2));
  EXPECT_EQ(Must(other->lookups().ByKey("message:b", now())), SampleId(now(), 1) + "#2");
  EXPECT_EQ(Must(other->lookups().ByThread({id + "@mail"}, now())), id);
  EXPECT_THAT(Must(other->lookups().OfCustomer(Get(id).customer.address, now(), 10)), SizeIs(3));
  EXPECT_THAT(Must(other->queues().Unhandled(now() + std::chrono::hours(9), 10)), SizeIs(3));
  EXPECT_EQ(Must(other->shelf().Get(0)).first.number, 2);
  EXPECT_EQ(Must(other->usage()->OfMonth("2026-01")), (store::Used{3, 2400, 180, 3300}));
  Step step;
  store::AddTicket(step, Get(id), Get(id));
  EXPECT_EQ(Outcome(other->ledger().Commit(step, now())), "ok") << "it goes on from the version that it had";
}

TEST_P(CarryContract, AnotherStoreGivesItBackAsItWas) {
  Fill(*store_);
  const Lines lines = Exported(PortsOf(*store_));
  testing::MemoryStore memory;
  testing::MemoryQueue queue{store_->clock};
  const carry::Ports between = PortsOf(memory, queue.queue());
  Must(carry::Import(between, SourceOf(lines)));
  EXPECT_EQ(Sorted(Exported(between)), Sorted(lines));
  const auto home = GetParam()();
  const Lines carried = Exported(between);
  Must(carry::Import(PortsOf(*home), SourceOf(carried)));
  EXPECT_EQ(Sorted(Exported(PortsOf(*home))), Sorted(lines));
}

TEST_P(CarryContract, TheOrderOfTheLogsIsKept) {
  for (int i = 0; i < 6; ++i) {
    Step step;
    step.audit = {{"T" + std::to_string(i % 2), 1, now(), "router", std::to_string(i), "{}"}};
    step.corrections = {testing::SampleCorrection(SampleId(now(), 9 - i), SampleTicket("T1", now()), now())};
    Must(Commit(step));
  }
  const Lines lines = Exported(PortsOf(*store_));
  const auto other = GetParam()();
  Must(carry::Import(PortsOf(*other), SourceOf(lines)));
  std::vector<std::string> kinds;
  for (const auto& row : Must(other->audit().Since("", 100)).rows) kinds.push_back(row.kind);
  EXPECT_THAT(kinds, ElementsAre("0", "1", "2", "3", "4", "5"));
  std::vector<std::string> ids;
  for (const auto& row : Must(other->corrections().Since("", 100)).rows) ids.push_back(row.id);
  std::vector<std::string> expected;
  for (int i = 0; i < 6; ++i) expected.push_back(SampleId(now(), 9 - i));
  EXPECT_EQ(ids, expected);
}

TEST_P(CarryContract, ATicketThatIsThereIsNotLoadedOnceMore) {
  Step step;
  step.tickets = {{0, SampleTicket(SampleId(now(), 1), now())}};
  step.tickets[0].ticket.version = 3;
  Must(store_->dump().Load(step));
  const Ticket first = Get(SampleId(now(), 1));
  step.tickets[0].ticket.subject = "another";
  EXPECT_EQ(Outcome(store_->dump().Load(step)), "conflict");
  EXPECT_EQ(Get(first.id), first);
}

TEST_P(CarryContract, AStoreThatIsNotEmptyTakesNothing) {
  Fill(*store_);
  const Lines lines = Exported(PortsOf(*store_));
  EXPECT_EQ(Outcome(carry::Import(PortsOf(*store_), SourceOf(lines))), "conflict");
  EXPECT_EQ(Exported(PortsOf(*store_)), lines);
  const auto other = GetParam()();
  Must(other->shelf().Keep({"a", "b", "c", std::nullopt}, 0, "", "", now()));
  EXPECT_EQ(Outcome(carry::Import(PortsOf(*other), SourceOf(lines))), "conflict");
}

TEST_P(CarryContract, AnEmptyStoreIsTwoLines) {
  EXPECT_THAT(Exported(PortsOf(*store_)), ElementsAre(R"({"ticket_router_export":1})", R"({"end":{"lines":1}})"));
}

TEST_P(CarryContract, WhatWasDeadIsWorkedAgain) {
  Ticket dead = SampleTicket(SampleId(now(), 1), now());
  dead.dead_lettered = true;
  Step step = StepOfNew(dead);
  step.messages.push_back(SampleMessage(dead, 2));
  step.messages.back().author = Author::kTeam;
  Must(Commit(step));
  Put(SampleTicket(SampleId(now(), 2), now()));
  const Lines lines = Exported(PortsOf(*store_));
  const auto other = GetParam()();
  Must(carry::Import(PortsOf(*other), SourceOf(lines)));
  const auto leases = Must(other->queue().Receive(10, std::chrono::minutes(1), Duration(0)));
  ASSERT_THAT(leases, SizeIs(2)) << "the other ticket's is found by the sweep";
  EXPECT_EQ(leases[0].item, (queue::Item{dead.id, 1}));
  EXPECT_EQ(leases[1].item, (queue::Item{dead.id, 2})) << "the team's answer too";
}

TEST_P(CarryContract, MoreThanAPageOfEverythingIsCarried) {
  constexpr int kTickets = 230;
  for (int i = 1; i <= kTickets; ++i) {
    Step step = StepOfNew(LandedTicket(SampleId(now(), i), now(), "Billing"));
    step.keys = {{"message:" + std::to_string(i), SampleId(now(), i), now() + std::chrono::hours(1)}};
    step.deliveries = {{std::nullopt, SampleDelivery(step.tickets[0].ticket, now())}};
    Must(Commit(step));
  }
  const Lines lines = Exported(PortsOf(*store_));
  for (const char* kind : {"ticket", "message", "delivery", "audit", "key"}) {
    const std::string begin = std::string("{\"") + kind + "\":{";
    EXPECT_EQ(std::ranges::count_if(lines, [&](const std::string& line) { return line.starts_with(begin); }), kTickets)
        << kind;
  }
  const auto other = GetParam()();
  Must(carry::Import(PortsOf(*other), SourceOf(lines)));
  EXPECT_TRUE(Sorted(Exported(PortsOf(*other))) == Sorted(lines));
}

TEST_P(CarryContract, MoreThanAPageOfYoungRowsIsCarried) {
  constexpr int kSteps = 36;
  constexpr int kRows = 12;
  std::vector<std::string> marks;
  for (int i = 0; i < kSteps; ++i) {
    Step step;
    for (int n = i * kRows; n < (i + 1) * kRows; ++n) {
      marks.push_back(std::to_string(n));
      const Ticket ticket = SampleTicket(SampleId(now(), n), now());
      step.corrections.push_back(testing::SampleCorrection(SampleId(now(), 9000 - n), ticket, now()));
      step.corrections.back().reason = marks.back();
      step.audit.push_back({ticket.id, 1, now(), "router", marks.back(), "{}"});
    }
    Must(Commit(step));
  }
  std::vector<std::string> corrections;
  std::vector<std::string> audit;
  for (const std::string& line : Exported(PortsOf(*store_))) {
    const auto row = Must(carry::ReadRow(line));
    if (const auto* correction = std::get_if<store::Correction>(&row)) corrections.push_back(correction->reason);
    if (const auto* audited = std::get_if<store::AuditRow>(&row)) audit.push_back(audited->kind);
  }
  EXPECT_EQ(corrections, marks) << "no row is held back, and the order is kept";
  EXPECT_EQ(audit, marks);
}

// A bucket without versions has the newest book alone.
class ShelfOfTheNewest : public testing::MemoryShelf {
 public:
  Result<std::pair<rules::Version, rules::RuleFiles>> Get(int number) override {
    return number < newest ? NotFound("no such version") : MemoryShelf::Get(number);
  }
  int newest = 0;
};

TEST(CarryRules, OfAnOlderBookItsPlaceIsEnough) {
  testing::ManualClock clock;
  testing::MemoryStore store;
  testing::MemoryQueue queue{clock};
  ShelfOfTheNewest shelf;
  Must(shelf.Keep({"a", "b", "c", std::nullopt}, 0, "lena", "first", clock.Now()));
  Must(shelf.Keep({"a", "b", "d", std::nullopt}, 1, "lena", "second", clock.Now()));
  shelf.newest = 2;
  const carry::Ports from{store.dump(), store.tickets(), store.originals(), store.people(),
                          shelf,        queue.queue(),   store.usage()};
  const Lines lines = Exported(from);
  testing::MemoryStore other;
  Must(carry::Import(PortsOf(other, queue.queue()), SourceOf(lines)));
  EXPECT_EQ(Must(other.shelf().Get(0)).second.rules, "d");
  EXPECT_EQ(Must(other.shelf().Get(0)).first.number, 2);
  EXPECT_EQ(Must(other.shelf().Get(1)).first.difference, "first");
  shelf.newest = 3;
  EXPECT_EQ(Outcome(carry::Export(from, [](std::string_view) { return Ok(); })), "not_found");
}

TEST(CarryLines, WhatIsNoExportIsRefusedByItsLine) {
  const std::string head = R"({"ticket_router_export":1})";
  struct Case {
    Lines lines;
    const char* says;
  };
  const std::vector<Case> cases = {
      {{}, "cut off"},
      {{head}, "cut off"},
      {{R"({"ticket_router_export":2})", R"({"end":{"lines":1}})"}, "newer"},
      {{R"({"end":{"lines":0}})"}, "line 1: this is not the beginning"},
      {{head, head}, "line 2: a second first line"},
      {{head, "{"}, "line 2: not JSON"},
      {{head, ""}, "line 2: not JSON"},
      {{head, "[]"}, "line 2: not an object of one member"},
      {{head, R"({"a":1,"b":2})"}, "line 2: not an object of one member"},
      {{head, R"({"a":1})"}, "line 2: a member that no export has"},
      {{head, R"({"ticket":{"id":7}})"}, "line 2: ticket.id"},
      {{head, R"({"ticket":{"id":"T1"}})"}, "line 2: a ticket needs"},
      {{head, R"({"key":{"hash":"xyz","ticket":"T1"}})"}, "line 2: key.hash"},
      {{head, R"({"original":{"key":"a","at":"2026-01-01T00:00:00Z","base64":"?"}})"}, "line 2: original.base64"},
      {{head, R"({"end":{"lines":7}})"}, "line 2: the file should have 8 lines"},
      {{head, R"({"end":{"lines":1}})", head}, "line 2: more follows"},
  };
  for (const Case& one : cases) {
    const auto checked = carry::Check(SourceOf(one.lines));
    ASSERT_EQ(Outcome(checked), "invalid") << one.says;
    EXPECT_THAT(checked.fault().text, HasSubstr(one.says));
  }
  const Lines good = {head, R"({"end":{"lines":1}})"};
  EXPECT_EQ(Must(carry::Check(SourceOf(good))).lines, 2);
}

}  // namespace
}  // namespace tr::contract
