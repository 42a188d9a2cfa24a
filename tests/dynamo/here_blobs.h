#pragma once
// The bucket beside the tables: one of S3 where the environment has all of AWS, else one in memory.

#include <memory>
#include <optional>

#include "aws/moto.h"
#include "aws/s3_blobs.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/memory_blobs.h"

namespace tr::aws {

class HereBlobs {
 public:
  HereBlobs() {
    if (Variable(HereEnvironment(), "AWS_ENDPOINT_URL").empty()) return;
    moto_.emplace(clock_);
    s3_ = std::make_unique<S3Blobs>(*moto_->s3, moto_->MakeBucket());
  }
  Blobs& get() { return s3_ != nullptr ? static_cast<Blobs&>(*s3_) : memory_; }

 private:
  RealClock clock_;
  MemoryBlobs memory_;
  std::optional<contract::Moto> moto_;
  std::unique_ptr<S3Blobs> s3_;
};

}  // namespace tr::aws
