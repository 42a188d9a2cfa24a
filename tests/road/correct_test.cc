// What a human may do to a ticket: every action and its undo, every refusal, double clicks, and steps that just fit.

#include <algorithm>
#include <functional>

#include "road/road.h"

namespace tr::road {
namespace {

using correct::Action;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kText = "My parcel has been in Leipzig for five days";

Action ToTopic(const std::string& topic) { return correct::Reassign{topic, "", ""}; }
Action ToTeam(const std::string& team) { return correct::Reassign{"", team, ""}; }
Action ToPerson(const std::string& person) { return correct::Reassign{"", "", person}; }

// A process may have begun while the rules could not be had.
TEST(Correct, WithoutABookEveryActionSaysToComeAgain) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", kText));
  road.book = nullptr;
  for (const Action& action :
       std::vector<Action>{ToTopic("refund"), correct::Bump{Urgency::kHigh, ""}, correct::Take{},
                           correct::Split{{{"refund", "a"}, {"delivery", "b"}}}, correct::Done{}, correct::Undo{}}) {
    const Result<correct::Corrected> corrected = road.Apply(ticket.id, action);
    ASSERT_FALSE(corrected.ok());
    EXPECT_EQ(corrected.fault().kind, FaultKind::kTransient);
  }
  EXPECT_EQ(road.Get(ticket.id), ticket);
}

TEST(Correct, EveryActionAndItsUndo) {
  struct Case {
    const char* what;
    Action action;
    State state;
    const char* team;
    const char* topic;
    Rank rank;
    const char* lesson;  // the topic that its example teaches; empty: none
  };
  const std::vector<Case> cases = {
      {"by topic", ToTopic("refund"), State::kLanded, "Billing", "refund", Rank::kNormal, "refund"},
      {"by topic, in any case", ToTopic("REFUND"), State::kLanded, "Billing", "refund", Rank::kNormal, "refund"},
      {"by a topic of a person", ToTopic("wholesale"), State::kLanded, "Sales", "wholesale", Rank::kNormal,
       "wholesale"},
      {"by team, its first topic", ToTeam("Technical"), State::kLanded, "Technical", "login", Rank::kNormal, "login"},
      {"by team without a topic", ToTeam("Triage"), State::kLanded, "Triage", "delivery", Rank::kNormal, ""},
      {"by person", ToPerson("mei@shop.example"), State::kLanded, "Billing", "delivery", Rank::kNormal, ""},
      {"bump", correct::Bump{Urgency::kHigh, "boss"}, State::kLanded, "Shipping", "delivery", Rank::kPriority, ""},
      {"take", correct::Take{}, State::kTaken, "Shipping", "delivery", Rank::kNormal, ""},
      {"done", correct::Done{}, State::kDone, "Shipping", "delivery", Rank::kNormal, ""},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Road road;
    const Ticket before = road.Land(Mail("a", kText));
    const Result<correct::Corrected> corrected = road.Apply(before.id, one.action);
    ASSERT_TRUE(corrected.ok()) << corrected.fault().text;
    const Ticket after = road.Get(before.id);
    EXPECT_EQ(after, corrected->ticket);
    EXPECT_EQ(Name(after.state), Name(one.state));
    EXPECT_EQ(after.team, one.team);
    EXPECT_EQ(after.tags.topic, one.topic);
    EXPECT_EQ(Name(after.rank), Name(one.rank));
    const std::vector<store::Correction> rows = *road.store.corrections().OfTicket(before.id);
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].to_topic, one.lesson);
    EXPECT_EQ(rows[0].redacted_text.empty(), std::string(one.lesson).empty());
    EXPECT_EQ(rows[0].by, "lena@shop.example");

    const Result<correct::Corrected> undone = road.Apply(before.id, correct::Undo{});
    ASSERT_TRUE(undone.ok()) << undone.fault().text;
    Ticket back = road.Get(before.id);
    EXPECT_THAT(road.Queue("Shipping"), ElementsAre(before.id));
    EXPECT_EQ(road.store.corrections().OfTicket(before.id)->back().undoes, rows[0].id);
    back.version = before.version;
    back.touched_at = before.touched_at;
    back.pinged = before.pinged;
    EXPECT_EQ(back, before);
  }
}

