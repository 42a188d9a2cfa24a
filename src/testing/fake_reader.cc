#include "testing/fake_reader.h"

namespace tr::testing {
namespace {

std::string AsTheSheetSpells(const rules::RuleBook& book, const std::string& name) {
  const rules::Topic* topic = book.FindTopic(name);
  return topic == nullptr ? std::string(kUnsure) : topic->name;
}

}  // namespace

Reading MakeReading(const std::string& topic, double confidence, Urgency urgency, Tone tone, Signals signals) {
  Reading reading;
  reading.topic = topic;
  reading.confidence = confidence;
  reading.sure_at = 0.5;
  reading.ranking = {{topic, confidence}};
  reading.urgency = urgency;
  reading.tone = tone;
  reading.signals = signals;
  reading.reader = "fake";
  return reading;
}

Result<Reading> FakeReader::Read(const read::Text& text, const rules::RuleBook& book, const Call&) {
  const std::lock_guard lock(mutex_);
  asked_.push_back(text);
  if (auto fault = NextFault()) return *std::move(fault);
  TR_ASSIGN(Reading reading, Find(text, book));
  reading.topic = AsTheSheetSpells(book, reading.topic);
  for (TopicScore& score : reading.ranking) score.topic = AsTheSheetSpells(book, score.topic);
  std::erase_if(reading.ranking, [](const TopicScore& score) { return score.topic == kUnsure; });
  return reading;
}

std::optional<Fault> FakeReader::NextFault() {
  if (broken_) return broken_;
  if (faults_.empty()) return std::nullopt;
  Fault fault = std::move(faults_.front());
  faults_.pop_front();
  return fault;
}

Result<Reading> FakeReader::Find(const read::Text& text, const rules::RuleBook& book) const {
  for (const auto& [words, reading] : table_) {
    if (text.subject.find(words) != std::string::npos || text.new_text.find(words) != std::string::npos) {
      return reading;
    }
  }
  if (otherwise_) return otherwise_(text, book);
  return MakeReading(std::string(kUnsure), 0);
}

void FakeReader::When(const std::string& words, Reading reading) {
  const std::lock_guard lock(mutex_);
  table_.emplace_back(words, std::move(reading));
}

void FakeReader::Otherwise(Reading reading) {
  AnswerWith([reading = std::move(reading)](const read::Text&, const rules::RuleBook&) { return reading; });
}

void FakeReader::AnswerWith(Answer answer) {
  const std::lock_guard lock(mutex_);
  otherwise_ = std::move(answer);
}

void FakeReader::FailNext(Fault fault, int times) {
  const std::lock_guard lock(mutex_);
  faults_.insert(faults_.end(), static_cast<std::size_t>(times), fault);
}

void FakeReader::Break(Fault fault) {
  const std::lock_guard lock(mutex_);
  broken_ = std::move(fault);
}

void FakeReader::Mend() {
  const std::lock_guard lock(mutex_);
  broken_.reset();
}

std::vector<read::Text> FakeReader::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

}  // namespace tr::testing
