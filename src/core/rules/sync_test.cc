#include "rules/sync.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rules/rules_testing.h"
#include "testing/fake_rule_source.h"
#include "testing/fault_plan.h"
#include "testing/faulty_ports.h"
#include "testing/manual_clock.h"
#include "testing/memory_shelf.h"

namespace tr::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using tr::testing::FaultPlan;
using tr::testing::FaultWhen;

RuleFiles Edited(const std::string& heading, int n) {
  return WithDoc(ExampleFiles().rules + "\n## " + heading + "\n- says \"ribbon" + std::to_string(n) + "\" -> Sales\n");
}
RuleFiles Good(int n) { return Edited("Special routes", n); }
RuleFiles Bad(int n) { return Edited("No such heading", n); }

std::string Summary(const SyncReport& report) {
  constexpr std::string_view kNames[] = {"unchanged", "version", "broken", "mended"};
  return std::string(kNames[static_cast<std::size_t>(report.outcome)]) + " " + std::to_string(report.version.number);
}

struct Row {
  std::string event;
  std::string what;
  std::string difference;
  RuleBookPtr before;
};

// A manager's place, the shelf, and an outbox that keeps the first row of each name, as the store does.
class Place {
 public:
  Place() { Restart(); }

  // A new process, where no call fails: what the last one knew is gone.
  void Restart() {
    plan.Reset();
    sync_ = std::make_unique<Sync>(faulty_shelf_);
    const Result<void> loaded = sync_->LoadShelf();
    EXPECT_TRUE(loaded.ok() || loaded.fault().kind == FaultKind::kNotFound) << loaded.fault().text;
    plan.Reset();
  }

  Result<SyncReport> Take(RuleFiles files) {
    source.Set(std::move(files));
    return sync_->Take(source, "", tr::testing::kMondayMorning,
                       [this](const SyncReport& report) { return plan.Through("Tell", [&] { return Tell(report); }); });
  }
  // REQUIRES: no call fails.
  void TakeAll(const std::vector<RuleFiles>& all) {
    for (const RuleFiles& files : all) {
      const Result<SyncReport> report = Take(files);
      ASSERT_TRUE(report.ok()) << report.fault().text;
      ASSERT_FALSE(report->untold.has_value()) << report->untold->text;
    }
  }

  // The next Take's nth call fails, and all after it. A Take reads the note, keeps what is new, writes the note, tells,
  // writes the note.
  void DieAt(int call, FaultWhen when) {
    plan.Reset();
    plan.FailCalls(call, 99, when);
  }

  std::vector<std::string> told() const {
    std::vector<std::string> told;
    for (const Row& row : rows) told.push_back(row.what);
    return told;
  }

  FaultPlan plan;
  tr::testing::MemoryShelf shelf;
  tr::testing::FakeRuleSource source;
  std::vector<Row> rows;

 private:
  Result<void> Tell(const SyncReport& report) {
    const bool known = std::ranges::find(rows, report.event, &Row::event) != rows.end();
    if (!known) rows.push_back({report.event, Summary(report), report.version.difference, report.before});
    return Ok();
  }

  tr::testing::FaultyRuleShelf faulty_shelf_{shelf, plan};
  std::unique_ptr<Sync> sync_;
};

TEST(SyncTest, EachThingIsToldOnce) {
  Place place;
  place.TakeAll({Good(1), Good(1), Good(2), Bad(1), Bad(1), Bad(2), Good(2), Good(2), Bad(2), Good(3)});
  EXPECT_THAT(place.told(),
              ElementsAre("version 1", "version 2", "broken 2", "broken 2", "mended 2", "broken 2", "version 3"));
  place.Restart();
  place.TakeAll({Good(3)});
  EXPECT_THAT(place.rows, SizeIs(7));
}

TEST(SyncTest, EveryHealingOfOneVersionIsTold) {
  Place place;
  place.TakeAll({Good(1), Bad(1), Good(1), Bad(2), Good(1), Bad(1), Good(1)});
  EXPECT_THAT(place.told(),
              ElementsAre("version 1", "broken 1", "mended 1", "broken 1", "mended 1", "broken 1", "mended 1"));
}

TEST(SyncTest, TroubleIsReportedForAsLongAsItStands) {
  Place place;
  place.TakeAll({Good(1), Bad(1)});
  const Result<SyncReport> again = place.Take(Bad(1));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(Summary(*again), "broken 1");
  EXPECT_EQ(again->event, "");
  EXPECT_FALSE(again->problems.empty());
}

