// Taken or moved on: whom a ticket that nobody takes is called out to, and when, on the clocks of Berlin.

#include "road/watch.h"

namespace tr::road {
namespace {

using ::testing::ElementsAreArray;

struct Case {
  const char* what;
  const char* topic;
  const char* text;
  const char* landed;
  const char* until;
  std::vector<std::string> calls;
};

class TakenAt : public ::testing::TestWithParam<Case> {};

TEST_P(TakenAt, NobodyTakesIt) {
  const Case& one = GetParam();
  Watch road(one.landed);
  road.reader.Otherwise(one.topic == std::string("unsure") ? MakeReading("delivery", 0.1) : MakeReading(one.topic));
  const Ticket ticket = road.Land(Mail("first", one.text));
  road.Until(one.until);
  EXPECT_THAT(road.calls, ElementsAreArray(one.calls)) << one.what;
  const Ticket after = road.Get(ticket.id);
  EXPECT_EQ(after.team, ticket.team) << "a clock routed it";
  EXPECT_EQ(after.version, ticket.version);
  const std::vector<std::string> audit = road.AuditKinds(ticket.id);
  EXPECT_EQ(static_cast<std::size_t>(std::count(audit.begin(), audit.end(), "untaken")), one.calls.size());
}

INSTANTIATE_TEST_SUITE_P(
    Clocks, TakenAt,
    ::testing::Values(Case{"in hours",
                           "delivery",
                           kUrgent,
                           "2026-03-02 08:30",
                           "2026-03-03 20:00",
                           {"2026-03-02 09:30 lead omar@shop.example #help-shipping",
                            "2026-03-02 10:30 manager morgan@shop.example #help-shipping",
                            "2026-03-02 11:30 lead luis@shop.example #help-triage"}},
                      Case{"over the lunch break",
                           "delivery",
                           kUrgent,
                           "2026-03-02 11:30",
                           "2026-03-03 20:00",
                           {"2026-03-02 13:00 lead omar@shop.example #help-shipping",
                            "2026-03-02 14:00 manager morgan@shop.example #help-shipping",
                            "2026-03-02 15:00 lead luis@shop.example #help-triage"}},
                      Case{"its time runs out as the team leaves for lunch",
                           "delivery",
                           kUrgent,
                           "2026-03-02 11:00",
                           "2026-03-02 13:00",
                           {"2026-03-02 12:30 lead omar@shop.example #help-shipping"}},
                      Case{"over the night; triage opens later",
                           "delivery",
                           kUrgent,
                           "2026-03-02 16:30",
                           "2026-03-03 20:00",
                           {"2026-03-03 08:30 lead omar@shop.example #help-shipping",
                            "2026-03-03 09:30 manager morgan@shop.example #help-shipping",
                            "2026-03-03 10:30 lead luis@shop.example #help-triage"}},
                      Case{"landed at night",
                           "delivery",
                           kUrgent,
                           "2026-03-03 02:00",
                           "2026-03-03 20:00",
                           {"2026-03-03 09:00 lead omar@shop.example #help-shipping",
                            "2026-03-03 10:00 manager morgan@shop.example #help-shipping",
                            "2026-03-03 11:00 lead luis@shop.example #help-triage"}},
                      Case{"over the weekend",
                           "delivery",
                           kUrgent,
                           "2026-03-07 12:30",
                           "2026-03-09 20:00",
                           {"2026-03-09 08:30 lead omar@shop.example #help-shipping",
                            "2026-03-09 09:30 manager morgan@shop.example #help-shipping",
                            "2026-03-09 10:30 lead luis@shop.example #help-triage"}},
                      Case{"over the holidays",
                           "delivery",
                           kUrgent,
                           "2026-12-23 16:30",
                           "2026-12-28 20:00",
                           {"2026-12-28 08:30 lead omar@shop.example #help-shipping",
                            "2026-12-28 09:30 manager morgan@shop.example #help-shipping",
                            "2026-12-28 10:30 lead luis@shop.example #help-triage"}},
                      Case{"the lead is away",
                           "refund",
                           kUrgent,
                           "2026-12-04 10:00",
                           "2026-12-04 20:00",
                           {"2026-12-04 10:30 stand-in luis@shop.example #help-billing",
                            "2026-12-04 11:00 manager morgan@shop.example #help-billing",
                            "2026-12-04 11:30 lead luis@shop.example #help-triage"}},
                      Case{"the lead is back",
                           "refund",
                           kUrgent,
                           "2026-12-07 10:00",
                           "2026-12-07 10:40",
                           {"2026-12-07 10:30 lead dana@shop.example #help-billing"}},
                      Case{"escalated at night, always open: triage at once",
                           "login",
                           kLawyer,
                           "2026-03-07 03:00",
                           "2026-03-09 12:00",
                           {"2026-03-07 03:15 lead priya@shop.example #help-tech",
                            "2026-03-07 03:30 manager morgan@shop.example #help-tech",
                            "2026-03-07 03:45 lead luis@shop.example #help-triage"}},
                      Case{"priority at night, always open: triage when it is back",
                           "login",
                           kUrgent,
                           "2026-03-07 03:00",
                           "2026-03-09 12:00",
                           {"2026-03-07 03:15 lead priya@shop.example #help-tech",
                            "2026-03-07 03:30 manager morgan@shop.example #help-tech",
                            "2026-03-09 09:00 lead luis@shop.example #help-triage"}},
                      Case{"held, without hurry",
                           "unsure",
                           kCalm,
                           "2026-03-02 10:00",
                           "2026-03-04 20:00",
                           {"2026-03-02 12:00 lead luis@shop.example #help-triage",
                            "2026-03-02 16:00 manager morgan@shop.example #help-triage"}},
                      Case{"held in the evening",
                           "unsure",
                           kUrgent,
                           "2026-03-02 17:00",
                           "2026-03-04 20:00",
                           {"2026-03-03 10:00 lead luis@shop.example #help-triage",
                            "2026-03-03 14:00 manager morgan@shop.example #help-triage"}},
                      Case{"without hurry", "delivery", kCalm, "2026-03-02 08:30", "2026-03-04 20:00", {}}));

TEST(Taken, ClocksThatAreSetForwardAndBack) {
  const rules::RuleBookPtr nights =
      BookWith("Mon-Fri 9:00-18:00,Europe/Berlin,30 min", "Mon-Sun 1:00-5:00,Europe/Berlin,1 h");
  struct Night {
    const char* landed;
    const char* until;
    std::vector<std::string> calls;
  };
  for (const Night& one : {Night{"2026-03-29 01:30",
                                 "2026-03-30 12:00",
                                 {"2026-03-29 03:30 stand-in luis@shop.example #help-billing",
                                  "2026-03-29 04:30 manager morgan@shop.example #help-billing",
                                  "2026-03-30 09:00 lead luis@shop.example #help-triage"}},
                           Night{"2026-10-25 02:30",
                                 "2026-10-26 12:00",
                                 {"2026-10-25 02:30 stand-in luis@shop.example #help-billing",
                                  "2026-10-25 03:30 manager morgan@shop.example #help-billing",
                                  "2026-10-26 09:00 lead luis@shop.example #help-triage"}}}) {
    Watch road(one.landed);
    road.book = nights;
    road.reader.Otherwise(MakeReading("refund"));
    road.Land(Mail("first", kUrgent));
    road.Until(one.until);
    EXPECT_THAT(road.calls, ElementsAreArray(one.calls)) << one.landed;
  }
}

intake::Arrival Answer() {
  intake::Arrival answer = Mail("answer", "It will come tomorrow", "first", "ida@shop.example");
  answer.author = Author::kTeam;
  answer.joins_freely = true;
  return answer;
}

struct Deed {
  const char* what;
  std::function<void(Watch&, const std::string&)> deed;  // at 09:00
  std::vector<std::string> calls;
};

// Landed with Shipping (one hour) at 08:30; something is done at 09:00.
TEST(Taken, WhatPeopleDoStopsOrRestartsTheClock) {
  const std::string lead = " lead omar@shop.example #help-shipping";
  const std::string manager = " manager morgan@shop.example #help-shipping";
  const std::string triage = " lead luis@shop.example #help-triage";
  const std::vector<std::string> as_it_was = {"2026-03-02 09:30" + lead, "2026-03-02 10:30" + manager,
                                              "2026-03-02 11:30" + triage};
  const std::vector<Deed> deeds = {
      {"nothing", [](Watch&, const std::string&) {}, as_it_was},
      {"take", [](Watch& road, const std::string& id) { EXPECT_TRUE(road.Apply(id, correct::Take{})); }, {}},
      {"done", [](Watch& road, const std::string& id) { EXPECT_TRUE(road.Apply(id, correct::Done{})); }, {}},
      {"the team's answer",
       [](Watch& road, const std::string&) {
         road.MustAccept(Answer());
         road.Work();
       },
       {}},
      {"take after the first call",
       [](Watch& road, const std::string& id) {
         road.Until("2026-03-02 10:00");
         EXPECT_TRUE(road.Apply(id, correct::Take{}));
       },
       {as_it_was[0]}},
      {"take and release",
       [](Watch& road, const std::string& id) {
         EXPECT_TRUE(road.Apply(id, correct::Take{}));
         road.Until("2026-03-02 09:44");
         EXPECT_TRUE(road.Apply(id, correct::Release{}));
       },
       {"2026-03-02 10:45" + lead, "2026-03-02 11:45" + manager, "2026-03-02 13:15" + triage}},
      {"take and undo",
       [](Watch& road, const std::string& id) {
         EXPECT_TRUE(road.Apply(id, correct::Take{}));
         EXPECT_TRUE(road.Apply(id, correct::Undo{}));
       },
       {"2026-03-02 10:00" + lead, "2026-03-02 11:00" + manager, "2026-03-02 12:00" + triage}},
      {"reassign to another team",
       [](Watch& road, const std::string& id) { EXPECT_TRUE(road.Apply(id, correct::Reassign{"refund", "", ""})); },
       {"2026-03-02 09:30 stand-in luis@shop.example #help-billing",
        "2026-03-02 10:00 manager morgan@shop.example #help-billing", "2026-03-02 10:30" + triage}},
      {"reassign inside the team",
       [](Watch& road, const std::string& id) {
         EXPECT_TRUE(road.Apply(id, correct::Reassign{"", "", "ida@shop.example"}));
       },
       as_it_was},
      {"bump down",
       [](Watch& road, const std::string& id) { EXPECT_TRUE(road.Apply(id, correct::Bump{Urgency::kLow, ""})); },
       {}},
      {"a later message",
       [](Watch& road, const std::string&) {
         road.MustAccept(Mail("later", "Still urgent to me", "first"));
         road.Work();
       },
       as_it_was},
      {"a longer Take within",
       [](Watch& road, const std::string&) { road.book = BookWith("Berlin,1 h,", "Berlin,2 h,"); },
       {"2026-03-02 10:30" + lead, "2026-03-02 13:00" + manager, "2026-03-02 15:00" + triage}},
      {"a shorter Take within",
       [](Watch& road, const std::string&) { road.book = BookWith("Berlin,1 h,", "Berlin,30 min,"); },
       {"2026-03-02 09:30" + lead, "2026-03-02 10:00" + manager, "2026-03-02 10:30" + triage}},
      {"no Take within", [](Watch& road, const std::string&) { road.book = BookWith("Berlin,1 h,", "Berlin,,"); }, {}},
      {"the machine is off",
       [](Watch& road, const std::string&) { road.Sleep("2026-03-02 14:00"); },
       {"2026-03-02 14:00" + lead, "2026-03-02 15:00" + manager, "2026-03-02 16:00" + triage}},
      {"the machine is off until night",
       [](Watch& road, const std::string&) { road.Sleep("2026-03-02 22:00"); },
       {"2026-03-03 08:00" + lead, "2026-03-03 09:00" + manager, "2026-03-03 10:00" + triage}},
  };
  for (const Deed& one : deeds) {
    SCOPED_TRACE(one.what);
    Watch road("2026-03-02 08:30");
    const std::string id = road.Land(Mail("first", kUrgent)).id;
    road.Until("2026-03-02 08:59");
    one.deed(road, id);
    road.Until("2026-03-03 12:00");
    EXPECT_THAT(road.calls, ElementsAreArray(one.calls));
  }
}

}  // namespace
}  // namespace tr::road
