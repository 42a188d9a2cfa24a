#include "aws/aws_client.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "aws/http_date.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

// Less than the five minutes that services allow, so that an answer about time is believed a little early.
constexpr Duration kClocksDiffer = std::chrono::minutes(4);

}  // namespace

Result<std::unique_ptr<AwsClient>> AwsClient::Make(const Service& service, const Account& account) {
  TR_ASSIGN(Endpoint endpoint, EndpointOf(service, account.region, account.environment));
  return std::make_unique<AwsClient>(service, account, std::move(endpoint));
}

AwsClient::AwsClient(const Service& service, const Account& account, Endpoint endpoint)
    : service_(service), account_(account), endpoint_(std::move(endpoint)) {}

AwsClient::~AwsClient() = default;

Result<AwsAnswer> AwsClient::Send(const AwsRequest& request) {
  Result<AwsAnswer> answer = SendInTime(request);
  for (int round = 0; MayPass(request, answer) && account_.wait_again && account_.wait_again(round); ++round) {
    answer = SendInTime(request);
  }
  return answer;
}

bool AwsClient::MayPass(const AwsRequest& request, const Result<AwsAnswer>& answer) const {
  if (!answer) return answer.fault().kind == FaultKind::kTransient;
  return !answer->error.empty() && ToFault(request.operation, answer->http).kind == FaultKind::kTransient;
}

Result<AwsAnswer> AwsClient::SendInTime(const AwsRequest& request) {
  TR_ASSIGN(Credentials credentials, account_.credentials.Get());
  TR_ASSIGN(net::HttpResponse answer, SendOnce(request, credentials));
  std::string error = ErrorCode(answer);
  bool again = IsAboutTime(error) && MendClock(answer);
  if (IsAboutExpiredKeys(error)) {
    account_.credentials.Forget(credentials);
    TR_ASSIGN(Credentials fresh, account_.credentials.Get());
    again = fresh.session_token.Reveal() != credentials.session_token.Reveal();
    credentials = std::move(fresh);
  }
  if (again) {
    TR_ASSIGN(answer, SendOnce(request, credentials));
    error = ErrorCode(answer);
  }
  return AwsAnswer{std::move(answer), std::move(error)};
}

Result<JsonAnswer> AwsClient::Ask(std::string_view operation, const json::object& body, Duration timeout) {
  AwsRequest request;
  request.operation = operation;
  request.headers.Add("X-Amz-Target", std::string(service_.target) + "." + request.operation);
  request.body = json::serialize(body);
  request.timeout = timeout;
  TR_ASSIGN(AwsAnswer answer, Send(request));
  JsonAnswer given{{}, std::move(answer.error), std::move(answer.http)};
  if (given.http.body.empty()) return given;
  Result<json::value> parsed = ParseJson(given.http.body);
  if (parsed.ok() && parsed->is_object()) {
    given.body = std::move(parsed->as_object());
  } else if (given.error.empty()) {
    return Transient(std::string(service_.name) + " " + request.operation + ": the answer is no JSON object");
  }
  return given;
}

Result<json::object> AwsClient::Call(std::string_view operation, const json::object& body, Duration timeout) {
  TR_ASSIGN(JsonAnswer answer, Ask(operation, body, timeout));
  if (!answer.error.empty()) return ToFault(operation, answer.http);
  return std::move(answer.body);
}

Result<net::HttpResponse> AwsClient::SendOnce(const AwsRequest& request, const Credentials& credentials) {
  account_.tally.Count(service_.name, request.operation);
  net::HttpClient connection = TakeConnection();
  Result<net::HttpResponse> answer = connection.Send(Signed(request, credentials));
  KeepConnection(std::move(connection));
  return answer;
}

net::ClientRequest AwsClient::Signed(const AwsRequest& request, const Credentials& credentials) const {
  const Endpoint endpoint = request.host_label.empty() ? endpoint_ : Below(endpoint_, request.host_label);
  const std::string target = endpoint.path + request.target;
  net::ClientRequest out;
  out.method = request.method;
  out.url = endpoint.origin + target;
  out.headers = request.headers;
  out.headers.Set("Host", endpoint.host);
  const bool has_body = request.method == "POST" || request.method == "PUT";
  if (has_body && !out.headers.Has("Content-Type")) out.headers.Set("Content-Type", std::string(service_.content_type));
  out.body = request.body;
  out.connect_timeout = std::chrono::seconds(3);
  out.timeout = request.timeout;
  out.max_answer = request.max_answer;
  out.sent = request.sent;
  out.only_once = request.only_once;
  const SigningScope scope{account_.region, std::string(service_.signing_name), service_.path, service_.payload};
  const Signature signature = Sign({out.method, target, out.headers, out.body}, credentials, scope, SigningTime());
  for (const auto& [name, value] : signature.headers) out.headers.Add(name, value);
  return out;
}

// True: the service's clock is elsewhere than the one that we signed by, and from now on we sign by the service's.
bool AwsClient::MendClock(const net::HttpResponse& answer) {
  const std::optional<Time> theirs = ParseHttpDate(answer.headers.Get("Date"));
  if (!theirs || std::chrono::abs(*theirs - SigningTime()) < kClocksDiffer) return false;
  clock_error_.store((*theirs - account_.clock.Now()).count());
  return true;
}

net::HttpClient AwsClient::TakeConnection() {
  std::lock_guard lock(mutex_);
  if (idle_.empty()) return {};
  net::HttpClient connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void AwsClient::KeepConnection(net::HttpClient connection) {
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace tr::aws
