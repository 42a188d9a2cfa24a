#include "rules/parse.h"

namespace tr::rules {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

// One pass over the text; each byte is looked at once.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(kBom)) text_.remove_prefix(kBom.size());
  }

  Csv Read() {
    for (int row = 1; at_ < text_.size() && csv_.error.empty(); ++row) ReadRow(row);
    return std::move(csv_);
  }

 private:
  bool AtBreak() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

  void SkipBreak() {
    if (at_ < text_.size() && text_[at_] == '\r')
      ++at_;
    else if (at_ < text_.size()) {
      ++at_;
      return;
    }
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  void ReadRow(int number) {
    if (AtBreak()) return SkipBreak();
    CsvRow row{number, {}};
    while (true) {
      row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? ReadQuoted(number) : ReadBare());
      if (!csv_.error.empty()) return;
      if (at_ >= text_.size() || text_[at_] != ',') break;
      ++at_;
    }
    SkipBreak();
    csv_.rows.push_back(std::move(row));
  }

  std::string ReadBare() {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string cell(text_.substr(at_, end - at_));
    at_ = end;
    return cell;
  }

  std::string ReadQuoted(int number) {
    std::string cell;
    for (++at_; at_ < text_.size();) {
      const std::size_t quote = std::min(text_.find('"', at_), text_.size());
      cell.append(text_.substr(at_, quote - at_));
      at_ = quote + 1;
      if (quote == text_.size()) break;
      if (at_ < text_.size() && text_[at_] == '"') {
        cell += '"';
        ++at_;
        continue;
      }
      if (at_ < text_.size() && text_[at_] != ',' && !AtBreak()) {
        Fail(number, "a cell goes on after its closing quote. Write a quote inside a quoted cell twice: \"\".");
      }
      return cell;
    }
    Fail(number,
         "a quote that opens here is never closed. Close it, or write a quote inside a quoted cell twice: \"\".");
    return cell;
  }

  void Fail(int row, std::string text) {
    csv_.error = std::move(text);
    csv_.error_row = row;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Csv csv_;
};

}  // namespace

Csv ParseCsv(std::string_view text) { return CsvReader(text).Read(); }

}  // namespace tr::rules
