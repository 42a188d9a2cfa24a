#include "route/inquiry.h"

#include <algorithm>
#include <utility>

#include "rules/sure_at.h"

namespace tr::route {
namespace {

// The first phrase of a list that the text has; null: none.
const rules::Phrase* FindPhrase(const std::vector<rules::Phrase>& phrases, const rules::SearchText& text) {
  const auto found =
      std::find_if(phrases.begin(), phrases.end(), [&](const auto& phrase) { return text.Says(phrase); });
  return found == phrases.end() ? nullptr : &*found;
}

}  // namespace

Inquiry::Inquiry(const Question& question, const rules::RuleBook& book)
    : question_(question), book_(book), text_(question.subject, question.new_text) {
  facts_.lane = question.lane;
  facts_.from = question.from;
  facts_.sender_failed = question.verification == Verification::kFailed;
  facts_.text = &text_;
  facts_.tone = question.reading == nullptr ? Tone::kCalm : question.reading->tone;
  reasons_.reserve(8);
  vip_ = rules::FindVip(book, question.from, facts_.sender_failed);
  facts_.vip = vip_ != nullptr;
  if (vip_ != nullptr) vip_reason_ = AddBullet(vip_->bullet, vip_->sender.text);
  FindTopic();
  FindSignals();
  FindUrgency();
}

void Inquiry::FindTopic() {
  const Reading* reading = question_.reading;
  if (!question_.fixed_topic.empty()) topic_ = book_.FindTopic(question_.fixed_topic);
  topic_is_human_ = topic_ != nullptr;
  if (topic_ == nullptr && reading != nullptr && reading->topic != kUnsure) {
    topic_ = book_.FindTopic(reading->topic);
    // Written so that a confidence which is no number is not sure.
    const bool sure = topic_ != nullptr && reading->confidence >= rules::SureAt(book_, *topic_, reading->sure_at);
    if (!sure) topic_ = nullptr;
  }
  if (topic_ == nullptr) return;
  facts_.topic = topic_->name;
  topic_reason_ = Add({"topics", topic_->row, "topic " + topic_->name, {}, false});
}

void Inquiry::FindSignals() {
  const Signals read = question_.reading == nullptr ? Signals() : question_.reading->signals;
  facts_.signals = read;
  for (const rules::SignalWords& words : book_.signal_words) {
    const rules::Phrase* phrase = FindPhrase(words.phrases, text_);
    if (phrase == nullptr) continue;
    const std::size_t reason = AddBullet(words.bullet, phrase->text);
    if (!facts_.signals.Has(words.signal)) signal_reasons_[static_cast<std::size_t>(words.signal)] = reason;
    facts_.signals.Add(words.signal);
  }
}

void Inquiry::FindUrgency() {
  const Urgency read = question_.reading == nullptr ? Urgency::kLow : question_.reading->urgency;
  facts_.urgency = read;
  ReasonAt decided;
  const auto raise = [&](Urgency urgency, ReasonAt reason) {
    if (urgency <= facts_.urgency) return;
    facts_.urgency = urgency;
    decided = reason;
  };
  if (topic_ != nullptr) raise(topic_->urgency, topic_reason_);
  for (const rules::UrgencyWords& words : book_.urgency_words) {
    const rules::Phrase* phrase = FindPhrase(words.phrases, text_);
    if (phrase != nullptr) raise(words.urgency, AddBullet(words.bullet, phrase->text));
  }
  if (vip_ != nullptr) raise(vip_->at_least.value_or(book_.vip_floor), vip_reason_);
  if (question_.bumped) {
    facts_.urgency = *question_.bumped;
    decided = AddStandard("urgency set by a person");
  }
  MarkDecided(decided);
}

std::size_t Inquiry::AddBullet(const rules::Bullet& bullet, std::string hit) {
  return Add({"rules.md", bullet.line, bullet.text, std::move(hit), false});
}

std::size_t Inquiry::AddStandard(std::string_view text, std::string hit) {
  return Add({"standard", 0, "standard: " + std::string(text), std::move(hit), false});
}

std::size_t Inquiry::Add(Reason reason) {
  reasons_.push_back(std::move(reason));
  return reasons_.size() - 1;
}

void Inquiry::MarkDecided(ReasonAt at) {
  if (at) reasons_[*at].decided = true;
}

std::vector<Reason> Inquiry::TakeReasons(ReasonAt first) {
  if (first) {
    const auto begin = reasons_.begin();
    const auto at = begin + static_cast<std::ptrdiff_t>(*first);
    std::rotate(begin, at, at + 1);
  }
  return std::exchange(reasons_, {});
}

}  // namespace tr::route
