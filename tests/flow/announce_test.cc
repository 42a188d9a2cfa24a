// What triage hears about the rules: everything once, also where the outbox refuses at first.

#include "wiring/announce.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "local/local_test_folder.h"
#include "testing/counting_ids.h"
#include "testing/example_book.h"
#include "testing/faulty_store.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"
#include "wiring/app.h"

namespace tr::wiring {
namespace {

using ::testing::ElementsAre;
using testing::FaultPlan;
using testing::FaultWhen;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kMore = "\n## Special routes\n- says \"blue ribbon\" -> Sales\n";
const std::string kWrong = "\n## Spezial routes\n- says \"blue ribbon\" -> Sales\n";
const std::string kWrongToo = "\n## Special routs\n- says \"blue ribbon\" -> Sales\n";

double HalfChance() { return 0.5; }

// The embedded installation, with a ledger that fails by a plan.
class FaultyAdapters : public Adapters {
 public:
  FaultyAdapters(std::unique_ptr<Adapters> inner, FaultPlan& plan)
      : inner_(std::move(inner)), ledger_(inner_->ports().ledger, plan), ports_(With(inner_->ports(), ledger_)) {}

  Ports& ports() override { return ports_; }
  RulesPlace& rules_place() override { return inner_->rules_place(); }
  channels::MailTransport* mail() override { return inner_->mail(); }
  const Secret& form_key() const override { return inner_->form_key(); }
  const Secret& link_key() const override { return inner_->link_key(); }
  std::vector<std::pair<std::string, double>> Figures() const override { return inner_->Figures(); }

 private:
  static Ports With(Ports& p, store::Ledger& ledger) {
    return {ledger,      p.tickets, p.lookups, p.queues, p.deliveries, p.corrections, p.audit,
            p.originals, p.people,  p.eraser,  p.dump,   p.shelf,      p.queue,       p.dead_letters,
            p.source,    p.ids,     p.clock,   p.log,    p.usage};
  }

  const std::unique_ptr<Adapters> inner_;
  testing::FaultyLedger ledger_;
  Ports ports_;
};

class AnnounceTest : public ::testing::Test {
 protected:
  AnnounceTest() {
    const rules::RuleFiles files = testing::ExampleFiles();
    std::filesystem::create_directories(folder_.File("rules"));
    folder_.Write("rules/topics.csv", files.topics);
    folder_.Write("rules/teams.csv", files.teams);
    WriteDoc("");
    Config config;
    config.data_dir = folder_.File("data");
    config.rules_dir = folder_.File("rules");
    const World world{clock_, ids_, log_, HalfChance};
    Result<std::unique_ptr<Adapters>> adapters = LocalAdapters(config, world, Role::kTool);
    EXPECT_TRUE(adapters.ok()) << adapters.fault().text;
    auto faulty = std::make_unique<FaultyAdapters>(*std::move(adapters), plan_);
    Ports& ports = faulty->ports();
    Result<std::unique_ptr<Readers>> readers =
        Readers::Make(config.reader, {&ports.corrections, &ports.usage, clock_, log_, {}});
    EXPECT_TRUE(readers.ok()) << readers.fault().text;
    app_ = std::make_unique<App>(config, world, std::move(faulty), *std::move(readers));
    EXPECT_TRUE(app_->LoadRules().ok());
  }

  void WriteDoc(const std::string& more) { folder_.Write("rules/rules.md", testing::ExampleFiles().rules + more); }

  Result<rules::SyncReport> Take(const std::string& more) {
    WriteDoc(more);
    clock_.Advance(std::chrono::seconds(1));
    return app_->TakeRules("");
  }

  // What stands in the outbox, oldest first.
  std::vector<std::string> Told() {
    Result<store::DumpPage<store::Delivery>> page = app_->ports().dump.Deliveries("", 100);
    EXPECT_TRUE(page.ok());
    std::ranges::stable_sort(page->rows, {}, &store::Delivery::changed_at);
    std::vector<std::string> told;
    for (const store::Delivery& row : page->rows) told.push_back(row.text);
    return told;
  }

  local::TestFolder folder_;
  testing::ManualClock clock_;
  testing::CountingIds ids_;
  testing::RecordingLog log_;
  FaultPlan plan_;
  std::unique_ptr<App> app_;
};

TEST_F(AnnounceTest, TheFirstBookIsNewsToNobody) { EXPECT_THAT(Told(), IsEmpty()); }

TEST_F(AnnounceTest, EveryTroubleAndEveryHealingIsTold) {
  for (const std::string& doc : {kWrong, std::string(), kWrongToo, std::string()}) ASSERT_TRUE(Take(doc).ok());
  EXPECT_THAT(Told(), ElementsAre(HasSubstr("Spezial routes"), HasSubstr("mended: version 1"),
                                  HasSubstr("Special routs"), HasSubstr("mended: version 1")));
}

TEST_F(AnnounceTest, WhatTheOutboxRefusedIsToldAMinuteLater) {
  for (const std::string& doc : {kMore, kWrong, kMore}) {
    const std::size_t told = Told().size();
    plan_.FailAll(FaultWhen::kBefore);
    const Result<rules::SyncReport> report = Take(doc);
    ASSERT_TRUE(report.ok()) << "in force all the same";
    EXPECT_TRUE(report->untold.has_value());
    plan_.Reset();
    (void)app_->RulesMayHaveChanged();  // it has: the doc was written
    EXPECT_FALSE(app_->RulesMayHaveChanged());
    clock_.Advance(std::chrono::minutes(1));
    EXPECT_TRUE(app_->RulesMayHaveChanged());
    ASSERT_TRUE(app_->TakeRules("").ok());
    EXPECT_EQ(Told().size(), told + 1);
    EXPECT_FALSE(app_->RulesMayHaveChanged());
  }
  EXPECT_THAT(Told(), ElementsAre(HasSubstr("Version 2 in force since"), HasSubstr("Nothing changed: the rules of"),
                                  HasSubstr("mended: version 2")));
  EXPECT_EQ(log_.Count("rules_not_told"), 3U);
}

// A restart half a minute after its moment swallows no digest, and no restart doubles one.
TEST_F(AnnounceTest, TheWeeksDigestIsSentOnceWheneverItIsStarted) {
  clock_.Advance(std::chrono::hours(1));
  const Time due = NextDigest(*app_, clock_.Now());
  EXPECT_EQ(FirstDigest(*app_, clock_.Now()), due) << "none was due before there was a book";
  for (const Duration late : {Duration(std::chrono::seconds(30)), Duration(std::chrono::hours(23))}) {
    clock_.Set(due + late);
    ASSERT_EQ(FirstDigest(*app_, clock_.Now()), due);
    EXPECT_TRUE(SendDigest(*app_, due).ok());
  }
  EXPECT_EQ(Told().size(), 1U);
  clock_.Set(due + std::chrono::hours(25));
  EXPECT_EQ(FirstDigest(*app_, clock_.Now()), due + std::chrono::days(7));
}

// The commit was made and its answer was lost.
TEST_F(AnnounceTest, WhatTheOutboxHasAlreadyIsToldOnce) {
  plan_.FailAll(FaultWhen::kAfter);
  ASSERT_TRUE(Take(kMore).ok());
  plan_.Reset();
  clock_.Advance(std::chrono::minutes(1));
  ASSERT_TRUE(app_->TakeRules("").ok());
  EXPECT_THAT(Told(), ElementsAre(HasSubstr("Version 2 in force since")));
}

}  // namespace
}  // namespace tr::wiring
