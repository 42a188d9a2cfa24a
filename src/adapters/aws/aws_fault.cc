#include "aws/aws_fault.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

#include "aws/xml_text.h"
#include "base/text.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxCode = 80;
constexpr int kMaxRetryAfter = 3600;  // seconds; who asks for more is asked sooner

// Each service's errors: its service-2.json in botocore, and botocore's _retry.json.
constexpr std::array<std::string_view, 30> kComeAgain = {
    "BandwidthLimitExceeded",
    "ConditionalRequestConflict",
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "InternalServerException",
    "InternalServiceError",
    "KMSInternalException",
    "KmsThrottled",
    "ModelErrorException",
    "ModelNotReadyException",
    "ModelTimeoutException",
    "OperationAborted",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "ReplicatedWriteConflictException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
    "TransactionConflictException",
    "TransactionInProgressException",
};
constexpr std::array<std::string_view, 2> kConflicts = {"ConditionalCheckFailedException", "PreconditionFailed"};
constexpr std::array<std::string_view, 3> kMissing = {"NoSuchKey", "NoSuchVersion", "NotModified"};
constexpr std::array<std::string_view, 6> kTimes = {"RequestTimeTooSkewed",  "RequestExpired",
                                                    "RequestInTheFuture",    "InvalidSignatureException",
                                                    "SignatureDoesNotMatch", "AuthFailure"};
constexpr std::array<std::string_view, 3> kExpired = {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"};

template <std::size_t N>
bool IsOneOf(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// "aws.protocoltests.json10#FooError:http://x" is FooError.
std::string Clean(std::string_view code) {
  code = code.substr(0, code.find(':'));
  const std::size_t hash = code.rfind('#');
  if (hash != code.npos) code.remove_prefix(hash + 1);
  std::string clean;
  for (const char c : code.substr(0, kMaxCode)) {
    const bool plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
    if (plain) clean += c;
  }
  return clean;
}

std::string CodeInJson(std::string_view body) {
  const Result<json::value> parsed = ParseJson(body);
  if (!parsed.ok() || !parsed->is_object()) return "";
  for (const char* name : {"__type", "code", "Code"}) {
    const json::value* value = parsed->as_object().if_contains(name);
    if (value != nullptr && value->is_string()) return Clean(value->as_string());
  }
  return "";
}

std::optional<Duration> RetryAfter(const net::Headers& headers) {
  const std::string_view text = Trim(headers.Get("Retry-After"));
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::chrono::seconds(std::min(seconds, kMaxRetryAfter));
}

std::string_view Advice(std::string_view code, int status) {
  if (IsAboutTime(code)) return "; look at this machine's clock and at the secret key";
  if (code == "UnrecognizedClientException" || code == "InvalidClientTokenId" || code == "InvalidAccessKeyId") {
    return "; the access key is unknown: look at the AWS credentials";
  }
  if (status == 403) return "; the role's policy must allow it";
  return "";
}

bool ComesAgain(std::string_view code, int status) {
  return status == 429 || status == 408 || status >= 500 || IsOneOf(kComeAgain, code) || IsOneOf(kExpired, code) ||
         code == "RequestTimeTooSkewed";
}

}  // namespace

std::string ErrorCode(const net::HttpResponse& answer) {
  if (answer.status >= 200 && answer.status < 300) return "";
  if (answer.status == 304) return "NotModified";
  std::string code = Clean(answer.headers.Get("x-amzn-errortype"));
  if (code.empty())
    code = Trim(answer.body).starts_with('<') ? Clean(XmlText(answer.body, "Code")) : CodeInJson(answer.body);
  return code.empty() ? "HTTP" + std::to_string(answer.status) : code;
}

Fault FaultOf(std::string_view service, std::string_view operation, const net::HttpResponse& answer) {
  const std::string code = ErrorCode(answer);
  const std::string text = std::string(service) + " " + std::string(operation) + ": " + code + " (" +
                           std::to_string(answer.status) + ")" + std::string(Advice(code, answer.status));
  if (ComesAgain(code, answer.status)) return {FaultKind::kTransient, text, RetryAfter(answer.headers)};
  if (IsOneOf(kConflicts, code) || answer.status == 412) return Conflict(text);
  return IsOneOf(kMissing, code) ? NotFound(text) : Permanent(text);
}

bool IsAboutTime(std::string_view code) { return IsOneOf(kTimes, code); }
bool IsAboutExpiredKeys(std::string_view code) { return IsOneOf(kExpired, code); }

}  // namespace tr::aws
