#pragma once
// A model that fills in the form as a test told it to.

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "read/model.h"

namespace tr::testing {

// What the form takes, all of it: {"topic": topic, "confidence": 90, "urgency": "low", "tone": "calm"} and empty lists.
boost::json::object FilledIn(const std::string& topic, int confidence = 90);

class FakeModel : public read::Model {
 public:
  using Answer = std::function<Result<read::ModelAnswer>(const read::ModelRequest&)>;

  // The first topic of the form with 90 %, unless told otherwise; 700 tokens in, 60 out.
  Result<read::ModelAnswer> Ask(const read::ModelRequest& request, const Call& call) override;
  std::string_view name() const override { return "fake-model"; }
  std::int64_t hidden_tokens() const override { return hidden; }

  void AnswerWith(Answer answer);
  // The next answer is this, once.
  void Next(Result<read::ModelAnswer> answer);

  std::vector<read::ModelRequest> asked() const;

  std::int64_t hidden = 346;

 private:
  mutable std::mutex mutex_;
  Answer answer_;
  std::deque<Result<read::ModelAnswer>> next_;
  std::vector<read::ModelRequest> asked_;
};

}  // namespace tr::testing
