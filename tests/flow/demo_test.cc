// The demo's stream on the real rules, reader, store and road: everything ends as the samples say, and the misroute is
// one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/commands.h"
#include "cli/demo_lesson.h"
#include "cli/demo_log.h"
#include "cli/demo_samples.h"
#include "cli/demo_show.h"
#include "cli/demo_tally.h"
#include "flow/demo_world.h"
#include "route/rules_test_runner.h"
#include "wiring/announce.h"

namespace tr::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Sample> Samples() {
  Result<std::vector<Sample>> samples = ParseSamples(DemoTickets());
  EXPECT_TRUE(samples.ok()) << (samples ? "" : samples.fault().text);
  return samples ? *std::move(samples) : std::vector<Sample>{};
}

// What became of each sample, by its name.
std::map<std::string, Fed> RunStream(DemoWorld& world, bool correct) {
  std::map<std::string, Fed> fed;
  Lesson lesson(world.app());
  for (const Sample& sample : Samples()) {
    Result<Fed> one = world.feed().Give(sample);
    EXPECT_TRUE(one.ok()) << sample.name << ": " << (one ? "" : one.fault().text);
    if (!one) continue;
    if (lesson.Notice(sample, *one, {}) && correct) {
      EXPECT_TRUE(lesson.Correct().ok());
    }
    fed[sample.name] = *std::move(one);
  }
  return fed;
}

TEST(DemoTest, EverySampleEndsAsItSays) {
  DemoWorld world;
  const std::map<std::string, Fed> fed = RunStream(world, true);
  for (const Sample& sample : Samples()) {
    ASSERT_TRUE(fed.contains(sample.name)) << sample.name;
    EXPECT_EQ(fed.at(sample.name).outcome, sample.expected) << sample.name << ": " << fed.at(sample.name).why;
    EXPECT_NE(fed.at(sample.name).why, "") << sample.name;
  }
  EXPECT_TRUE(fed.at("aurora-down").on_top);
}

TEST(DemoTest, TheWholeStreamIsHandled) {
  DemoWorld world;
  RunStream(world, true);
  const Result<std::vector<store::UnhandledMessage>> left =
      world.app().ports().queues.Unhandled(world.clock.Now() + std::chrono::hours(1), 100);
  ASSERT_TRUE(left.ok());
  for (const store::UnhandledMessage& one : *left) {
    const Result<Ticket> ticket = world.app().ports().tickets.Get(one.ticket);
    ASSERT_TRUE(ticket.ok());
    EXPECT_EQ(ticket->state, State::kSuspect) << "only what waits for nobody waits";
  }
  const Result<std::vector<queue::DeadLetter>> dead = world.app().ports().dead_letters.List(100);
  ASSERT_TRUE(dead.ok());
  EXPECT_TRUE(dead->empty());
}

// Measured both ways: the same tickets, the same rules, the same reader; only the correction differs.
TEST(DemoTest, TheMisrouteIsOneAndTheCorrectionMendsTheLaterTwo) {
  DemoWorld taught_world;
  DemoWorld untaught_world;
  const std::map<std::string, Fed> taught = RunStream(taught_world, true);
  const std::map<std::string, Fed> untaught = RunStream(untaught_world, false);
  int teaching = 0;
  int learning = 0;
  for (const Sample& sample : Samples()) {
    const Ticket& without = untaught.at(sample.name).ticket;
    if (!sample.teaches.empty()) {
      ++teaching;
      const rules::RuleBookPtr book = untaught_world.app().rules().book();
      ASSERT_NE(book->FindTopic(sample.teaches), nullptr);
      EXPECT_NE(without.move, Move::kHold) << "routed, and surely: " << sample.name;
      EXPECT_NE(without.team, book->FindTopic(sample.teaches)->place.team) << sample.name;
    } else if (sample.learned) {
      ++learning;
      EXPECT_EQ(taught.at(sample.name).outcome, sample.expected) << sample.name;
      EXPECT_NE(without.team, taught.at(sample.name).ticket.team) << sample.name;
    } else {
      EXPECT_EQ(untaught.at(sample.name).outcome, sample.expected) << "the correction has to do with " << sample.name;
    }
  }
  EXPECT_EQ(teaching, 1);
  EXPECT_EQ(learning, 2);
}

