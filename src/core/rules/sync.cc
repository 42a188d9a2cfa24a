#include "rules/sync.h"

#include <algorithm>

#include "base/hash.h"
#include "rules/diff.h"

namespace tr::rules {
namespace {

std::string DigestOf(const RuleFiles& files) {
  return ToHex(HashFields({files.topics, files.teams, files.rules, files.tests.value_or("")}));
}

}  // namespace

RuleBookPtr Sync::book() const {
  const std::lock_guard lock(in_force_);
  return book_;
}

RuleFiles Sync::files() const {
  const std::lock_guard lock(in_force_);
  return files_;
}

Version Sync::version() const {
  const std::lock_guard lock(in_force_);
  return version_;
}

void Sync::PutInForce(const RuleBook& book, const RuleFiles& files, const Version& version) {
  auto numbered = std::make_shared<RuleBook>(book);
  numbered->version = version.number;
  const std::lock_guard lock(in_force_);
  book_ = std::move(numbered);
  files_ = files;
  version_ = version;
}

Result<void> Sync::LoadShelf() {
  const std::lock_guard taking(taking_);
  TR_ASSIGN(const auto kept, shelf_.Get(0));
  if (book() != nullptr && version().number == kept.first.number) return Ok();
  const ParsedBook parsed = ParseRuleBook(kept.second);
  // It was good when it was kept: a later program may be stricter, and says so instead of running without rules.
  if (parsed.book == nullptr) {
    return Permanent("version " + std::to_string(kept.first.number) +
                     " of the rules is not understood by this program: " +
                     (parsed.problems.empty() ? "" : Format(parsed.problems.front())));
  }
  PutInForce(*parsed.book, kept.second, kept.first);
  return Ok();
}

Result<SyncReport> Sync::Take(RuleSource& source, const std::string& who, Time now) {
  const std::lock_guard taking(taking_);
  TR_ASSIGN(const RuleFiles files, source.Load());
  return Judge(files, who, now);
}

Result<SyncReport> Sync::Judge(const RuleFiles& files, const std::string& who, Time now) {
  SyncReport report;
  report.before = book();
  report.version = version();
  TR_ASSIGN(const std::string told, shelf_.AnnouncedTrouble());
  if (report.before != nullptr && files == this->files()) {
    if (told.empty()) return report;
    report.outcome = SyncOutcome::kMended;
    TR_TRY(shelf_.SetAnnouncedTrouble(""));
    return report;
  }
  const ParsedBook parsed = ParseRuleBook(files);
  report.problems = parsed.problems;
  if (parsed.book == nullptr) {
    const std::string digest = DigestOf(files);
    if (told == digest) return report;
    report.outcome = SyncOutcome::kBroken;
    TR_TRY(shelf_.SetAnnouncedTrouble(digest));
    return report;
  }
  const std::string difference = report.before == nullptr ? "the first book" : Diff(this->files(), files).text;
  TR_ASSIGN(const int number, shelf_.Keep(files, report.version.number, who, difference, now));
  report.outcome = SyncOutcome::kNewVersion;
  report.version = {number, now, who, difference};
  PutInForce(*parsed.book, files, report.version);
  if (!told.empty()) TR_TRY(shelf_.SetAnnouncedTrouble(""));
  return report;
}

}  // namespace tr::rules
