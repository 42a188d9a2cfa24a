// tr-probe: answers other people's suites about parts that the program does not show by themselves.
//   tr-probe slack  {"signing_secret","timestamp","signature","body","now"} → {"valid":bool}
//   tr-probe csv    CSV on standard input → a JSON array of objects keyed by the header row

#include <sysexits.h>

#include <boost/json.hpp>
#include <cstring>
#include <iostream>
#include <iterator>
#include <string>

#include "channels/slack_signature.h"
#include "rules/parse.h"
#include "ticket/json.h"

namespace {

namespace json = boost::json;

std::string Text(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

int Slack(const std::string& input) {
  const tr::Result<json::value> question = tr::ParseJson(input);
  if (!question || !question->is_object()) return EX_DATAERR;
  const json::object& object = question->as_object();
  const json::value* now = object.if_contains("now");
  const std::int64_t seconds = now != nullptr && now->is_number() ? now->to_number<std::int64_t>() : 0;
  const bool valid = tr::channels::VerifySlackSignature(tr::Secret(Text(object, "signing_secret")),
                                                        Text(object, "timestamp"), Text(object, "signature"),
                                                        Text(object, "body"), tr::FromMillis(seconds * 1000));
  std::cout << json::serialize(json::object{{"valid", valid}}) << "\n";
  return EX_OK;
}

int CsvToJson(const std::string& input) {
  const tr::rules::Csv csv = tr::rules::ParseCsv(input);
  if (!csv.error.empty()) {
    std::cerr << csv.error << "\n";
    return EX_DATAERR;
  }
  json::array rows;
  for (std::size_t row = 1; row < csv.rows.size(); ++row) {
    json::object object;
    const std::vector<std::string>& header = csv.rows.front().cells;
    for (std::size_t i = 0; i < header.size(); ++i) {
      const std::vector<std::string>& cells = csv.rows[row].cells;
      object[header[i]] = i < cells.size() ? cells[i] : "";
    }
    rows.push_back(std::move(object));
  }
  std::cout << json::serialize(rows) << "\n";
  return EX_OK;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string input{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  if (argc == 2 && std::strcmp(argv[1], "slack") == 0) return Slack(input);
  if (argc == 2 && std::strcmp(argv[1], "csv") == 0) return CsvToJson(input);
  std::cerr << "usage: tr-probe slack|csv\n";
  return EX_USAGE;
}
