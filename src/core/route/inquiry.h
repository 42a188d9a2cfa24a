#pragma once
// One ticket under the rules: what is known of it, and the reasons found so far. The parts of Decide share it.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "route/decide.h"
#include "rules/match.h"

namespace tr::route {

// Where a reason stands in the list; empty: there is none.
using ReasonAt = std::optional<std::size_t>;

class Inquiry {
 public:
  // Finds the VIP entry, the topic where it is sure, signals and urgency. Keeps references to both arguments.
  Inquiry(const Question& question, const rules::RuleBook& book);
  Inquiry(const Inquiry&) = delete;
  Inquiry& operator=(const Inquiry&) = delete;

  const Question& question() const { return question_; }
  const rules::RuleBook& book() const { return book_; }
  const rules::Facts& facts() const { return facts_; }
  int body_words() const { return text_.body_words(); }

  // The VIP entry and the sure topic; null: none. A topic that a human named is sure.
  const rules::Vip* vip() const { return vip_; }
  const rules::Topic* topic() const { return topic_; }
  bool topic_is_human() const { return topic_is_human_; }
  ReasonAt vip_reason() const { return vip_reason_; }
  ReasonAt topic_reason() const { return topic_reason_; }
  // The bullet that found a signal which the reader had missed.
  ReasonAt signal_reason(Signal signal) const { return signal_reasons_[static_cast<std::size_t>(signal)]; }

  std::size_t AddBullet(const rules::Bullet& bullet, std::string hit);
  // `text` without its "standard: ".
  std::size_t AddStandard(std::string_view text, std::string hit = {});
  std::size_t Add(Reason reason);
  void MarkDecided(ReasonAt at);
  // The reasons, `first` before the others. The inquiry has none left.
  std::vector<Reason> TakeReasons(ReasonAt first);

 private:
  void FindTopic();
  void FindSignals();
  void FindUrgency();

  const Question& question_;
  const rules::RuleBook& book_;
  const rules::SearchText text_;
  rules::Facts facts_;
  const rules::Vip* vip_ = nullptr;
  const rules::Topic* topic_ = nullptr;
  bool topic_is_human_ = false;
  ReasonAt vip_reason_;
  ReasonAt topic_reason_;
  std::array<ReasonAt, 3> signal_reasons_;
  std::vector<Reason> reasons_;
};

}  // namespace tr::route
