#include "read/reading_answer.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/utf8.h"
#include "rules/sure_at.h"

namespace tr::read {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 7> kMembers = {"topic", "confidence", "others",  "urgency",
                                                      "tone",  "signals",    "evidence"};
constexpr std::size_t kMostOthers = 4;
constexpr std::size_t kMostListed = 16;  // of others, signals, evidence: more is no slip but a fault
constexpr std::size_t kQuotes = 3;
constexpr std::size_t kQuoteBytes = 200;
constexpr double kNotSure = 0.99;  // of a threshold: below it

Fault Refused(std::string_view member, std::string_view takes) {
  return Invalid("member " + std::string(member) + " must be " + std::string(takes));
}

std::optional<std::string_view> TextOf(const json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return std::string_view(value.get_string());
}

// Percent to a share.
std::optional<double> ShareOf(const json::value* value) {
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double percent = value->to_number<double>();
  if (!std::isfinite(percent) || percent < 0 || percent > 100) return std::nullopt;
  return percent / 100;
}

const rules::Topic* TopicOf(std::string_view label, const Prompt& prompt) {
  const auto found = std::find(prompt.labels.begin(), prompt.labels.end(), label);
  return found == prompt.labels.end() ? nullptr
                                      : prompt.topics[static_cast<std::size_t>(found - prompt.labels.begin())];
}

const json::array* ListOf(const json::object& object, std::string_view member) {
  const json::value& value = object.at(member);
  return value.is_array() && value.get_array().size() <= kMostListed ? &value.get_array() : nullptr;
}

Result<void> CheckMembers(const json::object& object) {
  for (const std::string_view member : kMembers) {
    if (!object.contains(member)) return Invalid("member " + std::string(member) + " is missing");
  }
  if (object.size() != kMembers.size()) return Invalid("there are members that the tool does not have");
  return Ok();
}

// What is asked about, and what is known beside the answer.
struct Asked {
  const Prompt& prompt;
  const rules::RuleBook& book;
  const Reading& second;
};

double Trust(double share, const rules::Topic& topic, const Asked& asked) {
  const double trusted = share * kModelTrust;
  const rules::Topic* other = asked.book.FindTopic(asked.second.topic);
  const bool contradicted = other != nullptr && other->name != topic.name &&
                            asked.second.confidence >= rules::SureAt(asked.book, *other, asked.second.sure_at);
  if (!contradicted) return trusted;
  return std::min(trusted * kContradicted, kNotSure * rules::SureAt(asked.book, topic, kModelSureAt));
}

Result<void> TakeTopic(const json::object& object, const Asked& asked, Reading& reading) {
  const std::optional<std::string_view> label = TextOf(object.at("topic"));
  const rules::Topic* topic = label ? TopicOf(*label, asked.prompt) : nullptr;
  if (topic == nullptr && label != kUnsure) return Refused("topic", "one of the topics, or unsure");
  const std::optional<double> share = ShareOf(object.if_contains("confidence"));
  if (!share) return Refused("confidence", "a number from 0 to 100");
  reading.topic = topic == nullptr ? std::string(kUnsure) : topic->name;
  reading.confidence = topic == nullptr ? 0 : Trust(*share, *topic, asked);
  reading.sure_at = kModelSureAt;
  if (topic != nullptr) reading.ranking.push_back({topic->name, reading.confidence});
  return Ok();
}

// The runners-up: never likelier than the topic, nor than what it leaves.
Result<void> TakeOthers(const json::object& object, const Asked& asked, Reading& reading) {
  const json::array* others = ListOf(object, "others");
  if (others == nullptr) return Refused("others", "a list of up to four topics with their confidence");
  const double most = reading.topic == kUnsure ? kModelSureAt : std::min(reading.confidence, 1 - reading.confidence);
  std::vector<TopicScore> scores;
  for (const json::value& other : *others) {
    const json::object* one = other.if_object();
    const json::value* name = one == nullptr ? nullptr : one->if_contains("topic");
    const std::optional<double> share = one == nullptr ? std::nullopt : ShareOf(one->if_contains("confidence"));
    if (name == nullptr || !name->is_string() || !share || one->size() != 2) {
      return Refused("others", "a list of {topic, confidence}");
    }
    const rules::Topic* topic = TopicOf(std::string_view(name->get_string()), asked.prompt);
    if (topic == nullptr || topic->name == reading.topic) continue;
    scores.push_back({topic->name, std::min(most, Trust(*share, *topic, asked))});
  }
  std::stable_sort(scores.begin(), scores.end(),
                   [](const TopicScore& a, const TopicScore& b) { return a.confidence > b.confidence; });
  for (TopicScore& score : scores) {
    const bool there = std::any_of(reading.ranking.begin(), reading.ranking.end(),
                                   [&](const TopicScore& one) { return one.topic == score.topic; });
    if (!there && reading.ranking.size() <= kMostOthers) reading.ranking.push_back(std::move(score));
  }
  return Ok();
}

Result<void> TakeMood(const json::object& object, Reading& reading) {
  const std::optional<std::string_view> urgency = TextOf(object.at("urgency"));
  const std::optional<Urgency> level = urgency ? ParseUrgency(*urgency) : std::nullopt;
  if (!level) return Refused("urgency", "low, medium or high");
  const std::optional<std::string_view> tone = TextOf(object.at("tone"));
  const std::optional<Tone> mood = tone ? ParseTone(*tone) : std::nullopt;
  if (!mood) return Refused("tone", "calm, frustrated or angry");
  reading.urgency = *level;
  reading.tone = *mood;
  return Ok();
}

Result<void> TakeSignals(const json::object& object, Reading& reading) {
  const json::array* signals = ListOf(object, "signals");
  if (signals == nullptr) return Refused("signals", "a list of outage, payment_failure, deadline");
  for (const json::value& one : *signals) {
    const std::optional<std::string_view> name = TextOf(one);
    const std::optional<Signal> signal = name ? ParseSignal(*name) : std::nullopt;
    if (!signal) return Refused("signals", "a list of outage, payment_failure, deadline");
    reading.signals.Add(*signal);
  }
  return Ok();
}

Result<void> TakeEvidence(const json::object& object, const Text& text, Reading& reading) {
  const json::array* quotes = ListOf(object, "evidence");
  if (quotes == nullptr) return Refused("evidence", "a list of up to three quotes");
  for (const json::value& one : *quotes) {
    const std::optional<std::string_view> quote = TextOf(one);
    if (!quote) return Refused("evidence", "a list of up to three quotes");
    const std::string words(Trim(*quote));
    const bool stands =
        !words.empty() && words.size() <= kQuoteBytes && IsUtf8(words) &&
        (text.subject.find(words) != std::string::npos || text.new_text.find(words) != std::string::npos);
    const bool again = std::find(reading.evidence.begin(), reading.evidence.end(), words) != reading.evidence.end();
    if (stands && !again && reading.evidence.size() < kQuotes) reading.evidence.push_back(words);
  }
  return Ok();
}

}  // namespace

Result<Reading> ReadingOf(const json::value& input, const Prompt& prompt, const Text& text, const rules::RuleBook& book,
                          const Reading& second) {
  const json::object* object = input.if_object();
  if (object == nullptr) return Invalid("the tool was not called");
  TR_TRY(CheckMembers(*object));
  const Asked asked{prompt, book, second};
  Reading reading;
  TR_TRY(TakeTopic(*object, asked, reading));
  TR_TRY(TakeOthers(*object, asked, reading));
  TR_TRY(TakeMood(*object, reading));
  TR_TRY(TakeSignals(*object, reading));
  TR_TRY(TakeEvidence(*object, text, reading));
  return reading;
}

}  // namespace tr::read
