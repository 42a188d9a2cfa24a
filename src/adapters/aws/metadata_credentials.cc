#include "aws/metadata_credentials.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "net/http_client.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::string_view kContainerHost = "http://169.254.170.2";
constexpr std::string_view kMachineHost = "http://169.254.169.254";
constexpr std::string_view kRolePath = "/latest/meta-data/iam/security-credentials/";
constexpr Duration kPatience = std::chrono::seconds(1);  // these endpoints are on this machine or are not there

// `there`: whether somebody took the request.
Result<std::string> Ask(const std::string& method, const std::string& url, net::Headers headers,
                        bool* there = nullptr) {
  net::HttpClient client;
  net::ClientRequest request;
  request.method = method;
  request.url = url;
  request.headers = std::move(headers);
  request.connect_timeout = kPatience;
  request.timeout = 2 * kPatience;
  request.max_answer = 64 * 1024;
  request.sent = there;
  TR_ASSIGN(net::HttpResponse response, client.Send(request));
  // 403: it is switched off for this machine.
  if (response.status == 404 || response.status == 403) return NotFound("the metadata service gives no role");
  if (response.status != 200) return Transient("the metadata service answers " + std::to_string(response.status));
  return std::move(response.body);
}

std::string Text(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

bool MayHaveTheToken(std::string_view url) {
  if (url.find('@') != url.npos) return false;
  if (url.starts_with("https://")) return true;
  for (const std::string_view host :
       {"127.0.0.1", "localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"}) {
    const std::string begin = "http://" + std::string(host);
    if (url.starts_with(begin) &&
        (url.size() == begin.size() || url[begin.size()] == '/' || url[begin.size()] == ':')) {
      return true;
    }
  }
  return false;
}

Result<std::string> ContainerToken(const Environment& environment) {
  const std::string_view path = Variable(environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  if (path.empty()) return std::string(Variable(environment, "AWS_CONTAINER_AUTHORIZATION_TOKEN"));
  std::ifstream file{std::string(path)};  // read each time: it is replaced while we run
  std::string token;
  if (!std::getline(file, token)) return Permanent("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read");
  return std::string(Trim(token));
}

std::string ContainerUrl(const Environment& environment) {
  const std::string_view relative = Variable(environment, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  if (!relative.empty()) return std::string(kContainerHost) + std::string(relative);
  return std::string(Variable(environment, "AWS_CONTAINER_CREDENTIALS_FULL_URI"));
}

}  // namespace

bool HasContainerEndpoint(const Environment& environment) { return !ContainerUrl(environment).empty(); }

Result<Credentials> ContainerCredentials(const Environment& environment) {
  const std::string url = ContainerUrl(environment);
  if (!MayHaveTheToken(url)) {
    return Permanent("AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor an address that AWS uses for this");
  }
  TR_ASSIGN(const std::string token, ContainerToken(environment));
  net::Headers headers;
  if (!token.empty()) headers.Add("Authorization", token);
  TR_ASSIGN(const std::string answer, Ask("GET", url, std::move(headers)));
  return ParseRoleCredentials(answer);
}

Result<Credentials> MachineCredentials(const Environment& environment) {
  std::string host(Variable(environment, "AWS_EC2_METADATA_SERVICE_ENDPOINT"));
  if (host.empty()) host = kMachineHost;
  if (host.ends_with('/')) host.pop_back();
  bool there = false;
  const Result<std::string> token =
      Ask("PUT", host + "/latest/api/token", {{"X-aws-ec2-metadata-token-ttl-seconds", "21600"}}, &there);
  if (!there) return NotFound("there is no metadata service here");
  if (!token) return token.fault();
  const net::Headers headers{{"X-aws-ec2-metadata-token", *token}};
  const std::string roles = host + std::string(kRolePath);
  TR_ASSIGN(const std::string names, Ask("GET", roles, headers));
  const std::string_view role = Trim(SplitText(names, '\n').front());
  if (role.empty()) return NotFound("this machine has no role");
  TR_ASSIGN(const std::string answer, Ask("GET", roles + std::string(role), headers));
  return ParseRoleCredentials(answer);
}

Result<Credentials> ParseRoleCredentials(std::string_view text) {
  const Result<json::value> parsed = ParseJson(text);
  if (!parsed.ok() || !parsed->is_object()) return Permanent("the metadata service's answer cannot be read");
  const json::object& object = parsed->as_object();
  Credentials credentials{Text(object, "AccessKeyId"), Secret(Text(object, "SecretAccessKey")),
                          Secret(Text(object, "Token")), std::nullopt};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return Permanent("the metadata service's answer holds no keys");
  }
  const Result<Time> expires = ParseTime(Text(object, "Expiration"));
  if (expires.ok()) credentials.expires = *expires;
  return credentials;
}

}  // namespace tr::aws
