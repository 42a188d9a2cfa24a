#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ids.h"
#include "testing/counting_ids.h"
#include "testing/fake_channel.h"
#include "testing/fake_reader.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"

namespace tr::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(ManualClock, StandsStillUntilItIsMoved) {
  ManualClock clock;
  EXPECT_EQ(FormatTime(clock.Now()), "2026-03-02T09:00:00.000Z");
  clock.Advance(std::chrono::minutes(5));
  EXPECT_EQ(FormatTime(clock.Now()), "2026-03-02T09:05:00.000Z");
  clock.Set(kMondayMorning);
  EXPECT_EQ(clock.Now(), kMondayMorning);
}

TEST(CountingIds, AreValidForetoldAndAscend) {
  CountingIds ids;
  const std::string first = ids.NewId(kMondayMorning);
  const std::string second = ids.NewId(kMondayMorning);
  EXPECT_TRUE(IsUlid(first));
  EXPECT_LT(first, second);
  EXPECT_EQ(first, CountingIds().NewId(kMondayMorning));
}

TEST(RecordingLog, KeepsWhatWasLoggedAsText) {
  RecordingLog log;
  log.Info("landed", {{"ticket", "T1"}, {"rank", 2}, {"held", false}, {"subject", CustomerText("my secret")}});
  log.Error("lost");
  ASSERT_THAT(log.lines(), SizeIs(2));
  EXPECT_EQ(log.lines()[0].fields.at("ticket"), "T1");
  EXPECT_EQ(log.lines()[0].fields.at("rank"), "2");
  EXPECT_EQ(log.lines()[0].fields.at("held"), "false");
  EXPECT_EQ(log.Count("lost"), 1U);
  EXPECT_TRUE(log.Contains("[redacted]"));
  EXPECT_FALSE(log.Contains("my secret"));
}

handoff::Notice NoticeTo(const std::string& address) {
  handoff::Notice notice;
  notice.id = "T1#card";
  notice.address = address;
  return notice;
}

TEST(FakeChannel, AnswersWithTheOrderedFaultsInTurn) {
  FakeChannel channel;
  channel.FailNext(Transient("busy"), 2);
  channel.LoseNextAnswer();
  std::vector<bool> ok;
  std::vector<std::size_t> said;
  for (int i = 0; i < 4; ++i) {
    ok.push_back(channel.Post(NoticeTo("#a"), {}).ok());
    said.push_back(channel.said().size());
  }
  EXPECT_THAT(ok, ElementsAre(false, false, false, true));
  EXPECT_THAT(said, ElementsAre(0, 0, 1, 2)) << "the third was said, and its answer lost";
  EXPECT_EQ(channel.calls(), 4);
  EXPECT_TRUE(channel.WaitUntilSaid(2));
}

TEST(FakeChannel, StaysBrokenUntilItIsMended) {
  FakeChannel channel;
  channel.Break(Permanent("gone"));
  EXPECT_FALSE(channel.Post(NoticeTo("#a"), {}).ok());
  EXPECT_FALSE(channel.Post(NoticeTo("#a"), {}).ok());
  channel.Mend();
  EXPECT_TRUE(channel.Post(NoticeTo("#a"), {}).ok());
}

TEST(FakeChannels, FindsByKind) {
  FakeChannel slack;
  FakeChannels channels;
  channels.Add("slack", slack);
  EXPECT_EQ(channels.Find("slack"), &slack);
  EXPECT_EQ(channels.Find("mail"), nullptr);
}

TEST(FakeReader, AnswersByItsTable) {
  rules::RuleBook book;
  book.topics.resize(1);
  book.topics[0].name = "Refund";
  FakeReader reader;
  reader.When("money", MakeReading("refund", 0.8));
  reader.When("unknown", MakeReading("no such topic"));
  const auto topic = [&](const std::string& text) {
    const auto reading = reader.Read({Lane::kMail, "", text}, book, {});
    return reading.ok() ? reading->topic : "fault: " + reading.fault().text;
  };
  EXPECT_EQ(topic("my money back"), "Refund") << "as the sheet spells it";
  EXPECT_EQ(topic("unknown"), "unsure");
  EXPECT_EQ(topic("something else"), "unsure");
  reader.FailNext(Transient("asleep"));
  EXPECT_EQ(topic("my money back"), "fault: asleep");
  EXPECT_EQ(topic("my money back"), "Refund");
  EXPECT_THAT(reader.asked(), SizeIs(5));
}

}  // namespace
}  // namespace tr::testing
