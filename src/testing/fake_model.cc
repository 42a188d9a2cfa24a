#include "testing/fake_model.h"

#include <boost/json/array.hpp>

namespace tr::testing {

namespace json = boost::json;

json::object FilledIn(const std::string& topic, int confidence) {
  return {{"topic", topic}, {"confidence", confidence}, {"others", json::array()},  {"urgency", "low"},
          {"tone", "calm"}, {"signals", json::array()}, {"evidence", json::array()}};
}

Result<read::ModelAnswer> FakeModel::Ask(const read::ModelRequest& request, const Call&) {
  Answer answer;
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(request);
    if (!next_.empty()) {
      Result<read::ModelAnswer> next = std::move(next_.front());
      next_.pop_front();
      return next;
    }
    answer = answer_;
  }
  if (answer) return answer(request);
  const json::value& first = request.schema.at("properties").at("topic").at("enum").at(0);
  return read::ModelAnswer{FilledIn(std::string(first.as_string())), 700, 60};
}

void FakeModel::AnswerWith(Answer answer) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
}

void FakeModel::Next(Result<read::ModelAnswer> answer) {
  const std::lock_guard lock(mutex_);
  next_.push_back(std::move(answer));
}

std::vector<read::ModelRequest> FakeModel::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

}  // namespace tr::testing
