#include "way/side.h"

#include <algorithm>

#include "base/hash.h"
#include "local/dir_rule_source.h"
#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;

constexpr const char* kToken = "an administrator's token for tests";

// Slack's Web API in memory, as a server.
net::HttpHandler Serve(contract::FakeSlack& slack) {
  return [&slack](const net::HttpRequest& request) {
    net::ClientRequest call;
    call.method = request.method;
    call.url = request.path;
    call.headers = request.headers;
    call.body = request.body;
    Result<net::HttpResponse> answer = slack.Send()(call);
    return answer ? *std::move(answer) : net::MakeResponse(503, "text/plain", "");
  };
}

}  // namespace

rules::RuleFiles ExampleRules() {
  const char* source = getenv("TR_SOURCE");
  return Must(local::DirRuleSource(std::string(source != nullptr ? source : ".") + "/tests/data/rules-example").Load());
}

Side::Side() : slack_server_(Serve(slack)) {
  for (const char* channel : {"help-billing", "help-shipping", "help-tech", "help-triage"}) slack.AddChannel(channel);
}

std::string Side::settings() const {
  return "[http]\nbase_url = \"https://tickets.shop.example\"\n"
         "[mail]\naddresses = [\"help@shop.example\"]\ndomains = [\"shop.example\"]\n"
         "trusted_servers = [\"amazonses.com\"]\ntrust_spam_headers = true\n"
         "[reader]\nkind = \"bedrock\"\n"
         "[slack]\napi_url = \"http://127.0.0.1:" +
         std::to_string(slack_server_.port()) + "\"\n";
}

void Side::LetIn(wiring::App& app) {
  Must(app.ports().people.Put({ToHex(Sha256(kToken)), "admin", "admin", "test", clock.Now(), std::nullopt}));
}

net::HttpResponse Side::Ask(const std::string& method, const std::string& path, const json::value& body,
                            net::Headers headers) {
  net::HttpRequest request;
  request.method = method;
  const std::size_t question = path.find('?');
  request.path = path.substr(0, question);
  if (question != path.npos) request.query = *net::ParseForm(path.substr(question + 1));
  request.headers = std::move(headers);
  request.headers.Set("Host", "tickets.shop.example");
  request.headers.Set("Authorization", std::string("Bearer ") + kToken);
  request.headers.Set("Content-Type", "application/json");
  if (!body.is_null()) request.body = json::serialize(body);
  return Web(request);
}

json::value Side::Get(const std::string& path) {
  const net::HttpResponse response = Ask("GET", path);
  EXPECT_EQ(response.status, 200) << path << " " << response.body;
  return Must(ParseJson(response.body));
}

std::vector<std::string> Side::Tickets(int limit) {
  std::vector<std::string> found;
  const json::value page = Get("/api/v1/tickets?limit=" + std::to_string(limit));
  for (const json::value& ticket : page.at("tickets").as_array()) found.emplace_back(ticket.at("id").as_string());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace tr::way
