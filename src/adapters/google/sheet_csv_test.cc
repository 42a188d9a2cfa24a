#include "google/sheet_csv.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace tr::google {
namespace {

TEST(SheetCsv, RowsAsSheetsGivesThem) {
  const std::pair<const char*, const char*> table[] = {
      {R"([])", ""},
      {R"([["Topic","Team"],["refund","Billing"]])", "Topic,Team\nrefund,Billing\n"},
      {R"([["a","b","c"],["1"],[],["","2"]])", "a,b,c\n1,,\n,,\n,2,\n"},
      {R"([["a"],["1","2"]])", "a\n1,2\n"},
      {R"([["say \"no\", twice","two\nlines"]])", "\"say \"\"no\"\", twice\",\"two\nlines\"\n"},
      {R"([["n",7,true,null]])", "n,7,true,\n"},
      {R"({"not":"rows"})", ""},
      {R"([["a"],"b"])", ""},
  };
  for (const auto& [values, csv] : table) EXPECT_EQ(CsvOf(boost::json::parse(values)), csv) << values;
}

}  // namespace
}  // namespace tr::google
