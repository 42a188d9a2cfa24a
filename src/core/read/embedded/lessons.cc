#include "read/embedded/lessons.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace tr::read {
namespace {

constexpr int kPage = 500;
constexpr std::size_t kMostLessons = 20'000;    // some twenty a day for three years
constexpr std::size_t kLessonBytes = 4 * 1024;  // what a person writes; the rest is quoted or pasted

}  // namespace

void Lessons::Pull() {
  if (corrections_ == nullptr) return;
  while (true) {
    auto page = corrections_->Since(cursor_, kPage);
    if (!page || page->cursor == cursor_) return;
    cursor_ = std::move(page->cursor);
    for (store::Correction& row : page->rows) Take(std::move(row));
    if (page->rows.size() < static_cast<std::size_t>(kPage)) return;
  }
}

void Lessons::Restart() {
  cursor_.clear();
  lessons_.clear();
  by_id_.clear();
  ++generation_;
}

void Lessons::Take(store::Correction row) {
  if (row.kind == store::CorrectionKind::kUndo || row.kind == store::CorrectionKind::kErase) {
    const auto found = by_id_.find(row.undoes);
    if (found == by_id_.end()) return;
    lessons_.erase(found->second);
    by_id_.erase(found);
    ++generation_;
    return;
  }
  if (row.to_topic.empty() || row.redacted_text.empty()) return;
  row.redacted_text.resize(std::min(row.redacted_text.size(), kLessonBytes));
  by_id_[row.id] = next_;
  lessons_[next_++] = {row.id, std::move(row.ticket), std::move(row.to_topic), std::move(row.redacted_text),
                       row.kind != store::CorrectionKind::kSplit};
  if (lessons_.size() > kMostLessons) {
    by_id_.erase(lessons_.begin()->second.id);
    lessons_.erase(lessons_.begin());
  }
  ++generation_;
}

std::vector<Lesson> Lessons::InForce() const {
  std::vector<Lesson> lessons;
  std::unordered_set<std::string> seen;
  for (auto i = lessons_.rbegin(); i != lessons_.rend(); ++i) {
    const Lesson& lesson = i->second;
    if (lesson.whole_ticket && !lesson.ticket.empty() && !seen.insert(lesson.ticket).second) continue;
    lessons.push_back(lesson);
  }
  std::reverse(lessons.begin(), lessons.end());
  return lessons;
}

}  // namespace tr::read