TEST(Correct, EveryRefusal) {
  using Prepare = std::function<void(Road&, const std::string&)>;
  const Prepare nothing = [](Road&, const std::string&) {};
  const Prepare done = [](Road& road, const std::string& id) { ASSERT_TRUE(road.Apply(id, correct::Done{})); };
  struct Case {
    const char* what;
    Prepare prepare;
    Action action;
    const char* says;
  };
  const correct::Part part{"refund", "parcel"};
  const std::vector<Case> cases = {
      {"unknown topic", nothing, ToTopic("refnud"), "topics: refund, payment"},
      {"unknown team", nothing, ToTeam("Nobody"), "teams: Billing, Shipping"},
      {"a stranger", nothing, ToPerson("kim@mail.example"), "in no team"},
      {"nothing named", nothing, ToTopic(""), "exactly one"},
      {"two named", nothing, correct::Reassign{"refund", "Billing", ""}, "exactly one"},
      {"one part", nothing, correct::Split{{part}}, "two to five"},
      {"six parts", nothing, correct::Split{std::vector<correct::Part>(6, part)}, "two to five"},
      {"a part without a topic", nothing, correct::Split{{part, {"nope", "x"}}}, "topics: refund"},
      {"an empty part", nothing, correct::Split{{part, {"refund", " \n"}}}, "no text"},
      {"into itself", nothing, correct::Merge{}, "itself"},
      {"into nothing", nothing, correct::Merge{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}, "no ticket"},
      {"release of a landed one", nothing, correct::Release{}, "it can by: take"},
      {"restore of a landed one", nothing, correct::Restore{}, "it can by: take"},
      {"take of a done one", done, correct::Take{}, "release"},
      {"nothing to undo", nothing, correct::Undo{}, "no correction"},
      {"undo after a message",
       [](Road& road, const std::string& id) {
         ASSERT_TRUE(road.Apply(id, correct::Take{}));
         road.Land(Mail("b", "And now?", "a"));
       },
       correct::Undo{}, "changed after its latest take"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    Road road;
    const std::string id = road.Land(Mail("a", kText)).id;
    one.prepare(road, id);
    const Ticket before = road.Get(id);
    Action action = one.action;
    if (auto* merge = std::get_if<correct::Merge>(&action); merge != nullptr && merge->into.empty()) merge->into = id;
    const Result<correct::Corrected> refused = road.Apply(id, action);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.fault().kind, FaultKind::kInvalid);
    EXPECT_THAT(refused.fault().text, HasSubstr(one.says));
    EXPECT_EQ(road.Get(id), before);
  }
}

TEST(Correct, AStaleVersionIsAConflictAndAnUnknownTicketNotFound) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", kText));
  EXPECT_EQ(road.Apply(ticket.id, ticket.version - 1, correct::Take{}).fault().kind, FaultKind::kConflict);
  EXPECT_EQ(road.Apply("nope", 1, correct::Take{}).fault().kind, FaultKind::kNotFound);
}

TEST(Correct, ADoubleClickIsOneCorrection) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", kText));
  ASSERT_TRUE(road.Apply(ticket.id, ticket.version, ToTopic("refund"), "click"));
  const Result<correct::Corrected> again = road.Apply(ticket.id, ticket.version, ToTopic("refund"), "click");
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->ticket, road.Get(ticket.id));
  EXPECT_THAT(*road.store.corrections().OfTicket(ticket.id), SizeIs(1));
}

TEST(Correct, TheCardFollowsToTheOtherTeam) {
  Road road;
  const Ticket ticket = road.Land(Mail("a", kText));
  ASSERT_TRUE(road.Apply(ticket.id, ToTopic("refund")));
  EXPECT_THAT(road.Said(), ElementsAre("card #help-shipping", "card #help-billing", "card_update #help-shipping"));
  EXPECT_EQ(road.slack.said().back().card_ref, "ref-1");
}

TEST(Correct, MergeOfStrangersNeedsConfirmAndUndoUnlinksBoth) {
  Road road;
  const Ticket into = road.Land(Mail("a", kText));
  const Ticket other = road.Land(Mail("b", "The mug is broken", "", "lou@mail.example"));
  EXPECT_EQ(road.Apply(other.id, correct::Merge{into.id, false}).fault().kind, FaultKind::kInvalid);
  ASSERT_TRUE(road.Apply(other.id, correct::Merge{into.id, true}));
  EXPECT_THAT(road.Get(into.id).links, ElementsAre(Link{"merged_from", other.id}));
  ASSERT_TRUE(road.Apply(other.id, correct::Undo{}));
  EXPECT_THAT(road.Get(into.id).links, IsEmpty());
  EXPECT_THAT(road.Get(other.id).links, IsEmpty());
  EXPECT_EQ(road.Get(other.id).state, State::kLanded);
}

const correct::Split kInFive{{{"refund", "one refund please"},
                              {"invoice", "two invoices please"},
                              {"login", "three logins fail"},
                              {"damaged", "four mugs broke"},
                              {"delivery", "five parcels late"}}};
constexpr const char* kFive =
    "one refund please\ntwo invoices please\nthree logins fail\nfour mugs broke\nfive parcels late\nand kind regards";

