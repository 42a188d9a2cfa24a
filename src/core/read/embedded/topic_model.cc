#include "read/embedded/topic_model.h"

#include <algorithm>

namespace tr::read {
namespace {

constexpr int kFolds = 5;
constexpr int kNoFold = -2;
constexpr int kNoneLeftOut = -1;
constexpr int kEpochs = 12;
constexpr int kMoreEpochs = 3;  // when most samples have settled already
// With more texts than this, two and one of the folds say enough.
constexpr std::size_t kSomeTexts = 300;
constexpr std::size_t kManyTexts = 2000;
// From here on a feature that only one text has teaches nothing and only costs memory.
constexpr std::size_t kPruneFrom = 2000;

struct Best {
  int topic = 0;
  float score = 0;
  float other = 0;
};

Best BestOf(const std::vector<float>& scores, int topics) {
  Best best{0, scores[0], -1.0F};
  for (int k = 1; k < topics; ++k) {
    const float score = scores[static_cast<std::size_t>(k)];
    if (score > best.score) {
      best = {k, score, best.score};
    } else if (k == 1 || score > best.other) {
      best.other = score;
    }
  }
  return best;
}

std::vector<std::vector<Feature>> Extract(const std::vector<LabelledText>& texts) {
  std::vector<std::vector<Feature>> features;
  features.reserve(texts.size());
  for (const LabelledText& text : texts) features.push_back(ExtractFeatures(Tokenize("", text.text)));
  return features;
}

int LeastTexts(std::size_t texts) { return texts >= kPruneFrom ? 2 : 1; }

}  // namespace

TopicModel::TopicModel(const std::vector<LabelledText>& texts, int topics) : topics_(topics), texts_(texts.size()) {
  if (topics == 0) return;
  const std::vector<std::vector<Feature>> features = Extract(texts);
  encoder_ = Encoder(features, LeastTexts(texts.size()));
  std::vector<Sample> samples(texts.size());
  std::vector<int> next(static_cast<std::size_t>(topics));
  std::size_t on_trial = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto topic = static_cast<std::size_t>(texts[i].topic);
    const int fold = texts[i].on_trial ? (next[topic]++ + texts[i].topic) % kFolds : kNoFold;
    on_trial += texts[i].on_trial ? 1 : 0;
    samples[i] = {encoder_.Encode(features[i]), texts[i].topic, texts[i].weight, fold};
  }
  calibration_ = Calibrate(samples, on_trial);
  linear_ = Linear(encoder_.rows(), topics);
  linear_.Train(samples, kNoneLeftOut, kEpochs, duals_);
}

TopicModel TopicModel::Extended(const std::vector<LabelledText>& texts) const {
  TopicModel model = *this;
  const std::vector<std::vector<Feature>> features = Extract(texts);
  model.encoder_.Extend({features.begin() + static_cast<std::ptrdiff_t>(texts_), features.end()});
  model.linear_.Grow(model.encoder_.rows());
  std::vector<Sample> samples;
  samples.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    samples.push_back({model.encoder_.Encode(features[i]), texts[i].topic, texts[i].weight, kNoFold});
  }
  model.linear_.Train(samples, kNoneLeftOut, kMoreEpochs, model.duals_);
  model.texts_ = texts.size();
  return model;
}

Calibration TopicModel::Calibrate(const std::vector<Sample>& samples, std::size_t on_trial) const {
  const int folds = on_trial <= kSomeTexts ? kFolds : on_trial <= kManyTexts ? 2 : 1;
  std::vector<Trial> trials;
  trials.reserve(on_trial);
  std::vector<float> scores;
  for (int fold = 0; fold < folds; ++fold) {
    Linear linear(encoder_.rows(), topics_);
    std::vector<float> duals;
    linear.Train(samples, fold, kEpochs, duals);
    for (const Sample& sample : samples) {
      if (sample.fold != fold) continue;
      linear.Score(sample.vector, scores);
      const Best best = BestOf(scores, topics_);
      trials.push_back({best.score - linear.bias(best.topic), best.score - best.other, best.topic == sample.topic});
    }
  }
  return Calibration(trials);
}

std::vector<ScoredTopic> TopicModel::Rank(const Tokens& tokens, std::size_t limit) const {
  if (topics_ == 0) return {};
  const Vector vector = encoder_.Encode(ExtractFeatures(tokens));
  if (vector.empty()) return {};
  std::vector<float> scores;
  linear_.Score(vector, scores);
  const Best best = BestOf(scores, topics_);
  std::vector<ScoredTopic> ranking(static_cast<std::size_t>(topics_));
  for (int k = 0; k < topics_; ++k) {
    const float score = scores[static_cast<std::size_t>(k)];
    const float other = k == best.topic ? best.other : best.score;
    ranking[static_cast<std::size_t>(k)] = {k, calibration_.Confidence(score - linear_.bias(k), score - other)};
  }
  const std::size_t kept = std::min(limit, ranking.size());
  std::partial_sort(ranking.begin(), ranking.begin() + static_cast<std::ptrdiff_t>(kept), ranking.end(),
                    [](const ScoredTopic& a, const ScoredTopic& b) {
                      return a.confidence != b.confidence ? a.confidence > b.confidence : a.topic < b.topic;
                    });
  ranking.resize(kept);
  return ranking;
}

std::vector<std::size_t> TopicModel::Evidence(const Tokens& tokens, int topic, std::size_t limit) const {
  std::vector<std::pair<float, std::size_t>> speaking;
  for (std::size_t i = 0; i < tokens.words.size(); ++i) {
    const std::int64_t row = encoder_.Find(WordKey(tokens.Folded(tokens.words[i])));
    if (row < 0) continue;
    const auto found = static_cast<std::size_t>(row);
    const float voice = linear_.weight(found, topic) * encoder_.rarity(found);
    if (voice > 0) speaking.emplace_back(-voice, i);
  }
  const std::size_t kept = std::min(limit, speaking.size());
  std::partial_sort(speaking.begin(), speaking.begin() + static_cast<std::ptrdiff_t>(kept), speaking.end());
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < kept; ++i) words.push_back(speaking[i].second);
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace tr::read
