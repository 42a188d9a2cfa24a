#include "cli/client.h"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <utility>

#include "api/api.h"
#include "base/text.h"
#include "cli/serve_file.h"
#include "local/data_lock.h"
#include "local/secret_file.h"
#include "net/http_client.h"
#include "net/http_encoding.h"
#include "ticket/json.h"
#include "wiring/app.h"
#include "wiring/tokens.h"
#include "wiring/world.h"

namespace tr::cli {
namespace {

namespace json = boost::json;

net::HttpRequest MakeRequest(const std::string& method, const std::string& target, const json::value& body,
                             const std::string& if_match, const std::string& key, const std::string& token) {
  net::HttpRequest request;
  request.method = method;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos)
    request.query = net::ParseForm(target.substr(question + 1)).value_or(net::Fields{});
  request.headers.Set("Host", "localhost");
  request.headers.Set("Authorization", "Bearer " + token);
  if (!if_match.empty()) request.headers.Set("If-Match", if_match);
  if (!key.empty()) request.headers.Set("Idempotency-Key", key);
  if (!body.is_null()) {
    request.headers.Set("Content-Type", "application/json");
    request.body = json::serialize(body);
  }
  return request;
}

Client::Reply ReplyOf(const net::HttpResponse& response) {
  Result<json::value> body = ParseJson(response.body);
  return {response.status, body ? *std::move(body) : json::value(nullptr)};
}

class RemoteClient : public Client {
 public:
  RemoteClient(std::string url, std::string token) : url_(std::move(url)), token_(std::move(token)) {}

  Result<Reply> Ask(const std::string& method, const std::string& target, const json::value& body,
                    const std::string& if_match, const std::string& key) override {
    net::HttpRequest request = MakeRequest(method, target, body, if_match, key, token_);
    net::ClientRequest call;
    call.method = request.method;
    call.url = url_ + target;
    call.headers = request.headers;
    call.headers.Set("Host", url_.substr(url_.find("://") + 3));
    call.body = std::move(request.body);
    TR_ASSIGN(const net::HttpResponse response, client_.Send(call));
    return ReplyOf(response);
  }

 private:
  std::string url_;
  std::string token_;
  net::HttpClient client_;
};

class OwnClient : public Client {
 public:
  static Result<std::unique_ptr<Client>> Open(const wiring::Config& config) {
    auto client = std::make_unique<OwnClient>();
    const bool on_aws = config.aws.names_one();
    if (!on_aws) {
      TR_TRY(local::MakeDataFolder(config.data_dir));
      TR_ASSIGN(client->lock_, local::DataLock::Acquire(config.data_dir));
    }
    TR_ASSIGN(client->app_, wiring::App::Open(config, {client->clock_, client->ids_, client->log_, wiring::Chance},
                                              wiring::Role::kTool));
    TR_TRY(client->ComeIn(on_aws ? "" : config.data_dir));
    // The last good book; a broken folder is `rules check`'s business. With neither there is nothing to look at.
    if (const Result<void> shelf = client->app_->rules().LoadShelf(); !shelf) {
      const Result<rules::SyncReport> loaded = client->app_->LoadRules();
      if (!loaded && loaded.fault().kind == FaultKind::kTransient) return loaded.fault();
    }
    client->api_ = std::make_unique<api::Api>(*client->app_);
    return std::unique_ptr<Client>(std::move(client));
  }

  Result<Reply> Ask(const std::string& method, const std::string& target, const json::value& body,
                    const std::string& if_match, const std::string& key) override {
    return ReplyOf(api_->Handle(MakeRequest(method, target, body, if_match, key, token_)));
  }

 private:
  Result<void> ComeIn(const std::string& data_dir) {
    store::People& people = app_->ports().people;
    if (data_dir.empty()) {
      TR_ASSIGN(token_, wiring::MakePassingToken(people, clock_.Now()));
      return Ok();
    }
    TR_TRY(wiring::KeepAdminToken(people, data_dir, clock_.Now()));
    TR_ASSIGN(const Secret token, local::KeepSecret(data_dir + "/admin.token"));
    token_ = token.Reveal();
    return Ok();
  }

  std::unique_ptr<local::DataLock> lock_;
  wiring::SystemClock clock_;
  wiring::RandomIds ids_;
  wiring::JsonLog log_{2, LogLevel::kWarning, clock_};
  std::unique_ptr<wiring::App> app_;
  std::unique_ptr<api::Api> api_;
  std::string token_;
};

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

Result<std::unique_ptr<Client>> Client::Connect(const wiring::Config& config) {
  const std::string url = config.aws.names_one() ? "" : ReadServeFile(config.data_dir);
  if (!url.empty()) {
    const std::string token(Trim(ReadFile(config.data_dir + "/admin.token")));
    auto remote = std::make_unique<RemoteClient>(url, token);
    if (remote->Ask("GET", "/healthz", nullptr, "", "")) return std::unique_ptr<Client>(std::move(remote));
  }
  return OwnClient::Open(config);
}

Result<json::value> BodyOf(Client::Reply reply) {
  if (reply.status >= 200 && reply.status < 300) return std::move(reply.body);
  std::string text = "the server answered " + std::to_string(reply.status);
  if (reply.body.is_object()) {
    const json::value* detail = reply.body.as_object().if_contains("detail");
    if (detail != nullptr && detail->is_string()) text = detail->as_string();
  }
  if (reply.status == 404) return NotFound(text);
  if (reply.status == 409) return Conflict("the ticket changed meanwhile; look at it and try again");
  if (reply.status == 422 || reply.status == 400) return Invalid(text);
  return reply.status == 503 ? Transient(text) : Permanent(text);
}

Result<json::value> Client::Get(const std::string& target) {
  TR_ASSIGN(Reply reply, Ask("GET", target, nullptr, "", ""));
  return BodyOf(std::move(reply));
}

Result<json::value> Client::Post(const std::string& target, const json::value& body) {
  TR_ASSIGN(Reply reply, Ask("POST", target, body, "", ""));
  return BodyOf(std::move(reply));
}

}  // namespace tr::cli