TEST(SyncTest, ABookIsToldAgainstTheOneThatWasToldLast) {
  Place place;
  place.TakeAll({Good(1), Good(2)});
  EXPECT_EQ(place.rows.back().before->version, 1);
  EXPECT_EQ(place.rows.back().difference, "1 bullet changed");
  // Version 3 comes into force and is told to nobody.
  RuleFiles more = Good(2);
  more.rules += "- says \"bow\" -> Sales\n";
  place.DieAt(3, FaultWhen::kBefore);
  EXPECT_TRUE(place.Take(more)->untold.has_value());
  place.Restart();
  more.rules += "- says \"wreath\" -> Sales\n";
  place.TakeAll({more});
  EXPECT_EQ(place.rows.back().what, "version 4");
  EXPECT_EQ(place.rows.back().difference, "2 bullets added");
  ASSERT_NE(place.rows.back().before, nullptr);
  EXPECT_EQ(place.rows.back().before->special_routes.size() + 2, BookOf(more).special_routes.size());
  // The history says what each version changed.
  EXPECT_EQ(place.shelf.History()->front().difference, "1 bullet added");
}

TEST(SyncTest, WhatIsToldAgainBySomebodyNewIsToldAgainstTheBookBefore) {
  Place place;
  place.TakeAll({Good(1)});
  place.DieAt(3, FaultWhen::kBefore);
  EXPECT_TRUE(place.Take(Good(2)).ok());
  place.Restart();
  place.TakeAll({Good(2)});
  EXPECT_EQ(place.rows.back().what, "version 2");
  EXPECT_EQ(place.rows.back().difference, "1 bullet changed");
  ASSERT_NE(place.rows.back().before, nullptr);
  EXPECT_EQ(place.rows.back().before->special_routes.back().bullet.text.find("ribbon2"), std::string::npos);
}

TEST(SyncTest, ASourceThatFaultsForGoodIsToldOnceAndMended) {
  for (const Fault& fault : {NotFound("the Sheet has no tab teams"), Invalid("two Docs"), Permanent("share it")}) {
    Place place;
    place.TakeAll({Good(1)});
    place.source.Break(fault);
    for (int i = 0; i < 2; ++i) {
      const Result<SyncReport> report = place.Take(Good(2));
      ASSERT_TRUE(report.ok()) << report.fault().text;
      EXPECT_EQ(Summary(*report), "broken 1");
      EXPECT_THAT(Lines(report->problems), ElementsAre("the rules: " + fault.text));
    }
    EXPECT_THAT(place.told(), ElementsAre("version 1", "broken 1"));
    place.source.Break(Permanent("another"));
    place.TakeAll({Good(1)});
    place.source.Break(std::nullopt);
    place.TakeAll({Good(1)});
    EXPECT_THAT(place.told(), ElementsAre("version 1", "broken 1", "broken 1", "mended 1"));
  }
}

TEST(SyncTest, ASourceThatFaultsForNowIsAFault) {
  Place place;
  place.TakeAll({Good(1)});
  place.source.Break(Transient("come again"));
  EXPECT_EQ(place.Take(Good(2)).fault().kind, FaultKind::kTransient);
  EXPECT_THAT(place.told(), ElementsAre("version 1"));
}

TEST(SyncTest, WithoutABookNobodyIsTold) {
  Place place;
  place.source.Break(NotFound("the Drive folder has no Doc"));
  EXPECT_EQ(place.Take(Good(1)).fault().kind, FaultKind::kNotFound);
  place.source.Break(std::nullopt);
  EXPECT_EQ(Summary(*place.Take(Bad(1))), "broken 0");
  EXPECT_THAT(place.told(), SizeIs(0));
}

struct Death {
  const char* name;
  std::vector<RuleFiles> before;  // taken in peace
  RuleFiles dying;                // a call of this Take fails, and all after it
  RuleFiles then;                 // what a new process finds
  std::vector<std::string> told;  // of the last two: each once, and the last one last
};

// False: it took fewer calls, so none failed.
bool DiesAt(int failing, FaultWhen when, const Death& death) {
  Place place;
  place.TakeAll(death.before);
  const std::size_t so_far = place.rows.size();
  place.DieAt(failing, when);
  const Result<SyncReport> died = place.Take(death.dying);
  if (place.plan.failures() == 0) return false;
  EXPECT_TRUE(!died.ok() || died->untold.has_value());
  place.Restart();
  place.TakeAll({death.then, death.then});
  std::vector<std::string> news = place.told();
  news.erase(news.begin(), news.begin() + static_cast<std::ptrdiff_t>(so_far));
  if (news.size() == death.told.size()) {
    EXPECT_EQ(news, death.told);
  } else if (news.empty()) {
    // It died before anything was begun, and all is again as it was told.
    EXPECT_EQ(death.then, death.before.back());
  } else {
    // What was overtaken was never begun: there may be a version less.
    EXPECT_EQ(news.size() + 1, death.told.size());
    EXPECT_EQ(news.back().substr(0, 6), death.told.back().substr(0, 6));
  }
  return true;
}

