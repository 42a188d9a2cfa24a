#pragma once
// Where the manager writes the rules: a folder here, one in Google Drive, a bucket.

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/redact.h"
#include "base/result.h"
#include "rules/shelf.h"

namespace tr::aws {
class AwsClient;
}

namespace tr::wiring {

// The settings of [drive]; without a folder's id the rules stand elsewhere.
struct DriveConfig {
  std::string folder;      // its id: the last part of its URL
  std::string key_file;    // of the service account, JSON; mode 0600
  Secret key;              // what stands in such a file, where it comes from a secret instead
  std::string url;         // instead of Google's own: a gateway
  int every_minutes = 15;  // how often Drive is asked, 1 to 1440
};

class RulesPlace {
 public:
  static std::unique_ptr<RulesPlace> InFolder(const std::string& dir);
  // kInvalid, kNotFound: the key file cannot be read, or is none. `clock` outlives it.
  static Result<std::unique_ptr<RulesPlace>> InDrive(const DriveConfig& drive, const Clock& clock);
  // What is given outlives it.
  static std::unique_ptr<RulesPlace> InBucket(aws::AwsClient& s3, const std::string& bucket, const Clock& clock);
  virtual ~RulesPlace() = default;

  virtual rules::RuleSource& source() = 0;
  // Whether it is worth loading again. Cheap; asked twice a second by one thread.
  virtual bool MayHaveChanged() = 0;
  // Rewrites the pieces, all of them or none. kInvalid: they are written elsewhere; else as the place says.
  virtual Result<void> Write(const rules::RuleFiles& files) = 0;
};

}  // namespace tr::wiring
