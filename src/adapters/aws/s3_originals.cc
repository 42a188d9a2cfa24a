#include "aws/s3_originals.h"

namespace tr::aws {

Result<void> S3Originals::Put(const std::string& key, std::string_view bytes, Time) {
  Result<S3Object> put = bucket_.Put(prefix_ + key, bytes, "message/rfc822", {.etag = "", .absent = true});
  // The key is the hash of the bytes: what is there already is the same.
  if (put.ok() || put.fault().kind == FaultKind::kConflict) return Ok();
  return put.fault();
}

Result<std::string> S3Originals::Get(const std::string& key) {
  TR_ASSIGN(std::optional<S3Object> object, bucket_.Get(prefix_ + key));
  return std::move(object->bytes);
}

}  // namespace tr::aws
