#include "review/eval_scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace tr::review {
namespace {

constexpr double kNobody = 1.01;  // above every confidence

double Share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void SurestFirst(std::vector<TopicAnswer>& answers) {
  std::stable_sort(answers.begin(), answers.end(),
                   [](const TopicAnswer& a, const TopicAnswer& b) { return a.confidence > b.confidence; });
}

// Whether a threshold may stand right after answer i: not between answers of the same confidence.
bool EndsTie(const std::vector<TopicAnswer>& answers, std::size_t i) {
  return i + 1 == answers.size() || answers[i + 1].confidence < answers[i].confidence;
}

std::vector<double> Ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double mean = static_cast<double>(begin + end - 1) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = mean;
  }
  return ranks;
}

double Correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

}  // namespace

TopicScores ScoreTopics(const std::vector<TopicAnswer>& answers, double sure_at) {
  TopicScores scores;
  std::size_t right = 0;
  std::size_t routed = 0;
  std::size_t routed_right = 0;
  std::size_t strangers_held = 0;
  for (const TopicAnswer& answer : answers) {
    const bool sure = answer.confidence >= sure_at;
    scores.in_scope += answer.in_scope ? 1 : 0;
    right += answer.right ? 1 : 0;
    routed += sure ? 1 : 0;
    routed_right += sure && answer.right ? 1 : 0;
    strangers_held += !answer.in_scope && !sure ? 1 : 0;
  }
  scores.out_of_scope = answers.size() - scores.in_scope;
  scores.accuracy = Share(right, scores.in_scope);
  scores.held = Share(answers.size() - routed, answers.size());
  scores.routed_precision = Share(routed_right, routed);
  scores.accuracy_with_hold = Share(routed_right, scores.in_scope);
  scores.out_of_scope_recall = Share(strangers_held, scores.out_of_scope);
  return scores;
}

double LowestWithPrecision(std::vector<TopicAnswer> answers, double precision) {
  SurestFirst(answers);
  double lowest = kNobody;
  std::size_t right = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    right += answers[i].right ? 1 : 0;
    if (EndsTie(answers, i) && Share(right, i + 1) >= precision) lowest = answers[i].confidence;
  }
  return lowest;
}

double BalancedThreshold(std::vector<TopicAnswer> answers) {
  SurestFirst(answers);
  const TopicScores all = ScoreTopics(answers, kNobody);
  double best = all.out_of_scope_recall;
  double threshold = kNobody;
  std::size_t right = 0;
  std::size_t strangers = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    right += answers[i].right ? 1 : 0;
    strangers += answers[i].in_scope ? 0 : 1;
    const double sum = Share(right, all.in_scope) + Share(all.out_of_scope - strangers, all.out_of_scope);
    if (!EndsTie(answers, i) || sum <= best) continue;
    best = sum;
    threshold = answers[i].confidence;
  }
  return threshold;
}

double RoutedShareAt(const std::vector<TopicAnswer>& answers, double precision) {
  return answers.empty() ? 0 : 1 - ScoreTopics(answers, LowestWithPrecision(answers, precision)).held;
}

double CalibrationError(const std::vector<TopicAnswer>& answers) {
  constexpr std::size_t kBins = 10;
  std::array<double, kBins> difference{};
  std::size_t counted = 0;
  for (const TopicAnswer& answer : answers) {
    if (!answer.in_scope) continue;
    const double place = std::clamp(answer.confidence, 0.0, 1.0) * kBins;
    difference[std::min(static_cast<std::size_t>(place), kBins - 1)] += answer.confidence - (answer.right ? 1 : 0);
    ++counted;
  }
  double sum = 0;
  for (const double bin : difference) sum += std::abs(bin);
  return counted == 0 ? 0 : sum / static_cast<double>(counted);
}

double MacroF1(const std::vector<std::pair<int, int>>& pairs, int classes) {
  double sum = 0;
  int occurring = 0;
  for (int k = 0; k < classes; ++k) {
    std::size_t both = 0;
    std::size_t either = 0;  // truths plus answers of this class
    for (const auto& [truth, answer] : pairs) {
      both += truth == k && answer == k ? 1 : 0;
      either += (truth == k ? 1 : 0) + (answer == k ? 1 : 0);
    }
    if (either == 0) continue;
    ++occurring;
    sum += 2 * Share(both, either);
  }
  return occurring == 0 ? 0 : sum / occurring;
}

double Spearman(const std::vector<std::pair<double, double>>& pairs) {
  if (pairs.size() < 2) return 0;
  std::vector<double> a;
  std::vector<double> b;
  for (const auto& [first, second] : pairs) {
    a.push_back(first);
    b.push_back(second);
  }
  return Correlation(Ranks(a), Ranks(b));
}

}  // namespace tr::review