// A message names one mail: what it lists beside must be in that mail, or nobody could open it.
TEST(Correct, APartHasTheFilesOfTheMailThatItsWordsAreFrom) {
  Road road;
  const auto with_file = [](intake::Arrival mail, const std::string& file) {
    if (!file.empty()) mail.attachments = {{file, "application/pdf", 9}};
    return mail;
  };
  const Ticket whole = road.Land(Mail("first", "Where is my parcel now?"));
  for (const auto& [word, text, file] : {std::tuple("second", "The lamp arrived broken", "lamp.jpg"),
                                         std::tuple("third", "The VAT number on the invoice is wrong", "vat.pdf"),
                                         std::tuple("fourth", "Thank you and bye", "")}) {
    ASSERT_EQ(road.Land(with_file(Mail(word, text, "first"), file)).id, whole.id);
  }
  const Result<correct::Corrected> split =
      road.Apply(whole.id, correct::Split{{{"refund", "VAT number on the invoice"}, {"delivery", "lamp broken"}}});
  ASSERT_TRUE(split.ok()) << split.fault().text;
  const std::vector<Message> messages = road.Messages(whole.id);
  ASSERT_THAT(messages, SizeIs(4));
  const Message invoice = road.Messages(split->made[0])[0];
  const Message lamp = road.Messages(split->made[1])[0];
  EXPECT_EQ(lamp.attachments, messages[1].attachments);
  EXPECT_EQ(lamp.original, messages[1].original);
  EXPECT_EQ(invoice.attachments, messages[2].attachments);
  EXPECT_EQ(invoice.original, messages[2].original);
}

TEST(Correct, ASplitInFiveLosesNothingAndItsUndoFits) {
  for (const bool worked : {false, true}) {
    SCOPED_TRACE(worked);
    Road road;
    road.reader.Otherwise(MakeReading("delivery", 0.9, Urgency::kHigh, Tone::kAngry));
    const Ticket whole = road.Land(Mail("a", kFive));
    const Result<correct::Corrected> split = road.Apply(whole.id, kInFive, "click");
    ASSERT_TRUE(split.ok()) << split.fault().text;
    ASSERT_THAT(split->made, SizeIs(5));
    EXPECT_EQ(road.Get(whole.id).state, State::kSplit);
    EXPECT_EQ(road.Messages(split->made[0])[0].text, "one refund please\nand kind regards");
    if (worked) {
      road.Work();
      for (std::size_t i = 0; i < 5; ++i) {
        const Ticket part = road.Get(split->made[i]);
        EXPECT_EQ(part.state, State::kLanded);
        EXPECT_EQ(part.tags.topic, kInFive.parts[i].topic);
        EXPECT_EQ(part.tags.tone, Tone::kAngry);
        EXPECT_EQ(part.received_at, whole.received_at);
      }
    }
    const Result<correct::Corrected> undone = road.Apply(whole.id, correct::Undo{}, "back");
    ASSERT_TRUE(undone.ok()) << undone.fault().text;
    road.Settle();
    EXPECT_EQ(road.Get(whole.id).state, State::kLanded);
    EXPECT_THAT(road.Messages(whole.id), SizeIs(1)) << "a part's words came back as a message";
    for (const std::string& part : split->made) EXPECT_EQ(road.Get(part).state, State::kMerged);
    for (const char* team : {"Billing", "Technical"}) EXPECT_THAT(road.Queue(team), IsEmpty());
  }
}

TEST(Correct, APartThatSomebodyTookStandsInTheWayOfUndo) {
  Road road;
  const Ticket whole = road.Land(Mail("a", kFive));
  const Result<correct::Corrected> split = road.Apply(whole.id, kInFive);
  road.Work();
  ASSERT_TRUE(road.Apply(split->made[2], correct::Take{}));
  EXPECT_THAT(road.Apply(whole.id, correct::Undo{}).fault().text, HasSubstr("taken"));
}

TEST(Correct, AShortPartIsNotHeldForBeingShort) {
  Road road;
  const Ticket whole = road.Land(Mail("a", "refund please\nWhere is the other parcel?"));
  const Result<correct::Corrected> split =
      road.Apply(whole.id, correct::Split{{{"refund", "refund please"}, {"delivery", "Where is the other parcel?"}}});
  ASSERT_TRUE(split.ok());
  road.Work();
  EXPECT_EQ(road.Get(split->made[0]).team, "Billing");
}

TEST(Correct, AnUnreadTicketThatAHumanPlacesLandsOnce) {
  Road road;
  const std::string id = road.MustAccept(Mail("a", kText)).ticket;
  ASSERT_TRUE(road.Apply(id, ToTopic("refund")));
  road.Work();
  EXPECT_EQ(road.Get(id).team, "Billing");
  EXPECT_THAT(road.AuditKinds(id), ElementsAre("corrected", "reassign"));

  ASSERT_TRUE(road.Apply(id, correct::Undo{}));
  EXPECT_EQ(road.Get(id).state, State::kReceived);
  EXPECT_EQ(road.Said(), (std::vector<std::string>{"card #help-billing", "card_update #help-billing"}));
  road.Work();
  EXPECT_EQ(road.Get(id).team, "Shipping");
}

TEST(Correct, ABumpPingsOnlyAboveWhatWasPinged) {
  Road road;
  const std::string id = road.Land(Mail("a", kText)).id;
  ASSERT_TRUE(road.Apply(id, correct::Bump{Urgency::kHigh, ""}));
  ASSERT_TRUE(road.Apply(id, correct::Bump{Urgency::kLow, ""}));
  ASSERT_TRUE(road.Apply(id, correct::Bump{Urgency::kHigh, ""}));
  const std::vector<std::string> said = road.Said();
  EXPECT_EQ(std::count(said.begin(), said.end(), "ping omar@shop.example"), 1);
}

}  // namespace
}  // namespace tr::road
