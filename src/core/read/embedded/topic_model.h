#pragma once
// What was learned from one book and the lessons up to one moment. Immutable.

#include <string>
#include <string_view>
#include <vector>

#include "read/embedded/calibration.h"
#include "read/embedded/encoder.h"
#include "read/embedded/linear.h"
#include "read/embedded/tokens.h"

namespace tr::read {

// A text whose topic is known.
struct LabelledText {
  std::string text;
  int topic = 0;
  float weight = 1;
  bool on_trial = true;  // it looks like a ticket, so leaving it out shows how the model does on tickets
};

struct ScoredTopic {
  int topic = 0;
  double confidence = 0;
};

class TopicModel {
 public:
  // REQUIRES: each text's topic is below `topics`.
  TopicModel(const std::vector<LabelledText>& texts, int topics);

  // A copy that knows more: `texts` are those it was trained on, in their order, and the new ones behind them. Much
  // quicker than training anew; rarities and calibration stay as they are, which is right for a few percent more.
  TopicModel Extended(const std::vector<LabelledText>& texts) const;

  // The likeliest topics, the best first, at most `limit`; empty when there are no topics or no word or piece of a word
  // is known.
  std::vector<ScoredTopic> Rank(const Tokens& tokens, std::size_t limit) const;
  // The words that speak most for the topic, at most `limit`, in the order of the text: indices into tokens.words.
  std::vector<std::size_t> Evidence(const Tokens& tokens, int topic, std::size_t limit) const;

  double sure_at() const { return calibration_.sure_at(); }
  int topics() const { return topics_; }
  // How many texts it was trained on.
  std::size_t texts() const { return texts_; }

 private:
  Calibration Calibrate(const std::vector<Sample>& samples, std::size_t on_trial) const;

  int topics_;
  std::size_t texts_;
  Encoder encoder_;
  Linear linear_;
  std::vector<float> duals_;  // of linear_, to go on training
  Calibration calibration_;
};

}  // namespace tr::read
