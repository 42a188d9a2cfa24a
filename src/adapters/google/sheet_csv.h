#pragma once
// The values of a Sheet's tab as the CSV that the rules are read from.

#include <boost/json/value.hpp>
#include <string>

namespace tr::google {

// `values` is a list of rows of displayed texts, as spreadsheets.values.batchGet gives them: trailing empty cells and
// rows are missing, so each row is filled up to the width of the first; rows keep their numbers. Anything that is no
// such list is an empty text.
std::string CsvOf(const boost::json::value& values);

}  // namespace tr::google
