#include "read/llm_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "read/cascade_reader.h"
#include "read/reading_answer.h"
#include "testing/example_book.h"
#include "testing/fake_model.h"
#include "testing/fake_reader.h"
#include "testing/manual_clock.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"
#include "testing/samples.h"

namespace tr::read {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using testing::FilledIn;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

const Text kTicket{Lane::kMail, "Parcel 7", "Where is my parcel? I am furious. My card is 4111 1111 1111 1111."};

class LlmReaderTest : public ::testing::Test {
 protected:
  LlmReader Make(std::optional<std::int64_t> monthly = std::nullopt) {
    budget_.emplace(store_.usage(), clock_, Prices{1, 5}, monthly);
    return LlmReader({model_, embedded_, *budget_, log_}, true);
  }
  void Answer(json::object input) { model_.Next(ModelAnswer{std::move(input), 700, 60}); }
  store::Used Used() { return *store_.usage().OfMonth(MonthOf(clock_.Now())); }

  rules::RuleBookPtr book_ = testing::ExampleBook();
  testing::ManualClock clock_;
  testing::MemoryStore store_;
  testing::RecordingLog log_;
  testing::FakeModel model_;
  EmbeddedReader embedded_{&store_.corrections()};
  std::optional<Budget> budget_;
  Call call_{testing::kMondayMorning, "T1"};
};

TEST_F(LlmReaderTest, WhatTheModelFillsInBecomesTheReading) {
  json::object input = FilledIn("delivery", 90);
  input["others"] = {{{"topic", "refund"}, {"confidence", 7}}, {{"topic", "nonsense"}, {"confidence", 3}}};
  input["urgency"] = "high";
  input["tone"] = "angry";
  input["signals"] = {"deadline"};
  input["evidence"] = {"I am furious", "these words are not in it", "Parcel 7", "I am furious"};
  Answer(input);
  LlmReader reader = Make();
  const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->topic, "delivery");
  EXPECT_NEAR(reading->confidence, 0.81, 1e-9);
  EXPECT_EQ(reading->sure_at, kModelSureAt);
  ASSERT_THAT(reading->ranking, SizeIs(2));
  EXPECT_EQ(reading->ranking[1].topic, "refund");
  EXPECT_EQ(reading->urgency, Urgency::kHigh);
  EXPECT_EQ(reading->tone, Tone::kAngry);
  EXPECT_EQ(reading->signals, Signals{Signal::kDeadline});
  EXPECT_THAT(reading->evidence, ElementsAre("I am furious", "Parcel 7"));
  EXPECT_EQ(reading->reader, "fake-model");
  EXPECT_EQ(reading->cost_micros, 700 + 60 * 5);
}

TEST_F(LlmReaderTest, NumbersAreRedactedBeforeTheyAreSent) {
  LlmReader reader = Make();
  ASSERT_TRUE(reader.Read(kTicket, *book_, call_).ok());
  EXPECT_THAT(model_.asked()[0].user, Not(HasSubstr("4111")));
  EXPECT_THAT(model_.asked()[0].user, HasSubstr("[card]"));
}

TEST_F(LlmReaderTest, ARefusedAnswerIsAskedForOnceMore) {
  Answer(FilledIn("HACKED"));
  Answer(FilledIn("delivery"));
  LlmReader reader = Make();
  const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->topic, "delivery");
  EXPECT_EQ(reading->cost_micros, 2000) << "both calls";
  ASSERT_THAT(model_.asked(), SizeIs(2));
  EXPECT_THAT(model_.asked()[1].user, HasSubstr("member topic must be"));
  EXPECT_THAT(model_.asked()[1].user, Not(HasSubstr("HACKED")));
}

TEST_F(LlmReaderTest, WhatTwoRefusedAnswersCostStandsOnTheEmbeddedReading) {
  Answer(FilledIn("HACKED"));
  model_.Next(ModelAnswer{nullptr, 700, 300});
  LlmReader reader = Make();
  const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->reader, "embedded");
  EXPECT_FALSE(log_.Contains("HACKED"));
  EXPECT_EQ(Used().calls, 2);
  EXPECT_EQ(reading->input_tokens, 1400);
  EXPECT_EQ(reading->output_tokens, 360);
  EXPECT_EQ(reading->cost_micros, Used().cost_micros);
}

