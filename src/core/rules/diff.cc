#include "rules/diff.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "rules/doc.h"
#include "rules/parse.h"

namespace tr::rules {
namespace {

constexpr std::size_t kMostLines = 200;
constexpr std::size_t kComparedBytes = 64;

// Counts changes of one kind of thing and writes them down.
class Changes {
 public:
  void Add(const std::string& kind, const std::string& what, const std::string& line) {
    if (counts_.empty() || counts_.back().kind != kind || counts_.back().what != what) {
      counts_.push_back({kind, what, 0});
    }
    ++counts_.back().count;
    if (diff_.lines.size() < kMostLines) diff_.lines.push_back(line);
  }

  void AddOnce(const std::string& text) {
    counts_.push_back({text, "", 0});
    if (diff_.lines.size() < kMostLines) diff_.lines.push_back(text);
  }

  bool empty() const { return counts_.empty(); }

  BookDiff Finish(const std::string& when_empty) {
    for (const Count& one : counts_) {
      if (!diff_.text.empty()) diff_.text += ", ";
      diff_.text += one.count == 0
                        ? one.kind
                        : std::to_string(one.count) + " " + one.kind + (one.count == 1 ? " " : "s ") + one.what;
    }
    if (counts_.empty()) diff_.text = when_empty;
    return std::move(diff_);
  }

 private:
  struct Count {
    std::string kind;
    std::string what;
    int count = 0;
  };
  std::vector<Count> counts_;
  BookDiff diff_;
};

std::string KeyOf(const DocBullet& bullet) {
  return std::to_string(static_cast<int>(bullet.list)) + " " + bullet.bullet.text;
}

// Those of `some` that `others` do not hold, each as often as it is missing.
std::vector<DocBullet> Missing(const std::vector<DocBullet>& some, const std::vector<DocBullet>& others) {
  std::unordered_map<std::string, int> held;
  for (const DocBullet& one : others) ++held[KeyOf(one)];
  std::vector<DocBullet> missing;
  for (const DocBullet& one : some) {
    if (--held[KeyOf(one)] < 0) missing.push_back(one);
  }
  return missing;
}

// The same rule in other words: at most half of it is new.
bool IsRewritten(const DocBullet& before, const DocBullet& after) {
  if (before.list != after.list) return false;
  const std::string a = CutText(before.bullet.text, kComparedBytes);
  const std::string b = CutText(after.bullet.text, kComparedBytes);
  return EditDistance(a, b) * 2 <= std::max(a.size(), b.size());
}

std::string BulletLine(const DocBullet& bullet, const std::string& what) {
  return "rules.md line " + std::to_string(bullet.bullet.line) + " " + what + ": " + Quote(bullet.bullet.text);
}

// Walks over both lists at once, so that each bullet is compared with a neighbour or two and never with all.
void DiffBullets(const std::vector<DocBullet>& before, const std::vector<DocBullet>& after, Changes& changes) {
  const std::vector<DocBullet> gone = Missing(before, after);
  const std::vector<DocBullet> come = Missing(after, before);
  std::vector<bool> paired(come.size());
  std::vector<const DocBullet*> removed;
  std::vector<std::pair<const DocBullet*, const DocBullet*>> rewritten;
  for (std::size_t i = 0, next = 0; i < gone.size(); ++i) {
    std::size_t at = next;
    while (at < std::min(next + 4, come.size()) && !IsRewritten(gone[i], come[at])) ++at;
    if (at >= std::min(next + 4, come.size())) {
      removed.push_back(&gone[i]);
      continue;
    }
    rewritten.emplace_back(&gone[i], &come[at]);
    paired[at] = true;
    next = at + 1;
  }
  for (std::size_t i = 0; i < come.size(); ++i) {
    if (!paired[i]) changes.Add("bullet", "added", BulletLine(come[i], "added"));
  }
  for (const DocBullet* one : removed) changes.Add("bullet", "removed", BulletLine(*one, "removed"));
  for (const auto& [from, to] : rewritten) {
    changes.Add("bullet", "changed", BulletLine(*to, "changed") + ", was " + Quote(from->bullet.text));
  }
}

// Order counts for special routes alone.
bool RoutesReordered(const std::vector<DocBullet>& before, const std::vector<DocBullet>& after) {
  const auto kept = [](const std::vector<DocBullet>& some, const std::vector<DocBullet>& others) {
    std::unordered_map<std::string, bool> held;
    for (const DocBullet& one : others) held[KeyOf(one)] = true;
    std::vector<std::string> routes;
    for (const DocBullet& one : some) {
      if (one.list == DocList::kSpecialRoutes && held.contains(KeyOf(one))) routes.push_back(one.bullet.text);
    }
    return routes;
  };
  return kept(before, after) != kept(after, before);
}

std::vector<DocBullet> BulletsOf(const std::string& text) {
  Problems unused;
  return ReadDoc(RepairUtf8(text), unused);
}

struct NamedRow {
  std::string name;
  std::string content;  // cells with their columns, so that a moved column is no change
  bool operator==(const NamedRow&) const = default;
};

std::string ColumnKey(std::string_view header) {
  std::string key = Fold(header);
  std::erase_if(key, [](char c) { return c == ' ' || c == '_'; });
  return key;
}

// The rows of a tab by folded name; the column called `key` names them.
std::map<std::string, NamedRow> RowsOf(const std::string& text, std::string_view key) {
  std::map<std::string, NamedRow> rows;
  const Csv csv = ParseCsv(text);
  if (csv.rows.empty()) return rows;
  std::vector<std::string> columns;
  for (const std::string& header : csv.rows.front().cells) columns.push_back(ColumnKey(header));
  const auto at = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), key) - columns.begin());
  for (std::size_t i = 1; i < csv.rows.size(); ++i) {
    const std::vector<std::string>& cells = csv.rows[i].cells;
    if (at >= cells.size() || Trim(cells[at]).empty() || Trim(cells.front()).starts_with('#')) continue;
    std::map<std::string, std::string> content;
    for (std::size_t j = 0; j < std::min(cells.size(), columns.size()); ++j) {
      if (!Trim(cells[j]).empty()) content[columns[j]] = Squeeze(cells[j]);
    }
    NamedRow row{Squeeze(cells[at]), {}};
    for (const auto& [column, cell] : content) row.content += column + "\n" + cell + "\n";
    rows.try_emplace(Fold(row.name), std::move(row));
  }
  return rows;
}