TEST(DemoTest, TheSamplesAreManyAndOfAllKinds) {
  std::set<std::string> names;
  std::map<Lane, int> lanes;
  std::map<std::string, int> outcomes;
  for (const Sample& sample : Samples()) {
    names.insert(sample.name);
    ++lanes[sample.lane];
    ++outcomes[sample.expected.substr(0, sample.expected.find(' '))];
  }
  EXPECT_GE(names.size(), 60U);
  EXPECT_EQ(names.size(), Samples().size());
  for (const Lane lane : {Lane::kMail, Lane::kForm, Lane::kChat}) EXPECT_GE(lanes[lane], 5) << Name(lane);
  for (const char* outcome : {"route", "priority", "escalate", "hold", "joins", "set", "suspect", "taken"}) {
    EXPECT_GE(outcomes[outcome], 1) << outcome;
  }
}

TEST(DemoTest, TheSampleRulesHaveNothingToMend) {
  rules::RuleFiles files;
  for (const DemoFile& file : DemoRules()) {
    if (file.name == "topics.csv") files.topics = file.bytes;
    if (file.name == "teams.csv") files.teams = file.bytes;
    if (file.name == "rules.md") files.rules = file.bytes;
    if (file.name == "rules.tests.csv") files.tests = file.bytes;
  }
  const rules::ParsedBook parsed = rules::ParseRuleBook(files);
  for (const rules::Problem& problem : parsed.problems) {
    EXPECT_EQ(problem.severity, rules::Severity::kNote) << Format(problem);
  }
  ASSERT_NE(parsed.book, nullptr);
  const route::RuleTestReport report = route::RunRuleTests(files, *parsed.book);
  EXPECT_GE(report.results.size(), 5U);
  for (const route::RuleTestResult& result : report.results) {
    EXPECT_TRUE(result.passed) << result.name << ": " << result.difference;
  }
}

TEST(DemoTest, ABadHeadIsRefused) {
  for (const char* head : {"%% only-a-name", "%% name | pigeon | route Sales", "%% name | mail | hold Triage | knows",
                           "%% name | mail | route Sales | learned | twice"}) {
    EXPECT_EQ(ParseSamples(head).ok(), false) << head;
  }
}

// Time never passes; keys come when asked for the `keys_after`th time.
class ScriptedAttention : public Attention {
 public:
  ScriptedAttention(bool has_keys, int keys_after) : has_keys_(has_keys), keys_after_(keys_after) {}
  Waited Wait(std::chrono::milliseconds) override {
    ++asked_;
    if (on_ask) on_ask(asked_);
    if (asked_ == keys_after_) return {Waited::For::kKey, 'c'};
    return {stop_at != 0 && asked_ >= stop_at ? Waited::For::kStop : Waited::For::kTime, 0};
  }
  bool HasKeys() const override { return has_keys_; }

  std::function<void(int)> on_ask;
  int stop_at = 0;

 private:
  bool has_keys_;
  int keys_after_;
  int asked_ = 0;
};

constexpr int kNever = -1;

std::string ShowAll(DemoWorld& world, Attention& attention, DemoLog& log) {
  std::ostringstream out;
  Show show(world.app(), world.feed(), attention, [&log] { return log.TakeNews(); }, out,
            {std::chrono::milliseconds(0), true, {}});
  const Result<void> shown = show.Run(Samples());
  EXPECT_TRUE(shown.ok()) << (shown ? "" : shown.fault().text);
  return out.str();
}

TEST(DemoShowTest, TellsEachTicketAndTheTop) {
  DemoWorld world;
  DemoLog log(world.log);
  ScriptedAttention attention(false, kNever);
  const std::string told = ShowAll(world, attention, log);
  EXPECT_THAT(told, HasSubstr("Mara Lindqvist"));
  EXPECT_THAT(told, HasSubstr("jumps to the top of Technical"));
  EXPECT_THAT(told, HasSubstr("✗ that is wrong"));
  EXPECT_THAT(told, HasSubstr("No keys here, so the demo corrects it"));
  EXPECT_THAT(told, HasSubstr("as learned from Tom Hale's ticket"));
  EXPECT_THAT(told, Not(HasSubstr("\x1b"))) << "no colours but on a terminal";
}

TEST(DemoShowTest, TheKeyCorrects) {
  DemoWorld world;
  DemoLog log(world.log);
  ScriptedAttention attention(true, 13);
  const std::string told = ShowAll(world, attention, log);
  EXPECT_THAT(told, HasSubstr("Press c to correct it"));
  EXPECT_THAT(told, HasSubstr("✓ You correct it"));
  EXPECT_THAT(told, Not(HasSubstr("the demo corrects it:")));
}

