#pragma once
// From when on a reading is sure: what the readers and the decision must agree on.

#include "rules/book.h"

namespace tr::rules {

// Below this confidence the topic is unsure, 0 to 1: the topic's own Hold below, else the book's limit, else
// `readers_own`, the threshold that came with the reading (Reading::sure_at).
inline double SureAt(const RuleBook& book, const Topic& topic, double readers_own) {
  return topic.hold_below.value_or(book.hold_limits.less_sure_than.value_or(readers_own));
}

}  // namespace tr::rules
