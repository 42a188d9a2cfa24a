#pragma once
// Raw mail in a bucket, one object each.

#include <string>

#include "aws/s3_bucket.h"
#include "store/ledger.h"

namespace tr::aws {

class S3Originals final : public store::Originals {
 public:
  // Objects are called PREFIX + key. `s3` outlives it.
  S3Originals(AwsClient& s3, std::string bucket, std::string prefix = "originals/")
      : bucket_(s3, std::move(bucket)), prefix_(std::move(prefix)) {}

  // One call. `now` is not used: S3 keeps the time itself, and the bucket's lifecycle goes by it.
  Result<void> Put(const std::string& key, std::string_view bytes, Time now) override;
  Result<std::string> Get(const std::string& key) override;
  // For the eraser: every version of it.
  Result<void> Erase(const std::string& key) { return bucket_.Erase(prefix_ + key); }

 private:
  S3Bucket bucket_;
  const std::string prefix_;
};

}  // namespace tr::aws
