#include "wiring/rules_place.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "google/drive_rule_source.h"
#include "local/dir_rule_source.h"

namespace tr::wiring {
namespace {

class InFolder : public RulesPlace {
 public:
  explicit InFolder(const std::string& dir) : source_(dir), watch_(dir) {}
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

class InDrive : public RulesPlace {
 public:
  InDrive(google::DriveSettings settings, google::ServiceAccount account, Duration every, const Clock& clock)
      : source_(std::move(settings), std::move(account), clock),
        clock_(clock),
        every_(every),
        next_(clock.Now() + every) {}
  rules::RuleSource& source() override { return source_; }
  bool MayHaveChanged() override {
    const Time now = clock_.Now();
    if (now < next_) return false;
    next_ = now + every_;
    return true;
  }
  Result<void> Write(const rules::RuleFiles&) override {
    return Invalid("the rules are written in Google Drive: edit them there, then ticket-router drive sync");
  }

 private:
  google::DriveRuleSource source_;
  const Clock& clock_;
  const Duration every_;
  Time next_;
};

Result<google::ServiceAccount> ReadKeyFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (path.empty() || !file) return NotFound("cannot read the service account's key file (drive.key_file) " + path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return google::ParseServiceAccount(text);
}

}  // namespace

Result<std::unique_ptr<RulesPlace>> RulesPlace::Make(const std::string& rules_dir, const DriveConfig& drive,
                                                     const Clock& clock) {
  if (drive.folder.empty()) return std::unique_ptr<RulesPlace>(std::make_unique<InFolder>(rules_dir));
  TR_ASSIGN(google::ServiceAccount account, ReadKeyFile(drive.key_file));
  google::DriveSettings settings;
  settings.folder = drive.folder;
  if (!drive.url.empty()) settings.drive_url = settings.sheets_url = drive.url;
  return std::unique_ptr<RulesPlace>(std::make_unique<InDrive>(std::move(settings), std::move(account),
                                                               std::chrono::minutes(drive.every_minutes), clock));
}

}  // namespace tr::wiring
