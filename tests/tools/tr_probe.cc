// tr-probe: answers other people's suites about parts that the program does not show by themselves.
//   tr-probe slack  {"signing_secret","timestamp","signature","body","now"} → {"valid":bool}
//   tr-probe csv    CSV on standard input → a JSON array of objects keyed by the header row
//   tr-probe sigv4  {"access_key_id","secret_access_key","session_token","region","service","amz_date","normalize",
//                   "sign_body","omit_session_token","method","uri","headers":[[name,value]],"body":base64}
//                   → {"canonical_request","string_to_sign","signature","authorization"}
//   tr-probe tables  a prefix on standard input → what DynamoDB's CreateTable takes for each table
//   tr-probe lambda runs the Lambda loop on AWS_LAMBDA_RUNTIME_API; answers each event with what was understood of it,
//                   {"fault":KIND} with that fault, {"throw":true} with an exception. Exits 1 when the loop ends.

#include <sysexits.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "aws/dynamo_tables.h"
#include "aws/lambda_events.h"
#include "aws/lambda_runtime.h"
#include "aws/sigv4.h"
#include "channels/slack_signature.h"
#include "intake/transfer.h"
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

bool Flag(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->as_bool();
}

tr::net::Headers HeadersOf(const json::object& object) {
  tr::net::Headers headers;
  const json::value* list = object.if_contains("headers");
  if (list == nullptr || !list->is_array()) return headers;
  for (const json::value& field : list->as_array()) {
    headers.Add(std::string(field.as_array().at(0).as_string()), std::string(field.as_array().at(1).as_string()));
  }
  return headers;
}

// "20150830T123600Z".
tr::Result<tr::Time> AmzDate(std::string date) {
  if (date.size() != 16) return tr::Invalid("amz_date is no date");
  for (const std::size_t at : {13, 11}) date.insert(at, ":");
  for (const std::size_t at : {6, 4}) date.insert(at, "-");
  return tr::ParseTime(date);
}

int SigV4(const std::string& input) {
  const tr::Result<json::value> question = tr::ParseJson(input);
  if (!question || !question->is_object()) return EX_DATAERR;
  const json::object& object = question->as_object();
  const tr::Result<tr::Time> date = AmzDate(Text(object, "amz_date"));
  if (!date) return EX_DATAERR;
  const std::string token = Flag(object, "omit_session_token") ? "" : Text(object, "session_token");
  const tr::aws::Credentials credentials{Text(object, "access_key_id"), tr::Secret(Text(object, "secret_access_key")),
                                         tr::Secret(token), std::nullopt};
  const tr::aws::SigningScope scope{
      Text(object, "region"), Text(object, "service"),
      Flag(object, "normalize") ? tr::aws::PathRule::kNormalised : tr::aws::PathRule::kAsSent,
      Flag(object, "sign_body") ? tr::aws::PayloadRule::kHashHeader : tr::aws::PayloadRule::kHash};
  const std::string method = Text(object, "method"), target = Text(object, "uri");
  const std::string body = tr::intake::DecodeBase64(Text(object, "body"));
  const tr::net::Headers headers = HeadersOf(object);
  const tr::aws::Signature signature = tr::aws::Sign({method, target, headers, body}, credentials, scope, *date);
  std::cout << json::serialize(json::object{{"canonical_request", signature.canonical_request},
                                            {"string_to_sign", signature.string_to_sign},
                                            {"signature", signature.hex},
                                            {"authorization", signature.headers.Get("Authorization")}})
            << "\n";
  return EX_OK;
}

class QuietLog final : public tr::Log {
 public:
  void Write(tr::LogLevel, std::string_view, std::initializer_list<tr::LogField>) override {}
};

json::object Understood(const tr::aws::SqsEvent& event) { return {{"kind", "sqs"}, {"first", event.at(0).id}}; }
json::object Understood(const tr::aws::S3Event& event) {
  return {{"kind", "s3"}, {"first", event.empty() ? "" : event[0].key}};
}
json::object Understood(const tr::net::HttpRequest& event) {
  return {{"kind", "url"}, {"first", event.method + " " + event.path}, {"body", event.body}};
}
json::object Understood(const tr::aws::Schedule& event) { return {{"kind", "schedule"}, {"first", event.job}}; }

tr::Result<std::string> AnswerEvent(const tr::aws::Invocation& invocation) {
  TR_ASSIGN(const tr::aws::Event event, tr::aws::ParseEvent(invocation.event));
  if (const auto* schedule = std::get_if<tr::aws::Schedule>(&event)) {
    if (Flag(schedule->input, "throw")) throw std::runtime_error("thrown");
    if (Text(schedule->input, "fault") == "transient") return tr::Transient("as asked");
  }
  json::object answer = std::visit([](const auto& one) { return Understood(one); }, event);
  answer["deadline"] = tr::ToMillis(invocation.deadline);
  answer["trace"] = invocation.trace;
  return json::serialize(answer);
}

int Lambda() {
  const char* api = std::getenv("AWS_LAMBDA_RUNTIME_API");
  if (api == nullptr) return EX_USAGE;
  QuietLog log;
  const tr::Fault end = tr::aws::LambdaRuntime(api, log).Run(AnswerEvent);
  std::cerr << end.text << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "lambda") == 0) return Lambda();
  const std::string input{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  if (argc == 2 && std::strcmp(argv[1], "slack") == 0) return Slack(input);
  if (argc == 2 && std::strcmp(argv[1], "csv") == 0) return CsvToJson(input);
  if (argc == 2 && std::strcmp(argv[1], "sigv4") == 0) return SigV4(input);
  if (argc == 2 && std::strcmp(argv[1], "tables") == 0) {
    std::cout << json::serialize(tr::aws::TableDefinitions(tr::aws::Tables(input))) << "\n";
    return EX_OK;
  }
  std::cerr << "usage: tr-probe slack|csv|sigv4|tables|lambda\n";
  return EX_USAGE;
}
