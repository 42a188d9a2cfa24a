#pragma once
// The figures of an evaluation, from answers beside truths.

#include <cstddef>
#include <utility>
#include <vector>

namespace tr::review {

// What the reader said of one test row about topics.
struct TopicAnswer {
  double confidence = 0;
  bool in_scope = true;
  bool right = false;  // the best topic is the label; false out of scope
};

struct TopicScores {
  double accuracy = 0;  // of in-scope rows; hold ignored
  double held = 0;      // share of all rows
  double routed_precision = 0;
  double accuracy_with_hold = 0;   // of in-scope rows; a held one is wrong
  double out_of_scope_recall = 0;  // share of out-of-scope rows that are held
  std::size_t in_scope = 0;
  std::size_t out_of_scope = 0;
};

// Rows with a confidence of at least `sure_at` are routed.
TopicScores ScoreTopics(const std::vector<TopicAnswer>& answers, double sure_at);

// The lowest confidence at which what is routed is right in at least the given share; above 1 when none is.
double LowestWithPrecision(std::vector<TopicAnswer> answers, double precision);
// The threshold with the highest sum of in-scope accuracy with hold and out-of-scope recall.
double BalancedThreshold(std::vector<TopicAnswer> answers);
// The largest share of rows that can be routed with the given precision.
double RoutedShareAt(const std::vector<TopicAnswer>& answers, double precision);
// Expected calibration error of in-scope rows: ten bins of equal width (Guo et al., ICML 2017).
double CalibrationError(const std::vector<TopicAnswer>& answers);

// Mean F1 over the classes that occur in truth or answer. Pairs are (truth, answer), each from 0 to classes - 1.
double MacroF1(const std::vector<std::pair<int, int>>& pairs, int classes);
// Rank correlation with ties at their mean rank; 0 when one side never varies.
double Spearman(const std::vector<std::pair<double, double>>& pairs);

}  // namespace tr::review
