#include "rules/sheet_table.h"

#include <algorithm>

#include "base/text.h"
#include "rules/sheet_cells.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr int kUnknown = -1;
constexpr int kNumbered = -2;
// Far above any team's sheet; what a row costs in memory is many times its length.
constexpr std::size_t kMostRows = 10'000;

std::string HeaderKey(std::string_view header) {
  std::string key = Fold(Squeeze(header));
  std::erase_if(key, [](char c) { return c == ' ' || c == '_'; });
  return key;
}

bool IsNumbered(std::string_view key, std::string_view numbered) {
  if (numbered.empty()) return false;
  const std::string base = HeaderKey(numbered);
  if (!key.starts_with(base)) return false;
  const std::string_view rest = key.substr(base.size());
  return std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsEmpty(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return Trim(cell).empty(); });
}

// What keeps a tab from being read is as bad as the lack of a column.
void Report(const TableShape& shape, const Where& where, const std::string& text, Problems& problems) {
  if (shape.missing_column == Severity::kError)
    problems.Error(where, text);
  else
    problems.Warning(where, text);
}

// Which column of the shape each cell of the header names.
class Header {
 public:
  Header(const TableShape& shape, const CsvRow& row, Problems& problems) : shape_(shape), problems_(problems) {
    at_.row = row.row;
    for (const ColumnName& column : shape_.columns) keys_.push_back(HeaderKey(column.name));
    seen_.assign(keys_.size(), false);
    for (const std::string& cell : row.cells) columns_.push_back(ColumnOf(cell));
    while (!columns_.empty() && Trim(row.cells[columns_.size() - 1]).empty()) columns_.pop_back();
  }

  const std::vector<int>& columns() const { return columns_; }

  // Whether the rows below cannot be read by it.
  bool ReportMissing(const CsvRow& row) const {
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      if (shape_.columns[i].required && !seen_[i]) missing.emplace_back(shape_.columns[i].name);
    }
    if (missing.empty() || unusable_) return unusable_;
    std::string text = "has no column " + Listing(missing) + ". ";
    const std::string whole = row.cells.empty() ? std::string() : row.cells.front();
    if (row.cells.size() == 1 && whole.find_first_of(";\t") != std::string::npos) {
      text += "Its columns are parted by semicolons or tabs: save the sheet as CSV with commas.";
    } else {
      text += "The first row must name the columns: " + Required() + ".";
    }
    Report(shape_, {shape_.file}, text, problems_);
    return true;
  }

 private:
  std::string Required() const {
    std::vector<std::string> names;
    for (const ColumnName& column : shape_.columns) {
      if (column.required) names.emplace_back(column.name);
    }
    return Listing(names);
  }

  void ReportUnknown(const std::string& cell) {
    if (cell.find(';') != std::string::npos) return;
    std::vector<std::string> names;
    const bool suggest = problems_.MaySuggest();
    for (std::size_t i = 0; suggest && i < shape_.columns.size(); ++i) names.emplace_back(shape_.columns[i].name);
    problems_.Note({shape_.file, at_.row},
                   "column " + Quote(cell) + " is unknown and not used." + DidYouMean(cell, names));
  }

  int ColumnOf(const std::string& cell) {
    const std::string key = HeaderKey(cell);
    if (key.empty()) return kUnknown;
    if (const std::string formula = FormulaFault(cell); !formula.empty()) {
      Report(shape_, {shape_.file, at_.row}, formula, problems_);
      unusable_ = true;
      return kUnknown;
    }
    if (IsNumbered(key, shape_.numbered)) return kNumbered;
    const auto known = std::find(keys_.begin(), keys_.end(), key);
    if (known == keys_.end()) {
      ReportUnknown(Squeeze(cell));
      return kUnknown;
    }
    const auto index = static_cast<std::size_t>(known - keys_.begin());
    if (seen_[index]) {
      problems_.Error({shape_.file, at_.row}, "column " + std::string(shape_.columns[index].name) +
                                                  " stands there twice. Delete or rename one of the two.");
    }
    unusable_ = unusable_ || seen_[index];
    seen_[index] = true;
    return static_cast<int>(index);
  }

  const TableShape& shape_;
  Problems& problems_;
  CsvRow at_;
  std::vector<std::string> keys_;
  std::vector<bool> seen_;
  bool unusable_ = false;
  std::vector<int> columns_;
};

