#pragma once
// A tab of the sheet as rows with named columns.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/problems.h"

namespace tr::rules {

struct ColumnName {
  std::string_view name;  // as the manual spells it
  bool required = false;
};

// What a tab may hold. `numbered` is a column that may come many times with a number: "Example" (1 … n).
struct TableShape {
  std::string file;
  std::vector<ColumnName> columns;
  std::string_view numbered = {};
  Severity missing_column = Severity::kError;
};

class Table {
 public:
  struct Row {
    int number = 0;
    bool off = false;                // starts with "#"
    bool broken = false;             // was reported as a whole: its cells may stand in wrong columns
    std::vector<std::string> cells;  // by column of the shape, squeezed; empty where the tab has no such column
    std::vector<std::string> numbered;
  };

  // Reads a tab and reports unknown, double and missing columns, rows that are too long, cells of formulas that failed,
  // and broken quoting. Nothing when a required column is missing or stands there twice, a column's name is a formula
  // that failed, or the text is no CSV. Rows without any text are left out, and rows with such a cell.
  static std::optional<Table> Read(const TableShape& shape, std::string_view text, Problems& problems);

  const std::vector<Row>& rows() const { return rows_; }
  // Whether rows were left out because a formula failed: names that are not there are then no errors of their own.
  bool damaged() const { return damaged_; }

 private:
  std::vector<Row> rows_;
  bool damaged_ = false;
};

}  // namespace tr::rules
