#pragma once
// Blobs in a bucket of S3.

#include <string>

#include "aws/blobs.h"
#include "aws/s3_bucket.h"

namespace tr::aws {

class S3Blobs final : public Blobs {
 public:
  // `s3` outlives it.
  S3Blobs(AwsClient& s3, std::string bucket) : bucket_(s3, std::move(bucket)) {}
  Result<void> Put(const std::string& key, std::string_view bytes) override;
  Result<void> PutIfAbsent(const std::string& key, std::string_view bytes) override;
  Result<std::string> Get(const std::string& key) override;
  // Every version of it.
  Result<void> Remove(const std::string& key) override { return bucket_.Erase(key); }

 private:
  S3Bucket bucket_;
};

}  // namespace tr::aws
