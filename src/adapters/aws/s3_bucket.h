#pragma once
// One bucket of S3: whole objects, read and written under a condition.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_client.h"
#include "base/result.h"

namespace tr::aws {

struct S3Object {
  std::string bytes;
  std::string etag;     // opaque, with its quotes: as it goes back in a condition
  std::string version;  // "" where the bucket keeps no versions
};

// Thread-safe. Keys are raw bytes, encoded here; faults are those of FaultOf. A missing object is kNotFound only where
// the role may list the bucket (s3:ListBucket); else S3 says 403, which is kPermanent.
class S3Bucket {
 public:
  // `s3` outlives it.
  S3Bucket(AwsClient& s3, std::string name);

  // The newest, or one version of it. Nothing: it is the one that `unless_etag` names still.
  Result<std::optional<S3Object>> Get(const std::string& key, const std::string& unless_etag = "",
                                      const std::string& version = "");

  // What must hold for a Put.
  struct When {
    std::string etag;     // the object is this one still
    bool absent = false;  // there is no such object
  };
  // Gives the new ETag and version, without bytes. kConflict: the condition does not hold, or another was faster.
  Result<S3Object> Put(const std::string& key, std::string_view bytes, std::string_view content_type, const When& when);

  // Every version of the object, so that nothing of it can be read again. An object that is not there is no fault.
  Result<void> Erase(const std::string& key);

  // The least of S3's answers that tell whether the bucket is there and may be used: for doctor.
  Result<void> Check();

 private:
  AwsRequest Request(std::string operation, std::string method, const std::string& key, std::string_view query) const;
  Result<net::HttpResponse> Done(const AwsRequest& request);

  AwsClient& s3_;
  const std::string name_;
  const bool path_style_;  // a name with dots fits no certificate; an emulator has one host for all
};

}  // namespace tr::aws