TEST(DemoShowTest, WithoutAKeyItIsCorrectedBeforeTheLaterTwo) {
  DemoWorld world;
  DemoLog log(world.log);
  ScriptedAttention attention(true, kNever);
  const std::string told = ShowAll(world, attention, log);
  EXPECT_THAT(told, HasSubstr("Nobody did, so the demo corrects it"));
  EXPECT_THAT(told, HasSubstr("as learned from Tom Hale's ticket"));
}

TEST(DemoShowTest, StopsWhenAskedTo) {
  DemoWorld world;
  DemoLog log(world.log);
  ScriptedAttention attention(false, kNever);
  attention.stop_at = 3;
  const std::string told = ShowAll(world, attention, log);
  EXPECT_THAT(told, HasSubstr("Jonas Weir"));
  EXPECT_THAT(told, Not(HasSubstr("Aisha Rahman")));
}

// A word that is added to the folder counts for the tickets after it, and is announced.
TEST(DemoShowTest, AnEditOfTheRulesIsTold) {
  DemoWorld world;
  DemoLog log(world.log);
  ScriptedAttention attention(false, kNever);
  attention.on_ask = [&](int asked) {
    if (asked != 1) return;
    const std::string path = world.rules_dir() + "/rules.md";
    std::ifstream in(path);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::string before = "- high: urgent*,";
    text.replace(text.find(before), before.size(), "- high: gooseneck, urgent*,");
    std::ofstream(path) << text;
    const Result<rules::SyncReport> report = world.app().LoadRules();
    ASSERT_TRUE(report.ok());
    log.Info("rules", {{"told", wiring::AnnouncementText(world.app(), *report)}});
  };
  const std::string told = ShowAll(world, attention, log);
  EXPECT_THAT(told, HasSubstr("» Version 2 in force since"));
  const std::size_t gooseneck = told.find("Gooseneck kettle");
  ASSERT_NE(gooseneck, std::string::npos);
  EXPECT_THAT(told.substr(gooseneck, told.find('\n', gooseneck) - gooseneck), HasSubstr("priority"));
}

TEST(DemoLinesTest, WhatACustomerWroteIsCutAndHarmless) {
  EXPECT_EQ(Fit("Grüße", 7), "Grüße  ");
  EXPECT_EQ(Fit("Grüße aus Köln", 7), "Grüße …");
  EXPECT_EQ(Fit("a\nb\x1b[31m", 8), "a b\xEF\xBF\xBD[31m");
  EXPECT_EQ(Fit("", 2), "  ");
}

TEST(DemoTallyTest, CountsWhatTheSamplesSay) {
  DemoWorld world;
  RunStream(world, true);
  int held = 0;
  int aside = 0;
  for (const Sample& sample : Samples()) {
    held += sample.expected.starts_with("hold") ? 1 : 0;
    aside += sample.expected == "set aside" || sample.expected == "suspect" ? 1 : 0;
  }
  const Result<Tally> tally = Count(world.app());
  ASSERT_TRUE(tally.ok());
  EXPECT_EQ(tally->held, held);
  EXPECT_EQ(tally->set_aside, aside);
  EXPECT_EQ(tally->corrected, 1);
  EXPECT_EQ(tally->median_millis, 1000) << "the world's clock moves by a second a ticket";
  EXPECT_THAT(SummaryText({}, *tally, "here/rules"), HasSubstr("ticket-router serve --rules here/rules"));
}

// The command itself, with its threads, its socket and its throw-away folder.
TEST(DemoCommandTest, RunsFromBeginningToEnd) {
  const local::TestFolder folder;
  const std::string temporary = folder.File("tmp");
  std::filesystem::create_directories(folder.File("rules"));
  std::filesystem::create_directories(temporary);
  for (const DemoFile& file : DemoRules()) folder.Write("rules/" + std::string(file.name), std::string(file.bytes));
  ASSERT_EQ(setenv("TMPDIR", temporary.c_str(), 1), 0);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err, {}, false};
  const int code = cli::Run(
      {"demo", "--once", "--speed", "0", "--listen", "127.0.0.1:0", "--rules", folder.File("rules")}, terminal);
  unsetenv("TMPDIR");
  EXPECT_EQ(code, 0) << err.str();
  EXPECT_EQ(err.str(), "");
  EXPECT_THAT(out.str(), HasSubstr("http://127.0.0.1:"));
  EXPECT_THAT(out.str(), HasSubstr("jumps to the top of Technical"));
  EXPECT_THAT(out.str(), HasSubstr("What became of them"));
  EXPECT_TRUE(std::filesystem::is_empty(temporary)) << "nothing stays behind";
}

}  // namespace
}  // namespace tr::cli
