#include "handoff/gates.h"

#include <gtest/gtest.h>

#include <functional>

#include "testing/example_book.h"
#include "testing/manual_clock.h"
#include "testing/samples.h"

namespace tr::handoff {
namespace {

using std::chrono::hours;
using testing::ExampleBook;
using testing::kMondayMorning;
using testing::LandedTicket;
using testing::SampleId;
using testing::SampleMessage;
using testing::SampleTicket;

TEST(Similarity, CountsWordsThreeAtATime) {
  struct Case {
    const char* a;
    const char* b;
    double least;
    double most;
  };
  for (const Case& one : {
           Case{"where is my parcel", "where is my parcel", 1, 1},
           Case{"where is my parcel", "parcel my is where", 0, 0},
           Case{"one two three four", "one two three five", 0.49, 0.51},
           Case{"hello", "hello", 1, 1},
           Case{"hello", "goodbye", 0, 0},
           Case{"hello there", "hello there", 1, 1},
           Case{"", "", 0, 0},
           Case{"?!", "?!", 0, 0},
           Case{"", "where is my parcel", 0, 0},
           Case{"a b c a b c", "a b c", 0.8, 0.9},
       }) {
    const double similarity = Similarity(one.a, one.b);
    EXPECT_GE(similarity, one.least - 1e-9) << one.a << " / " << one.b;
    EXPECT_LE(similarity, one.most + 1e-9) << one.a << " / " << one.b;
    EXPECT_DOUBLE_EQ(similarity, Similarity(one.b, one.a));
  }
}

TEST(ChannelOf, FallsBackFromSlackToTheInboxToTriage) {
  struct Case {
    const char* team;
    int level;
    ChannelKinds kinds;
    const char* channel;
  };
  const ChannelKinds both{true, true};
  const ChannelKinds slack{true, false};
  const ChannelKinds mail{false, true};
  for (const Case& one : {
           Case{"Billing", 0, both, "slack:#help-billing"},
           Case{"Billing", 1, both, "mail:billing@shop.example"},
           Case{"Billing", 2, both, "mail:triage@shop.example"},
           Case{"billing", 0, both, "slack:#help-billing"},
           Case{"Sales", 0, both, "mail:sales@shop.example"},
           Case{"Sales", 0, slack, "slack:#help-triage"},
           Case{"Billing", 1, slack, "slack:#help-triage"},
           Case{"Billing", 0, mail, "mail:billing@shop.example"},
           Case{"Billing", 9, both, "mail:triage@shop.example"},
           Case{"Billing", -1, both, "slack:#help-billing"},
           Case{"Nobody", 0, both, "mail:triage@shop.example"},
           Case{"Billing", 0, {}, "log:"},
       }) {
    EXPECT_EQ(ChannelOf(*ExampleBook(), one.team, one.level, one.kinds), one.channel) << one.team << one.level;
  }
}

TEST(TeamGate, AnUnknownTeamIsTriage) {
  Decision decision;
  decision.team = "Nobody";
  decision.person = "dana@shop.example";
  const TeamGate gate = PassTeam(decision, *ExampleBook(), {true, true});
  EXPECT_EQ(gate.team, "Triage");
  EXPECT_EQ(gate.person, "");
  EXPECT_EQ(gate.channel, "slack:#help-triage");
}

TEST(PositionGate, SaysThePlaceAndThePing) {
  const Ticket ticket = SampleTicket(SampleId(kMondayMorning, 1), kMondayMorning);
  Decision decision;
  decision.rank = Rank::kPriority;
  EXPECT_EQ(PassPosition(ticket, "Billing", decision).result.detail, "priority, pings nobody");
  decision.pings = {{"dana@shop.example", "lead", kMondayMorning}};
  const PositionGate gate = PassPosition(ticket, "Billing", decision);
  EXPECT_EQ(gate.result.detail, "priority, pings the lead dana@shop.example at 2026-03-02T09:00:00.000Z");
  EXPECT_EQ(gate.entry, (store::QueueEntry{"Billing", Rank::kPriority, kMondayMorning, ticket.id}));
}

TEST(DuplicateGate, JoinsOnlyTheSameMatter) {
  const std::string id = SampleId(kMondayMorning, 1);
  const Time now = kMondayMorning + hours(1);
  struct Case {
    const char* what;
    std::function<void(Ticket&, Message&, Recent&, Tags&)> change;
    bool joins;
  };
  const std::vector<Case> cases = {
      {"the same", [](Ticket&, Message&, Recent&, Tags&) {}, true},
      {"without an address", [](Ticket& ticket, Message&, Recent&, Tags&) { ticket.customer.address.clear(); }, false},
      {"another topic", [](Ticket&, Message&, Recent&, Tags& tags) { tags.topic = "refund"; }, false},
      {"taken", [](Ticket&, Message&, Recent& other, Tags&) { other.ticket.state = State::kTaken; }, true},
      {"done", [](Ticket&, Message&, Recent& other, Tags&) { other.ticket.state = State::kDone; }, false},
      {"stands in triage as a dead letter",
       [](Ticket&, Message&, Recent& other, Tags&) { other.ticket.landed_at.reset(); }, false},
      {"too old", [](Ticket&, Message&, Recent& other, Tags&) { other.ticket.received_at -= hours(24); }, false},
      {"other words", [](Ticket&, Message& message, Recent&, Tags&) { message.new_text = "The mug is broken"; }, false},
      {"other case and blanks",
       [](Ticket&, Message& message, Recent&, Tags&) { message.new_text = " WHERE is\nmy parcel? "; }, true},
      {"the same thread",
       [](Ticket&, Message& message, Recent& other, Tags&) {
         message.new_text = "The mug is broken";
         other.message_ids = {message.message_id};
       },
       true},
      {"two without words",
       [](Ticket&, Message& message, Recent& other, Tags&) {
         message.new_text = "";
         other.new_text = "";
       },
       false},
      {"itself", [](Ticket& ticket, Message&, Recent& other, Tags&) { other.ticket.id = ticket.id; }, false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Ticket ticket = SampleTicket(SampleId(kMondayMorning, 2), now);
    Message message = SampleMessage(ticket);
    Tags tags;
    tags.topic = "delivery";
    Recent other{LandedTicket(id, kMondayMorning, "Shipping"), message.new_text, {}};
    other.ticket.tags.topic = "delivery";
    one.change(ticket, message, other, tags);
    const DuplicateGate gate = PassDuplicate(ticket, {message}, tags, {other}, hours(24), now);
    EXPECT_EQ(gate.into.has_value(), one.joins);
    EXPECT_EQ(gate.result.detail == "none", !one.joins);
  }
}

TEST(ContextGate, SaysWhatIsMissing) {
  Ticket ticket = SampleTicket(SampleId(kMondayMorning, 1), kMondayMorning);
  const Reading reading;
  EXPECT_EQ(PassContext(ticket, {SampleMessage(ticket)}, &reading, {}, "https://router.example").result.detail,
            "complete");
  ticket.customer.address.clear();
  EXPECT_EQ(PassContext(ticket, {}, nullptr, {}, "").result.detail,
            "complete but for the customer's address, the original message, a reading, a link");
}

TEST(AvailableActions, EachStateHasItsOwn) {
  struct Case {
    State state;
    std::vector<std::string> actions;
  };
  for (const Case& one : {
           Case{State::kLanded, {"take", "reassign", "bump", "split", "merge", "done", "undo"}},
           Case{State::kDone, {"release", "merge", "undo"}},
           Case{State::kMerged, {"undo"}},
           Case{State::kSetAside, {"restore"}},
           Case{State::kSuspect, {"restore"}},
       }) {
    Ticket ticket;
    ticket.state = one.state;
    EXPECT_EQ(AvailableActions(ticket), one.actions) << Name(one.state);
  }
}

}  // namespace
}  // namespace tr::handoff