// A sheet whose first column is the Slack channel has "#" in front of every row: there the second column decides.
bool IsOff(const CsvRow& row, const std::vector<int>& columns, const TableShape& shape) {
  std::size_t first = 0;
  if (columns.size() > 1 && columns[0] >= 0 &&
      shape.columns[static_cast<std::size_t>(columns[0])].name == "Slack channel") {
    first = 1;
  }
  return row.cells.size() > first && Trim(row.cells[first]).starts_with('#') && FormulaFault(row.cells[first]).empty();
}

// Notes are for people: what stands there changes nothing.
bool ReportFormulas(const CsvRow& row, const CsvRow& header, const std::vector<int>& columns, const TableShape& shape,
                    Problems& problems) {
  bool found = false;
  for (std::size_t i = 0; i < std::min(row.cells.size(), columns.size()); ++i) {
    if (columns[i] == kUnknown || HeaderKey(header.cells[i]) == "notes") continue;
    const std::string formula = FormulaFault(row.cells[i]);
    if (formula.empty()) continue;
    Report(shape, {shape.file, row.row, Squeeze(header.cells[i])}, formula, problems);
    found = true;
  }
  return found;
}

bool ReportTooLong(const CsvRow& row, std::size_t columns, const std::string& file, Problems& problems) {
  for (std::size_t i = columns; i < row.cells.size(); ++i) {
    if (Trim(row.cells[i]).empty()) continue;
    problems.Error({file, row.row}, "has more cells than the first row has columns: " + Quote(Squeeze(row.cells[i])) +
                                        " is left over. Put quotes around a text with a comma, directly after the comma"
                                        " before it.");
    return true;
  }
  return false;
}

}  // namespace

std::optional<Table> Table::Read(const TableShape& shape, std::string_view text, Problems& problems) {
  const Csv csv = ParseCsv(text);
  if (!csv.error.empty()) {
    Report(shape, {shape.file, csv.error_row}, csv.error, problems);
    return std::nullopt;
  }
  const auto first = std::find_if_not(csv.rows.begin(), csv.rows.end(), IsEmpty);
  const CsvRow header_row = first == csv.rows.end() ? CsvRow{1, {}} : *first;
  const Header header(shape, header_row, problems);
  if (header.ReportMissing(header_row)) return std::nullopt;
  if (csv.rows.size() > kMostRows) {
    problems.Error({shape.file}, "has more than 10000 rows. Make it shorter.");
    return std::nullopt;
  }
  Table table;
  for (auto row = first + 1; row < csv.rows.end(); ++row) {
    if (IsEmpty(*row)) continue;
    Row made{row->row, IsOff(*row, header.columns(), shape), false, std::vector<std::string>(shape.columns.size()), {}};
    for (std::size_t i = 0; i < std::min(row->cells.size(), header.columns().size()); ++i) {
      const int column = header.columns()[i];
      if (column >= 0) made.cells[static_cast<std::size_t>(column)] = Squeeze(row->cells[i]);
      if (column == kNumbered && !Trim(row->cells[i]).empty()) made.numbered.push_back(Squeeze(row->cells[i]));
    }
    made.broken = !made.off && ReportTooLong(*row, header.columns().size(), shape.file, problems);
    if (!made.off && ReportFormulas(*row, header_row, header.columns(), shape, problems)) {
      table.damaged_ = true;
      continue;
    }
    table.rows_.push_back(std::move(made));
  }
  return table;
}

}  // namespace tr::rules