TEST_F(LlmReaderTest, WhatWasPaidBeforeTheRepairFailedStandsOnTheEmbeddedReading) {
  for (const Fault& fault : {Transient("throttled"), Permanent("the key is refused")}) {
    Answer(FilledIn("HACKED"));
    model_.Next(fault);
    LlmReader reader = Make();
    const std::int64_t before = Used().cost_micros;
    const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
    ASSERT_TRUE(reading.ok()) << "nothing is bought twice";
    EXPECT_EQ(reading->reader, "embedded");
    EXPECT_EQ(reading->cost_micros, 1000);
    EXPECT_EQ(Used().cost_micros - before, 1000);
  }
}

TEST_F(LlmReaderTest, EveryMemberIsChecked) {
  const std::pair<const char*, const char*> wrong[] = {
      {"topic", "7"},
      {"topic", R"("Delivery")"},
      {"topic", "null"},
      {"confidence", R"("90")"},
      {"confidence", "-1"},
      {"confidence", "101"},
      {"confidence", "1e400"},
      {"urgency", R"("critical")"},
      {"urgency", "2"},
      {"tone", R"("furious")"},
      {"tone", "[]"},
      {"signals", R"("outage")"},
      {"signals", R"(["vip"])"},
      {"signals", "[1]"},
      {"others", "{}"},
      {"others", R"(["refund"])"},
      {"others", R"([{"topic":"refund"}])"},
      {"evidence", "7"},
      {"evidence", "[7]"},
      {"vip", "true"},
      {"move", R"("escalate")"},
      {"others", R"([{"topic":"refund","confidence":1,"team":"Sales"}])"}};
  const Text text = kTicket;
  const Prompt prompt = MakePrompt({text, {&book_->topics[0], &book_->topics[1]}, {}, 0});
  const Reading second;
  ASSERT_TRUE(ReadingOf(FilledIn(prompt.labels[0]), prompt, text, *book_, second).ok());
  for (const auto& [member, value] : wrong) {
    json::object input = FilledIn(prompt.labels[0]);
    boost::system::error_code error;
    input[member] = json::parse(value, error);
    if (error) input[member] = std::numeric_limits<double>::infinity();
    const Result<Reading> reading = ReadingOf(input, prompt, text, *book_, second);
    EXPECT_FALSE(reading.ok()) << member << " " << value;
  }
  for (const json::key_value_pair& member : FilledIn(prompt.labels[0])) {
    json::object input = FilledIn(prompt.labels[0]);
    input.erase(member.key());
    EXPECT_FALSE(ReadingOf(input, prompt, text, *book_, second).ok()) << member.key();
  }
  for (const json::value& input : {json::value(nullptr), json::value("x"), json::value(json::array{1})}) {
    EXPECT_FALSE(ReadingOf(input, prompt, text, *book_, second).ok());
  }
}

TEST_F(LlmReaderTest, WhereTheEmbeddedReaderIsSureOfAnotherTopicNobodyIsSure) {
  const Text text = kTicket;
  const Prompt prompt = MakePrompt({text, {&book_->topics[0], &book_->topics[1]}, {}, 0});
  Reading second = testing::MakeReading(book_->topics[1].name, 0.8);
  EXPECT_LT(ReadingOf(FilledIn(prompt.labels[0], 100), prompt, text, *book_, second)->confidence, kModelSureAt);
  EXPECT_GE(ReadingOf(FilledIn(prompt.labels[1], 100), prompt, text, *book_, second)->confidence, kModelSureAt);
  second.confidence = 0.4;
  EXPECT_GE(ReadingOf(FilledIn(prompt.labels[0], 100), prompt, text, *book_, second)->confidence, kModelSureAt);
}

