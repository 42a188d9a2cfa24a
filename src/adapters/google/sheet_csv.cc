#include "google/sheet_csv.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

namespace tr::google {
namespace {

namespace json = boost::json;

// RFC 4180.
std::string Cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string TextOf(const json::value& cell) {
  if (cell.is_string()) return std::string(cell.get_string());
  return cell.is_null() ? "" : json::serialize(cell);
}

}  // namespace

std::string CsvOf(const json::value& values) {
  if (!values.is_array()) return "";
  std::string csv;
  std::size_t width = 0;
  for (const json::value& row : values.get_array()) {
    if (!row.is_array()) return "";
    const json::array& cells = row.get_array();
    width = width == 0 ? cells.size() : width;
    for (std::size_t i = 0; i < std::max(width, cells.size()); ++i) {
      if (i > 0) csv += ',';
      if (i < cells.size()) csv += Cell(TextOf(cells[i]));
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace tr::google
