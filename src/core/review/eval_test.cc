#include "review/eval.h"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include "review/eval_scores.h"

namespace tr::review {
namespace {

TEST(EvalRowsTest, ReadsWhatIsLabelled) {
  const auto rows = ParseEvalRows(
      "{\"text\":\"a\",\"topic\":\"x\"}\n\n{\"text\":\"b\",\"topic\":null}\r\n{\"text\":\"c\"}\n"
      "{\"text\":\"d\",\"tone\":\"angry\"}\n{\"text\":\"e\",\"tone\":2.5}\n{\"text\":\"f\",\"urgency\":\"high\"}");
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->size(), 6U);
  EXPECT_EQ((*rows)[0].topic, "x");
  EXPECT_TRUE((*rows)[1].about_topic && (*rows)[1].topic.empty());
  EXPECT_TRUE((*rows)[2].about_topic && (*rows)[2].topic.empty());
  EXPECT_FALSE((*rows)[3].about_topic);
  EXPECT_EQ((*rows)[3].tone, Tone::kAngry);
  EXPECT_EQ((*rows)[4].heat, 2.5);
  EXPECT_EQ((*rows)[5].urgency, Urgency::kHigh);
}

TEST(EvalRowsTest, RefusesBadLinesByNumber) {
  for (const char* line : {"{", "[]", "{}", R"({"text":1})", R"({"text":"a","topic":1})",
                           R"({"text":"a","tone":"sad"})", R"({"text":"a","urgency":3})", "\xff"}) {
    const auto rows = ParseEvalRows(std::string("{\"text\":\"fine\"}\n") + line);
    ASSERT_FALSE(rows.ok()) << line;
    EXPECT_EQ(rows.fault().kind, FaultKind::kInvalid);
    EXPECT_TRUE(rows.fault().text.starts_with("line 2: ")) << rows.fault().text;
  }
}

// Confidence, in scope, right.
const std::vector<TopicAnswer> kAnswers = {{0.9, true, true},   {0.8, true, true}, {0.7, true, false},
                                           {0.6, false, false}, {0.5, true, true}, {0.1, false, false}};

TEST(EvalScoresTest, CountsTopics) {
  const TopicScores scores = ScoreTopics(kAnswers, 0.55);
  EXPECT_DOUBLE_EQ(scores.accuracy, 3.0 / 4);
  EXPECT_DOUBLE_EQ(scores.held, 2.0 / 6);
  EXPECT_DOUBLE_EQ(scores.routed_precision, 2.0 / 4);
  EXPECT_DOUBLE_EQ(scores.accuracy_with_hold, 2.0 / 4);
  EXPECT_DOUBLE_EQ(scores.out_of_scope_recall, 1.0 / 2);
}

TEST(EvalScoresTest, FindsThresholds) {
  EXPECT_DOUBLE_EQ(LowestWithPrecision(kAnswers, 0.95), 0.8);
  EXPECT_DOUBLE_EQ(LowestWithPrecision(kAnswers, 0.6), 0.5);
  EXPECT_GT(LowestWithPrecision({{0.9, true, false}}, 0.95), 1);
  EXPECT_GT(LowestWithPrecision({{0.9, true, true}, {0.9, true, false}}, 0.95), 1) << "no threshold inside a tie";
  EXPECT_DOUBLE_EQ(BalancedThreshold(kAnswers), 0.8);
  EXPECT_DOUBLE_EQ(RoutedShareAt(kAnswers, 0.95), 2.0 / 6);
}

TEST(EvalScoresTest, MeasuresCalibration) {
  EXPECT_NEAR(CalibrationError({{0.75, true, true}, {0.75, true, true}, {0.75, true, true}, {0.75, true, false}}), 0,
              1e-9);
  EXPECT_NEAR(CalibrationError({{0.9, true, false}, {0.9, false, false}}), 0.9, 1e-9);
}

TEST(EvalScoresTest, MacroF1AndSpearman) {
  EXPECT_DOUBLE_EQ(MacroF1({{0, 0}, {1, 1}}, 3), 1);
  EXPECT_DOUBLE_EQ(MacroF1({{0, 0}, {0, 1}, {1, 1}}, 3), (2.0 / 3 + 2.0 / 3) / 2);
  EXPECT_NEAR(Spearman({{1, 10}, {2, 20}, {3, 30}}), 1, 1e-9);
  EXPECT_NEAR(Spearman({{1, 30}, {2, 20}, {3, 10}}), -1, 1e-9);
  EXPECT_EQ(Spearman({{1, 5}, {2, 5}}), 0);
  EXPECT_NEAR(Spearman({{0, 0}, {0, 1}, {1, 1}, {1, 2}}), 0.7071, 1e-3) << "ties share their mean rank";
}

EvalInput Small() {
  EvalInput input;
  const char* things[] = {"parcel", "invoice", "password"};
  for (const char* thing : things) {
    for (const char* frame :
         {"where is my ", "I need help with the ", "a question about one ", "lost the ", "the new "}) {
      input.train.push_back({std::string(frame) + thing, true, thing, {}, {}, {}});
    }
    input.test.push_back({std::string("what about this ") + thing, true, thing, {}, {}, {}});
  }
  input.test.push_back({"日本語", true, "", {}, {}, {}});
  input.test.push_back({"This is unacceptable", false, "", Tone::kAngry, {}, {}});
  input.test.push_back({"Thank you", false, "", Tone::kCalm, {}, {}});
  input.test.push_back({"URGENT", false, "", {}, {}, Urgency::kHigh});
  return input;
}

TEST(EvaluateTest, GivesEveryFigure) {
  double now = 0;
  const boost::json::object out = Evaluate(Small(), [&] { return now += 0.25; });
  const boost::json::object& topic = out.at("topic").as_object();
  EXPECT_DOUBLE_EQ(topic.at("accuracy").as_double(), 1);
  for (const char* name : {"held", "routed_precision", "accuracy_with_hold", "routed_share_at_95"}) {
    EXPECT_TRUE(topic.at(name).is_double()) << name;
  }
  EXPECT_DOUBLE_EQ(out.at("out_of_scope").at("recall").as_double(), 1);
  EXPECT_DOUBLE_EQ(out.at("tone").at("macro_f1").as_double(), 1);
  EXPECT_DOUBLE_EQ(out.at("urgency").at("macro_f1").as_double(), 1);
  EXPECT_TRUE(out.at("calibration").at("ece").is_double());
  EXPECT_DOUBLE_EQ(out.at("train_seconds").as_double(), 0.25);
  EXPECT_DOUBLE_EQ(out.at("micros_per_ticket").as_double(), 0.25e6 / 7);
  EXPECT_EQ(out.at("stream").as_array().at(0).at("tickets").to_number<int>(), 0);
}

TEST(EvaluateTest, NothingToMeasureIsNull) {
  const boost::json::object out = Evaluate({}, [] { return 0.0; });
  EXPECT_TRUE(out.at("topic").is_null());
  EXPECT_TRUE(out.at("out_of_scope").is_null());
  EXPECT_TRUE(out.at("tone").is_null());
}

}  // namespace
}  // namespace tr::review
