#include "intake/transfer.h"
#include "lambda/tick_function.h"
#include "net/http_encoding.h"
#include "ticket/json.h"
#include "way/side.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;

// What AWS makes of a request to the function's URL.
std::string UrlEvent(const net::HttpRequest& request) {
  json::object headers;
  for (const auto& [name, value] : request.headers) headers[name] = value;
  std::string query;
  for (const auto& [name, value] : request.query)
    query += (query.empty() ? "" : "&") + name + "=" + net::PercentEncode(value);
  return json::serialize(json::object{
      {"version", "2.0"},
      {"rawPath", request.path},
      {"rawQueryString", query},
      {"headers", std::move(headers)},
      {"requestContext", json::object{{"http", json::object{{"method", request.method}, {"sourceIp", "203.0.113.9"}}}}},
      {"body", request.body}});
}

net::HttpResponse ReadAnswer(const std::string& text) {
  const json::value answer = Must(ParseJson(text));
  net::HttpResponse response;
  response.status = answer.at("statusCode").to_number<int>();
  for (const auto& [name, value] : answer.at("headers").as_object()) {
    response.headers.Add(std::string(name), std::string(value.as_string()));
  }
  response.body = answer.at("body").as_string();
  if (answer.at("isBase64Encoded").as_bool()) response.body = intake::DecodeBase64(response.body);
  return response;
}

}  // namespace

LambdaSide::LambdaSide() : beside_(Must(OpenApp())) {
  Must(Call("drive-sync", R"({"job":"drive-sync"})"));
  LetIn(*beside_);
}

Result<std::unique_ptr<wiring::App>> LambdaSide::OpenApp() {
  wiring::Environment environment;
  environment.variables = contract::ReadEnvironment();
  TR_ASSIGN(wiring::Config config,
            wiring::ParseConfig(settings() + "[chat.widget]\n" + installation.settings(), environment));
  return wiring::App::Open(std::move(config), world(), wiring::Role::kServe);
}

Result<lambda::Function*> LambdaSide::ProcessOf(const std::string& name) {
  Process& process = processes_[name];
  if (process.function != nullptr) return process.function.get();
  TR_ASSIGN(process.app, OpenApp());
  process.function = name == "tick" ? lambda::TickFunction(*process.app, [this](Duration time) { clock.Advance(time); })
                                    : lambda::FindFunction(name, *process.app);
  return process.function.get();
}

Result<std::string> LambdaSide::Call(const std::string& name, const std::string& text) {
  TR_ASSIGN(lambda::Function * function, ProcessOf(name));
  TR_ASSIGN(const aws::Event event, aws::ParseEvent(text));
  const aws::Invocation invocation{"request", clock.Now() + function_time, "", "", text};
  Result<std::string> answer = function->Handle(event, invocation);
  answered_at_ = clock.Now();
  function->AfterAnswer(invocation);
  return answer;
}

bool LambdaSide::Mail(const std::string& name, const std::string& raw) {
  return Call("mail", installation.LayMail(name, raw)).ok();
}

net::HttpResponse LambdaSide::Web(const net::HttpRequest& request) {
  const Result<std::string> answer = Call("web", UrlEvent(request));
  return answer ? ReadAnswer(*answer) : net::MakeResponse(502, "text/plain", "");
}

void LambdaSide::Work() {
  while (true) {
    const Installation::Received received = installation.Receive();
    if (received.event.empty()) return;
    installation.Settle(received, Call("work", received.event));
  }
}

void LambdaSide::Tick() { (void)Call("tick", R"({"job":"tick"})").ok(); }

}  // namespace tr::way