// The sheet's thresholds count, not the readers' own.
TEST_F(LlmReaderTest, AContradictedTopicIsBelowWhateverTheSheetAsksFor) {
  rules::RuleBook book = *book_;
  const Text text = kTicket;
  const Prompt prompt = MakePrompt({text, {&book.topics[0], &book.topics[1]}, {}, 0});
  const Reading second = testing::MakeReading(book.topics[1].name, 0.8);
  const auto confidence = [&] {
    return ReadingOf(FilledIn(prompt.labels[0], 100), prompt, text, book, second)->confidence;
  };
  for (const double less_sure_than : {0.3, 0.5, 0.7}) {
    book.hold_limits.less_sure_than = less_sure_than;
    EXPECT_LT(confidence(), less_sure_than);
  }
  book.topics[0].hold_below = 0.2;
  EXPECT_LT(confidence(), 0.2);
  book.topics[1].hold_below = 0.85;
  EXPECT_NEAR(confidence(), kModelTrust, 1e-9) << "the other is not sure enough to contradict";
}

// A text that costs four times what the rule says must not take the next customer's topics away.
TEST_F(LlmReaderTest, OneTicketDoesNotChangeWhatTheNextIsAskedWith) {
  LlmReader reader = Make();
  ASSERT_TRUE(reader.Read(kTicket, *book_, call_).ok());
  const json::object offered = model_.asked().back().schema;
  LlmReader other = Make();
  for (int i = 0; i < 3; ++i) {
    model_.Next(ModelAnswer{FilledIn("delivery"), 8000, 60});
    ASSERT_TRUE(other.Read(kTicket, *book_, call_).ok());
  }
  ASSERT_TRUE(other.Read(kTicket, *book_, call_).ok());
  EXPECT_EQ(model_.asked().back().schema, offered);
}

TEST_F(LlmReaderTest, WhereTopicsGiveWayTheUnlikeliestDo) {
  rules::RuleBook book = *book_;
  const rules::Topic last = book.topics.back();
  book.topics.resize(2);
  for (int i = 0; i < 11; ++i) {
    rules::Topic topic;
    topic.name = "Something else entirely " + std::to_string(i);
    book.topics.push_back(topic);
  }
  book.topics.push_back(last);
  const std::vector<TopicScore> ranking = embedded_.Rank({Lane::kMail, "", last.meaning}, book, 1);
  ASSERT_EQ(ranking.size(), 1U);
  ASSERT_EQ(ranking[0].topic, last.name) << "the embedded reader knows it";
  model_.hidden = 1250;
  LlmReader reader = Make();
  ASSERT_TRUE(reader.Read({Lane::kMail, "", last.meaning}, book, call_).ok());
  const json::value schema = model_.asked().back().schema;
  const json::array& offered = schema.at_pointer("/properties/topic/enum").as_array();
  EXPECT_LT(offered.size(), book.topics.size());
  EXPECT_GT(offered.size(), 2U);
  EXPECT_NE(std::find(offered.begin(), offered.end(), json::value(last.name)), offered.end());
}

TEST_F(LlmReaderTest, FaultsOfTheModelAreHandedOn) {
  model_.Next(Transient("throttled"));
  model_.Next(Permanent("the key is refused"));
  LlmReader reader = Make();
  EXPECT_EQ(reader.Read(kTicket, *book_, call_).fault().kind, FaultKind::kTransient);
  EXPECT_EQ(reader.Read(kTicket, *book_, call_).fault().kind, FaultKind::kPermanent);
  EXPECT_EQ(Used(), store::Used{}) << "what was refused is not billed";
}

TEST_F(LlmReaderTest, AnAnswerThatWasLostStaysCounted) {
  model_.AnswerWith([](const ModelRequest&) { return ModelAnswer{nullptr, 0, 0, Transient("the time ran out")}; });
  LlmReader reader = Make(7000);
  for (int i = 1; i <= 3; ++i) {
    const std::int64_t before = Used().cost_micros;
    const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
    ASSERT_TRUE(reading.ok());
    EXPECT_EQ(reading->reader, "embedded");
    EXPECT_EQ(reading->cost_micros, Used().cost_micros - before);
    EXPECT_LE(Used().cost_micros, 7000);
    EXPECT_EQ(Used().calls, std::min(i, 2));
  }
  EXPECT_THAT(model_.asked(), SizeIs(2)) << "some 3,100 each: the third is not made";
  EXPECT_EQ(reader.counts().failed, 2);
  EXPECT_EQ(reader.counts().cost_micros, Used().cost_micros);
}

