#include "aws/s3_blobs.h"

namespace tr::aws {
namespace {

constexpr std::string_view kType = "application/octet-stream";

}  // namespace

Result<void> S3Blobs::Put(const std::string& key, std::string_view bytes) {
  const Result<S3Object> put = bucket_.Put(key, bytes, kType, {});
  return put ? Ok() : Result<void>(put.fault());
}

Result<void> S3Blobs::PutIfAbsent(const std::string& key, std::string_view bytes) {
  S3Bucket::When when;
  when.absent = true;
  const Result<S3Object> put = bucket_.Put(key, bytes, kType, when);
  return put || put.fault().kind == FaultKind::kConflict ? Ok() : Result<void>(put.fault());
}

Result<std::string> S3Blobs::Get(const std::string& key) {
  TR_ASSIGN(std::optional<S3Object> object, bucket_.Get(key));
  if (!object) return Bug("S3 says that nothing changed, and was not asked so");
  return std::move(object->bytes);
}

}  // namespace tr::aws
