#include "aws/s3_bucket.h"

#include <utility>

#include "aws/xml_text.h"
#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::aws {
namespace {

constexpr std::size_t kMaxObject = 64 * 1024 * 1024;  // a mail is 40 MiB at most
constexpr Duration kPatience = std::chrono::seconds(30);
constexpr int kMostRounds = 100;  // of deleting: a thousand versions each

std::string EncodeKey(std::string_view key) {
  std::string encoded;
  for (const std::string_view segment : SplitText(key, '/')) {
    encoded.append(encoded.empty() ? "" : "/").append(net::PercentEncode(segment));
  }
  return encoded;
}

}  // namespace

S3Bucket::S3Bucket(AwsClient& s3, std::string name)
    : s3_(s3), name_(std::move(name)), path_style_(s3.endpoint().custom || name_.find('.') != name_.npos) {}

AwsRequest S3Bucket::Request(std::string operation, std::string method, const std::string& key,
                             std::string_view query) const {
  AwsRequest request;
  request.operation = std::move(operation);
  request.method = std::move(method);
  request.target = (path_style_ ? "/" + name_ + "/" : "/") + EncodeKey(key) + std::string(query);
  if (!path_style_) request.host_label = name_;
  request.timeout = kPatience;
  request.max_answer = kMaxObject;
  return request;
}

Result<net::HttpResponse> S3Bucket::Done(const AwsRequest& request) {
  TR_ASSIGN(AwsAnswer answer, s3_.Send(request));
  if (!answer.error.empty()) return s3_.ToFault(request.operation, answer.http);
  return std::move(answer.http);
}

Result<std::optional<S3Object>> S3Bucket::Get(const std::string& key, const std::string& unless_etag,
                                              const std::string& version) {
  AwsRequest request =
      Request("GetObject", "GET", key, version.empty() ? "" : "?versionId=" + net::PercentEncode(version));
  if (!unless_etag.empty()) request.headers.Set("If-None-Match", unless_etag);
  TR_ASSIGN(AwsAnswer answer, s3_.Send(request));
  if (answer.http.status == 304) return std::optional<S3Object>();
  if (!answer.error.empty()) return s3_.ToFault(request.operation, answer.http);
  return std::optional(S3Object{std::move(answer.http.body), std::string(answer.http.headers.Get("ETag")),
                                std::string(answer.http.headers.Get("x-amz-version-id"))});
}

Result<S3Object> S3Bucket::Put(const std::string& key, std::string_view bytes, std::string_view content_type,
                               const When& when) {
  AwsRequest request = Request("PutObject", "PUT", key, "");
  request.headers.Set("Content-Type", std::string(content_type));
  if (!when.etag.empty()) request.headers.Set("If-Match", when.etag);
  if (when.absent) request.headers.Set("If-None-Match", "*");
  request.body = bytes;
  TR_ASSIGN(const net::HttpResponse answer, Done(request));
  return S3Object{"", std::string(answer.headers.Get("ETag")), std::string(answer.headers.Get("x-amz-version-id"))};
}

Result<void> S3Bucket::Erase(const std::string& key) {
  for (int round = 0; round < kMostRounds; ++round) {
    TR_ASSIGN(const net::HttpResponse listed,
              Done(Request("ListObjectVersions", "GET", "", "?versions&prefix=" + net::PercentEncode(key))));
    bool found = false;
    for (const std::string_view kind : {"Version", "DeleteMarker"}) {
      for (const std::string_view element : XmlElements(listed.body, kind)) {
        if (XmlText(element, "Key") != key) continue;  // another key that begins with this one
        found = true;
        const std::string version = net::PercentEncode(XmlText(element, "VersionId"));
        TR_TRY(Done(Request("DeleteObject", "DELETE", key, "?versionId=" + version)));
      }
    }
    if (!found || XmlText(listed.body, "IsTruncated") != "true") return Ok();
  }
  return Transient("s3 DeleteObject: the object has more versions than were deleted by now");
}

Result<void> S3Bucket::Check() {
  TR_TRY(Done(Request("ListObjectsV2", "GET", "", "?list-type=2&max-keys=1")));
  return Ok();
}

}  // namespace tr::aws