TEST_F(LlmReaderTest, ASpentBudgetIsNeverOverspent) {
  LlmReader reader = Make(5000);
  int by_model = 0;
  for (int i = 0; i < 20; ++i) {
    const Result<Reading> reading = reader.Read(kTicket, *book_, call_);
    ASSERT_TRUE(reading.ok());
    if (reading->reader == "fake-model") ++by_model;
    EXPECT_LE(Used().cost_micros, 5000);
  }
  EXPECT_EQ(by_model, 3) << "1,000 each; the fourth might cost 3,100";
  EXPECT_EQ(reader.counts().over_budget, 17);
  clock_.Advance(std::chrono::days(40));
  EXPECT_EQ(reader.Read(kTicket, *book_, call_)->reader, "fake-model") << "another month";
}

TEST_F(LlmReaderTest, AVendorThatCountsNothingIsCountedByTheEstimate) {
  model_.AnswerWith([](const ModelRequest&) { return ModelAnswer{FilledIn("delivery"), 0, 0}; });
  LlmReader reader = Make();
  EXPECT_GT(reader.Read(kTicket, *book_, call_)->input_tokens, 500);
}

TEST_F(LlmReaderTest, ACorrectionIsAnExampleUntilItIsUndone) {
  store::Correction correction = testing::SampleCorrection(testing::SampleId(clock_.Now(), 1), Ticket{}, clock_.Now());
  correction.to_topic = "REFUND";
  correction.redacted_text = "my parcel is a mystery";
  store::Step step;
  step.corrections.push_back(correction);
  ASSERT_TRUE(store_.ledger().Commit(step, clock_.Now()).ok());
  LlmReader reader = Make();
  ASSERT_TRUE(reader.Read(kTicket, *book_, call_).ok());
  EXPECT_THAT(model_.asked().back().user, StartsWith("Examples:\n\"my parcel is a mystery\" = refund\n"));
  EXPECT_THAT(model_.asked().back().system, Not(HasSubstr("mystery"))) << "what a customer wrote is nothing of ours";
  store::Correction undo = correction;
  undo.id = testing::SampleId(clock_.Now(), 2);
  undo.kind = store::CorrectionKind::kUndo;
  undo.undoes = correction.id;
  step.corrections = {undo};
  ASSERT_TRUE(store_.ledger().Commit(step, clock_.Now()).ok());
  ASSERT_TRUE(reader.Read(kTicket, *book_, call_).ok());
  EXPECT_THAT(model_.asked().back().user, Not(HasSubstr("mystery")));
}

TEST_F(LlmReaderTest, TheCascadeAsksTheSecondOnlyWhereTheFirstIsUnsure) {
  testing::FakeReader first;
  testing::FakeReader second;
  first.When("sure", testing::MakeReading("delivery", 0.9));
  first.When("half", testing::MakeReading("delivery", 0.4));
  first.When("none", testing::MakeReading("unsure", 0));
  second.Otherwise(testing::MakeReading("refund", 0.7));
  CascadeReader cascade(first, second);
  const auto topic = [&](const std::string& text) {
    return cascade.Read({Lane::kMail, "", text}, *book_, call_)->topic;
  };
  EXPECT_EQ(topic("sure"), "delivery");
  EXPECT_THAT(second.asked(), IsEmpty());
  EXPECT_EQ(topic("half"), "refund");
  EXPECT_EQ(topic("none"), "refund");
  rules::RuleBook strict = *book_;
  strict.topics[static_cast<std::size_t>(strict.FindTopic("delivery") - strict.topics.data())].hold_below = 0.95;
  EXPECT_EQ(cascade.Read({Lane::kMail, "", "sure"}, strict, call_)->topic, "refund") << "it would be held";
  EXPECT_EQ(cascade.first_sure(), 1);
  first.FailNext(Transient("down"));
  EXPECT_EQ(topic("sure"), "refund");
  second.FailNext(Transient("down"));
  EXPECT_EQ(cascade.Read({Lane::kMail, "", "half"}, *book_, call_).fault().kind, FaultKind::kTransient);
}

}  // namespace
}  // namespace tr::read
