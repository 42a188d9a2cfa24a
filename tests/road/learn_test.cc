// A correction teaches, an undo unlearns: measured with the embedded reader, not staged. And looking back: replay and
// digest over what the road stored.

#include "read/embedded/embedded_reader.h"
#include "review/digest.h"
#include "review/replay.h"
#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(Learn, ACorrectionTeachesAndItsUndoUnlearns) {
  Road road;
  read::EmbeddedReader reader(&road.store.corrections());
  pipeline::Process process({road.ports.ledger(), road.ports.tickets(), road.ports.lookups(), road.queue, reader,
                             reader, road.ids, road.clock, road.log},
                            {.handoff = road.settings}, road.in_force);
  const auto land = [&](const std::string& word, const std::string& text, const std::string& from) {
    const std::string id = road.MustAccept(Mail(word, text, "", from)).ticket;
    (void)process.Work({{id, 1}, "", 1, road.clock.Now()});
    return road.Get(id);
  };
  const Ticket first = land("a", "The loyalty stamps vanished from my bonus booklet", "a@mail.example");
  ASSERT_NE(first.tags.topic, "login") << "nothing to teach";
  const Ticket control = land("b", "My loyalty stamps vanished, the bonus booklet is blank", "b@mail.example");
  ASSERT_NE(control.tags.topic, "login");

  ASSERT_TRUE(road.Apply(first.id, correct::Reassign{"login", "", ""}));
  const Ticket taught = land("c", "My loyalty stamps vanished, the bonus booklet is blank", "c@mail.example");
  EXPECT_EQ(taught.tags.topic, "login");
  EXPECT_EQ(taught.team, "Technical");

  ASSERT_TRUE(road.Apply(first.id, correct::Undo{}));
  const Ticket forgotten = land("d", "My loyalty stamps vanished, the bonus booklet is blank", "d@mail.example");
  EXPECT_EQ(forgotten.tags.topic, control.tags.topic);
  EXPECT_EQ(forgotten.team, control.team);
}

TEST(Learn, AnExampleKeepsNoCardNumber) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", "Please pay back to my card 4111 1111 1111 1111 soon"));
  ASSERT_TRUE(road.Apply(ticket.id, correct::Reassign{"refund", "", ""}));
  EXPECT_THAT(road.store.corrections().OfTicket(ticket.id)->front().redacted_text, Not(HasSubstr("4111")));
}

TEST(Learn, ANumberThatHidesIsNotKeptEither) {
  const std::string hidden = "pay back to 4111 11\u200b11 11\u206011 1111";
  Road road;
  const Ticket ticket = road.Land(Mail("a", "Please " + hidden + " soon. And where is my parcel?"));
  ASSERT_TRUE(road.Apply(ticket.id, correct::Reassign{"refund", "", ""}));
  ASSERT_TRUE(
      road.Apply(ticket.id, correct::Split{{{"refund", hidden}, {"delivery", "where is my parcel, " + hidden}}}));
  int lessons = 0;
  const std::vector<store::Correction> corrections = *road.store.corrections().OfTicket(ticket.id);
  for (const store::Correction& correction : corrections) {
    if (correction.redacted_text.empty()) continue;
    ++lessons;
    EXPECT_THAT(correction.redacted_text, HasSubstr("pay back to [card]"));
  }
  EXPECT_EQ(lessons, 3);
}

TEST(LookBack, ReplaySaysWhatAnotherBookWouldHaveDoneAndChangesNothing) {
  Road road;
  const Ticket moved = road.Land(Mail("a", "Where is my parcel with the blue ribbon?"));
  const Ticket same = road.Land(Mail("b", "The other parcel came, thank you very much", "", "lou@mail.example"));
  rules::RuleFiles files = testing::ExampleFiles();
  const std::string heading = "## Special routes\n";
  files.rules.insert(files.rules.find(heading) + heading.size(), "\n- says \"blue ribbon\" -> Sales\n");
  const rules::RuleBookPtr after = testing::BookOf(files);
  const Result<review::ReplayReport> report = review::Replay(road.store.tickets(), *road.book, *after, 200);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->looked_at, 2);
  ASSERT_THAT(report->changed, SizeIs(1));
  EXPECT_EQ(report->changed[0].ticket, moved.id);
  EXPECT_EQ(report->changed[0].before.team, "Shipping");
  EXPECT_EQ(report->changed[0].after.team, "Sales");
  EXPECT_EQ(review::Summary(*report), "1 of the last 2 tickets would have gone elsewhere");
  EXPECT_EQ(road.Get(moved.id), moved);
  EXPECT_EQ(road.Get(same.id), same);
}

Reading Costing(std::int64_t micros) {
  Reading reading;
  reading.topic = "delivery";
  reading.cost_micros = micros;
  return reading;
}

TEST(LookBack, TheDigestOfAWeek) {
  Road road;
  const Time monday = road.clock.Now();
  const Ticket routed = road.Land(Mail("a", "Where is my parcel now?"));
  const Ticket jumped = road.Land(Mail("b", "This is urgent for all of us", "", "lou@mail.example"));
  intake::Arrival away = Mail("c", "I am on holiday", "", "max@mail.example");
  away.machine = Machine::kAutoReply;
  road.Land(away);
  const Ticket held = road.Land(Mail("d", "hello?", "", "eve@mail.example"));
  ASSERT_TRUE(road.Apply(routed.id, correct::Reassign{"refund", "", ""}));
  ASSERT_TRUE(road.Apply(jumped.id, correct::Reassign{"", "", "mei@shop.example"}));
  store::Step read;
  read.readings = {{routed.id, 1, road.clock.Now(), Costing(4'500)}, {held.id, 1, road.clock.Now(), Costing(1'000)}};
  ASSERT_TRUE(road.store.ledger().Commit(read, road.clock.Now()));
  road.clock.Advance(hours(24 * 7));
  road.Land(Mail("later", "And where is the next parcel?", "", "ann@mail.example"));

  const Result<review::Digest> digest = review::MakeDigest(
      {road.store.tickets(), road.store.audit(), road.store.corrections()}, monday, monday + hours(24 * 7));
  ASSERT_TRUE(digest.ok());
  EXPECT_EQ(digest->tickets, 4);
  EXPECT_EQ(digest->set_aside, 1);
  EXPECT_EQ(digest->held_count, 1);
  ASSERT_THAT(digest->held, SizeIs(1));
  EXPECT_EQ(digest->held[0].ticket, held.id);
  EXPECT_EQ(digest->jumped, 1);
  EXPECT_THAT(digest->by_team, Contains(Pair("Shipping", 2)));
  EXPECT_EQ(digest->misroutes, (std::map<std::string, int>{{"delivery → refund", 1}}));
  EXPECT_EQ(digest->cost_micros, 5'500);
  const std::string text = review::Format(*digest);
  EXPECT_THAT(text, HasSubstr("4 received, 1 held"));
  EXPECT_THAT(text, HasSubstr("Reading them cost 0.0055."));
  for (const char* word : {"parcel", "kim@mail.example", "holiday"}) EXPECT_THAT(text, Not(HasSubstr(word)));
}

}  // namespace
}  // namespace tr::road
