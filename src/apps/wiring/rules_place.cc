#include "wiring/rules_place.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "aws/s3_rule_source.h"
#include "google/drive_rule_source.h"
#include "local/dir_rule_source.h"

namespace tr::wiring {
namespace {

constexpr Duration kBucketEvery = std::chrono::minutes(1);

class Folder : public RulesPlace {
 public:
  explicit Folder(const std::string& dir) : source_(dir), watch_(dir) {}
  rules::RuleSource& source() override { return source_; }
  bool MayHaveChanged() override { return watch_.Changed(); }
  Result<void> Write(const rules::RuleFiles& files) override {
    TR_ASSIGN(const rules::RuleFiles present, source_.Load());
    return source_.Write(files, present);
  }

 private:
  local::DirRuleSource source_;
  local::DirWatch watch_;
};

// A place that gives no notice of changes: worth a look every so often.
class Polled : public RulesPlace {
 public:
  Polled(const Clock& clock, Duration every) : clock_(clock), every_(every), next_(clock.Now() + every) {}
  bool MayHaveChanged() override {
    const Time now = clock_.Now();
    if (now < next_) return false;
    next_ = now + every_;
    return true;
  }

 private:
  const Clock& clock_;
  const Duration every_;
  Time next_;
};

class Drive : public Polled {
 public:
  Drive(google::DriveSettings settings, google::ServiceAccount account, const Clock& clock, Duration every)
      : Polled(clock, every), source_(std::move(settings), std::move(account), clock) {}
  rules::RuleSource& source() override { return source_; }
  Result<void> Write(const rules::RuleFiles&) override {
    return Invalid("the rules are written in Google Drive: edit them there, then ticket-router drive sync");
  }

 private:
  google::DriveRuleSource source_;
};

class Bucket : public Polled {
 public:
  Bucket(aws::AwsClient& s3, const std::string& bucket, const Clock& clock)
      : Polled(clock, kBucketEvery), source_(s3, bucket) {}
  rules::RuleSource& source() override { return source_; }
  Result<void> Write(const rules::RuleFiles& files) override { return source_.Write(files); }

 private:
  aws::S3RuleSource source_;
};

Result<std::string> ReadKeyFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (path.empty() || !file) return NotFound("cannot read the service account's key file (drive.key_file) " + path);
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

std::unique_ptr<RulesPlace> RulesPlace::InFolder(const std::string& dir) { return std::make_unique<Folder>(dir); }

Result<std::unique_ptr<RulesPlace>> RulesPlace::InDrive(const DriveConfig& drive, const Clock& clock) {
  std::string key = drive.key.Reveal();
  if (key.empty()) {
    TR_ASSIGN(key, ReadKeyFile(drive.key_file));
  }
  TR_ASSIGN(google::ServiceAccount account, google::ParseServiceAccount(key));
  google::DriveSettings settings;
  settings.folder = drive.folder;
  if (!drive.url.empty()) settings.drive_url = settings.sheets_url = drive.url;
  return std::unique_ptr<RulesPlace>(std::make_unique<Drive>(std::move(settings), std::move(account), clock,
                                                             std::chrono::minutes(drive.every_minutes)));
}

std::unique_ptr<RulesPlace> RulesPlace::InBucket(aws::AwsClient& s3, const std::string& bucket, const Clock& clock) {
  return std::make_unique<Bucket>(s3, bucket, clock);
}

}  // namespace tr::wiring
