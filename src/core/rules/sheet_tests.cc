#include <algorithm>
#include <string>

#include "base/text.h"
#include "rules/sheet_table.h"
#include "rules/sheet_tabs.h"

namespace tr::rules {
namespace {

const TableShape& Shape() {
  static const TableShape shape{"tests",
                                {{"Test", true},
                                 {"From", true},
                                 {"Subject", true},
                                 {"Text", true},
                                 {"Lane"},
                                 {"When"},
                                 {"Topic"},
                                 {"Sure"},
                                 {"Urgency"},
                                 {"Tone"},
                                 {"Signals"},
                                 {"Expect move"},
                                 {"Expect team"},
                                 {"Expect person"},
                                 {"Expect urgency"},
                                 {"Expect ping"},
                                 {"Expect because"},
                                 {"Notes"}},
                                "",
                                Severity::kWarning};
  return shape;
}

}  // namespace

void CheckTests(std::string_view text, Problems& problems) {
  const std::optional<Table> table = Table::Read(Shape(), text, problems);
  if (!table) return;
  const auto expects = [](const Table::Row& row) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (Shape().columns[i].name.starts_with("Expect") && !row.cells[i].empty()) return true;
    }
    return row.off;
  };
  for (const Table::Row& row : table->rows()) {
    if (!expects(row))
      problems.Warning({"tests", row.number}, "expects nothing, so it can never fail. Fill an Expect column.");
  }
}

}  // namespace tr::rules
