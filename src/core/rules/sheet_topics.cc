#include <string>

#include "base/text.h"
#include "rules/sheet_cells.h"
#include "rules/sheet_table.h"
#include "rules/sheet_tabs.h"

namespace tr::rules {
namespace {

enum Column : std::size_t { kTopic, kMeaning, kTeam, kUrgency, kHoldBelow, kNotes };

const TableShape& Shape() {
  static const TableShape shape{
      "topics",
      {{"Topic", true}, {"Meaning", true}, {"Team", true}, {"Urgency"}, {"Hold below"}, {"Notes"}},
      "Example"};
  return shape;
}

class TopicRow {
 public:
  TopicRow(const Table::Row& row, Names& names, Problems& problems) : row_(row), names_(names), problems_(problems) {}

  Topic Read() {
    topic_.row = row_.number;
    topic_.meaning = row_.cells[kMeaning];
    topic_.examples = row_.numbered;
    ReadName();
    if (row_.broken) return std::move(topic_);
    if (topic_.meaning.empty()) {
      problems_.Warning(At(kMeaning),
                        "is empty, so the reader has only the name to go by. Say what the customer wants.");
    }
    ReadTeam();
    ReadUrgency();
    ReadHoldBelow();
    return std::move(topic_);
  }

 private:
  Where At(Column column) const { return {"topics", row_.number, std::string(Shape().columns[column].name)}; }

  void ReadName() {
    topic_.name = row_.cells[kTopic];
    const std::string folded = NameKey(topic_.name);
    if (folded.empty()) problems_.Error(At(kTopic), "is empty. Name the topic, or delete the row.");
    if (folded == kUnsure || folded == "(no reading)") {
      problems_.Error(At(kTopic), Quote(topic_.name) + " is what an unclear ticket is called. Choose another name.");
    }
  }

  void ReadTeam() {
    const std::string& cell = row_.cells[kTeam];
    if (cell.empty()) return problems_.Error(At(kTeam), "is empty. Name a team, or a person's address.");
    if (const auto place = names_.FindPlace(cell, cell, At(kTeam), problems_)) topic_.place = *place;
  }

  void ReadUrgency() {
    const std::string& cell = row_.cells[kUrgency];
    if (cell.empty()) return;
    const Result<Urgency> level = ParseLevel(cell);
    if (!level.ok()) return problems_.Error(At(kUrgency), level.fault().text);
    topic_.urgency = *level;
  }

  void ReadHoldBelow() {
    const std::string& cell = row_.cells[kHoldBelow];
    if (cell.empty()) return;
    const Result<double> share = ParsePercentage(cell);
    if (!share.ok()) return problems_.Error(At(kHoldBelow), share.fault().text);
    topic_.hold_below = *share;
  }

  const Table::Row& row_;
  Names& names_;
  Problems& problems_;
  Topic topic_;
};

std::string NameOfOff(const Table::Row& row) {
  std::string_view name = row.cells[kTopic];
  while (name.starts_with('#')) name.remove_prefix(1);
  return std::string(Trim(name));
}

}  // namespace

void ParseTopics(std::string_view text, RuleBook& book, Names& names, Problems& problems) {
  const std::optional<Table> table = Table::Read(Shape(), text, problems);
  if (!table) return names.TopicsUnreadable();
  if (table->damaged()) names.TopicsUnreadable();
  for (const Table::Row& row : table->rows()) {
    if (row.off) {
      names.SwitchOffTopic(NameOfOff(row), row.number);
      continue;
    }
    Topic topic = TopicRow(row, names, problems).Read();
    const std::optional<int> before = names.AddTopic(topic);
    if (before && !topic.name.empty()) {
      problems.Error({"topics", row.number, "Topic"},
                     Quote(topic.name) + " is already in row " + std::to_string(*before) + ". Delete one of the two.");
    }
    book.topics.push_back(std::move(topic));
  }
  if (book.topics.empty() && !table->damaged()) {
    problems.Error({"topics"}, "has no topics. Write one row for each thing that customers ask about.");
    names.TopicsUnreadable();
  }
}

}  // namespace tr::rules
