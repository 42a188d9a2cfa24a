#include "aws/sigv4.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

// What the way between us and the service may add, change or take away.
constexpr std::array<std::string_view, 6> kNeverSigned = {"authorization",     "connection", "expect",
                                                          "transfer-encoding", "user-agent", "x-amzn-trace-id"};

std::string_view View(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string HexSha256(std::string_view bytes) { return ToHex(Sha256(bytes)); }

// "20260601T120000Z".
std::string AmzDate(Time now) {
  const std::string text = FormatTime(now);  // 2026-06-01T12:00:00.000Z
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 5) + text.substr(14, 2) + text.substr(17, 2) + "Z";
}

// Encoded, but for its slashes; `kept` stand for themselves too.
std::string EncodePath(std::string_view path, std::string_view kept) {
  std::string encoded;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t stop = std::min(path.find_first_of(kept, at), path.size());
    encoded += net::PercentEncode(path.substr(at, stop - at));
    if (stop < path.size()) encoded += path[stop];
    at = stop + 1;
  }
  return encoded;
}

std::string NormalisePath(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : SplitText(path, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      kept.push_back(segment);
    } else if (!kept.empty()) {
      kept.pop_back();
    }
  }
  std::string normal;
  for (const std::string_view segment : kept) normal.append("/").append(segment);
  if (kept.empty() || path.ends_with('/')) normal += '/';
  return normal;
}

std::string CanonicalPath(std::string_view path, PathRule rule) {
  switch (rule) {
    case PathRule::kNormalised: return EncodePath(NormalisePath(path), "/");
    case PathRule::kAsSent: return EncodePath(path, "/%");
  }
  return {};
}

std::string Reencode(std::string_view text) {
  const std::optional<std::string> decoded = net::PercentDecode(text);
  return net::PercentEncode(decoded ? std::string_view(*decoded) : text);
}

std::string CanonicalQuery(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const std::string_view field : SplitText(query, '&')) {
    const std::size_t equals = std::min(field.find('='), field.size());
    if (field.empty()) continue;
    fields.emplace_back(Reencode(field.substr(0, equals)), Reencode(field.substr(std::min(equals + 1, field.size()))));
  }
  std::sort(fields.begin(), fields.end());
  std::string canonical;
  for (const auto& [name, value] : fields) {
    canonical.append(canonical.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return canonical;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Without blanks at the ends, and one space for each run of them within.
std::string CanonicalValue(std::string_view value) {
  std::string canonical;
  for (const char c : value) {
    if (!IsBlank(c)) {
      canonical += c;
    } else if (!canonical.empty() && canonical.back() != ' ') {
      canonical += ' ';
    }
  }
  if (canonical.ends_with(' ')) canonical.pop_back();
  return canonical;
}

using CanonicalHeaders = std::map<std::string, std::string>;

void AddHeaders(const net::Headers& headers, CanonicalHeaders& canonical) {
  for (const auto& [name, value] : headers) {
    const std::string lower = ToLowerAscii(Trim(name));
    if (std::find(kNeverSigned.begin(), kNeverSigned.end(), lower) != kNeverSigned.end()) continue;
    const auto [at, is_new] = canonical.emplace(lower, CanonicalValue(value));
    if (!is_new) at->second.append(",").append(CanonicalValue(value));
  }
}

std::string SignedNames(const CanonicalHeaders& headers) {
  std::string names;
  for (const auto& [name, value] : headers) names.append(names.empty() ? "" : ";").append(name);
  return names;
}

std::string PayloadHash(const UnsignedRequest& request, PayloadRule rule) {
  return rule == PayloadRule::kUnsigned ? "UNSIGNED-PAYLOAD" : HexSha256(request.body);
}

std::string CanonicalRequest(const UnsignedRequest& request, const SigningScope& scope,
                             const CanonicalHeaders& headers) {
  const std::size_t path_end = std::min(request.target.find('?'), request.target.size());
  const std::string_view query = request.target.substr(std::min(path_end + 1, request.target.size()));
  std::string text = std::string(request.method) + "\n" +
                     CanonicalPath(request.target.substr(0, path_end), scope.path) + "\n" + CanonicalQuery(query) +
                     "\n";
  for (const auto& [name, value] : headers) text.append(name).append(":").append(value).append("\n");
  return text + "\n" + SignedNames(headers) + "\n" + PayloadHash(request, scope.payload);
}

std::string SignatureOf(const Credentials& credentials, const SigningScope& scope, std::string_view day,
                        std::string_view string_to_sign) {
  Sha256Digest key = HmacSha256("AWS4" + credentials.secret_access_key.Reveal(), day);
  for (const std::string_view part : {std::string_view(scope.region), std::string_view(scope.service),
                                      std::string_view("aws4_request"), string_to_sign}) {
    key = HmacSha256(View(key), part);
  }
  return ToHex(key);
}

}  // namespace

Signature Sign(const UnsignedRequest& request, const Credentials& credentials, const SigningScope& scope, Time now) {
  Signature signature;
  const std::string date = AmzDate(now);
  const std::string day = date.substr(0, 8);
  signature.headers.Add("X-Amz-Date", date);
  if (!credentials.session_token.empty()) {
    signature.headers.Add("X-Amz-Security-Token", credentials.session_token.Reveal());
  }
  if (scope.payload != PayloadRule::kHash) {
    signature.headers.Add("X-Amz-Content-Sha256", PayloadHash(request, scope.payload));
  }
  CanonicalHeaders headers;
  AddHeaders(request.headers, headers);
  AddHeaders(signature.headers, headers);
  signature.canonical_request = CanonicalRequest(request, scope, headers);
  const std::string where = day + "/" + scope.region + "/" + scope.service + "/aws4_request";
  signature.string_to_sign =
      std::string(kAlgorithm) + "\n" + date + "\n" + where + "\n" + HexSha256(signature.canonical_request);
  signature.hex = SignatureOf(credentials, scope, day, signature.string_to_sign);
  signature.headers.Add("Authorization", std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" +
                                             where + ", SignedHeaders=" + SignedNames(headers) +
                                             ", Signature=" + signature.hex);
  return signature;
}

}  // namespace tr::aws