void DiffRows(const std::string& kind, const std::map<std::string, NamedRow>& before,
              const std::map<std::string, NamedRow>& after, Changes& changes) {
  for (const auto& [key, row] : after) {
    if (!before.contains(key)) changes.Add(kind, "added", kind + " added: " + row.name);
  }
  for (const auto& [key, row] : before) {
    if (!after.contains(key)) changes.Add(kind, "removed", kind + " removed: " + row.name);
  }
  for (const auto& [key, row] : after) {
    const auto old = before.find(key);
    if (old != before.end() && old->second != row) changes.Add(kind, "changed", kind + " changed: " + row.name);
  }
}

}  // namespace

BookDiff Diff(const RuleFiles& before, const RuleFiles& after) {
  Changes changes;
  const std::vector<DocBullet> old_bullets = BulletsOf(before.rules);
  const std::vector<DocBullet> new_bullets = BulletsOf(after.rules);
  DiffBullets(old_bullets, new_bullets, changes);
  if (RoutesReordered(old_bullets, new_bullets)) changes.AddOnce("special routes in another order");
  DiffRows("topic", RowsOf(before.topics, "topic"), RowsOf(after.topics, "topic"), changes);
  DiffRows("team", RowsOf(before.teams, "team"), RowsOf(after.teams, "team"), changes);
  DiffRows("test", RowsOf(before.tests.value_or(""), "test"), RowsOf(after.tests.value_or(""), "test"), changes);
  return changes.Finish(before == after ? "nothing changed" : "only notes changed");
}

}  // namespace tr::rules