// Whichever call it dies in, before the call did its work or after it: what is the case in the end is what was told
// last, and nothing is told twice.
TEST(SyncTest, WhereverItDiesTheEndIsTold) {
  const std::vector<Death> deaths = {
      {"a version", {Good(1)}, Good(2), Good(2), {"version 2"}},
      {"trouble", {Good(1)}, Bad(1), Bad(1), {"broken 1"}},
      {"a healing", {Good(1), Bad(1)}, Good(1), Good(1), {"mended 1"}},
      {"another healing", {Good(1), Bad(1), Good(1), Bad(2)}, Good(1), Good(1), {"mended 1"}},
      {"a version, then another", {Good(1)}, Good(2), Good(3), {"version 2", "version 3"}},
      {"trouble, then another", {Good(1)}, Bad(1), Bad(2), {"broken 1", "broken 1"}},
      {"healed, then the same trouble", {Good(1), Bad(1)}, Good(1), Bad(1), {"mended 1", "broken 1"}},
      {"healed, then another", {Good(1), Bad(1)}, Good(1), Bad(2), {"mended 1", "broken 1"}},
      {"mended by a version", {Good(1), Bad(1)}, Good(2), Good(2), {"version 2"}}};
  for (const Death& death : deaths) {
    for (const FaultWhen when : {FaultWhen::kBefore, FaultWhen::kAfter}) {
      SCOPED_TRACE(std::string(death.name) + (when == FaultWhen::kAfter ? ", after it" : ", before it"));
      int failing = 1;
      while (DiesAt(failing, when, death) && !HasFailure()) ++failing;
      EXPECT_GT(failing, 4) << "the last call that failed";
    }
  }
}

// Told or not before it died: then "mended" is right in both cases.
TEST(SyncTest, TroubleThatWasHealedBeforeItWasSurelyToldIsToldAsMended) {
  Place place;
  place.TakeAll({Good(1)});
  place.DieAt(4, FaultWhen::kBefore);
  EXPECT_TRUE(place.Take(Bad(1))->untold.has_value());
  EXPECT_THAT(place.told(), ElementsAre("version 1", "broken 1"));
  place.Restart();
  place.TakeAll({Good(1)});
  EXPECT_THAT(place.told(), ElementsAre("version 1", "broken 1", "mended 1"));
}

TEST(ToldTest, ANoteIsReadAsItWasWritten) {
  for (const Told& told : {Told{}, Told{7, 17, false, "bad:1f2e"}, Told{1, 0, true, "v1"}}) {
    EXPECT_EQ(ParseTold(Format(told)), told);
  }
}

TEST(ToldTest, AnythingElseIsNone) {
  for (const char* note : {"", " ", "1f2e3d", "7 17 sure", "7 17 maybe v1", "x 17 sure v1", "7 -1 sure v1",
                           "7 17 sure v1 more", "99999999999 1 sure v1"}) {
    EXPECT_EQ(ParseTold(note), Told()) << note;
  }
}

// A later program may be stricter than the one that kept a book.
TEST(SyncTest, MendedPiecesFollowABookThatIsNotUnderstoodAnyMore) {
  Place place;
  ASSERT_TRUE(place.shelf.Keep(Bad(1), 0, "", "", tr::testing::kMondayMorning).ok());
  Sync later(place.shelf);
  const auto take = [&](RuleFiles files) {
    place.source.Set(std::move(files));
    return later.Take(place.source, "", tr::testing::kMondayMorning, [](const SyncReport&) { return Ok(); });
  };
  EXPECT_EQ(later.LoadShelf().fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(Summary(*take(Bad(1))), "broken 0");
  const Result<SyncReport> mended = take(Good(1));
  ASSERT_TRUE(mended.ok()) << mended.fault().text;
  EXPECT_EQ(Summary(*mended), "version 2");
  EXPECT_EQ(later.book()->version, 2);
}

TEST(SyncTest, WithoutALookAtTheShelfAGoodBookThereIsNotOverwritten) {
  Place place;
  ASSERT_TRUE(place.shelf.Keep(Good(1), 0, "", "", tr::testing::kMondayMorning).ok());
  Sync later(place.shelf);
  place.source.Set(Good(2));
  const auto taken = later.Take(place.source, "", tr::testing::kMondayMorning, [](const SyncReport&) { return Ok(); });
  EXPECT_EQ(taken.fault().kind, FaultKind::kConflict);
}

}  // namespace
}  // namespace tr::rules
