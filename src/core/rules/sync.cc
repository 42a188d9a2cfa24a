#include "rules/sync.h"

#include "base/hash.h"
#include "rules/diff.h"

namespace tr::rules {
namespace {

constexpr std::string_view kBad = "bad:";
constexpr std::string_view kMended = "mended";

std::string Cut(const Sha256Digest& digest) { return ToHex(digest).substr(0, 32); }

std::string DigestOf(const RuleFiles& files) {
  return Cut(HashFields({files.topics, files.teams, files.rules, files.tests.value_or("")}));
}
std::string DigestOf(const std::string& fault) { return Cut(HashFields({fault})); }

// What a human has to mend where the rules are written; the rest is over by itself, or ours.
bool IsForTheManager(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::kInvalid:
    case FaultKind::kNotFound:
    case FaultKind::kPermanent: return true;
    case FaultKind::kTransient:
    case FaultKind::kConflict:
    case FaultKind::kBug: return false;
  }
  return false;
}

// Where there is no book in force, the shelf's newest may be one that this program does not understand: what the
// manager mended since then follows it. 0: there is none such.
Result<int> NotUnderstood(RuleShelf& shelf) {
  const auto kept = shelf.Get(0);
  if (kept) return ParseRuleBook(kept->second).book == nullptr ? kept->first.number : 0;
  return kept.fault().kind == FaultKind::kNotFound ? Result<int>(0) : Result<int>(kept.fault());
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

Result<SyncReport> Sync::Take(RuleSource& source, const std::string& who, Time now, const Tell& tell) {
  const std::lock_guard taking(taking_);
  const Result<RuleFiles> files = source.Load();
  // Without a book nobody can be told: whoever starts the program reads the fault.
  if (!files && (book() == nullptr || !IsForTheManager(files.fault()))) return files.fault();
  TR_ASSIGN(const std::string note, shelf_.AnnouncedTrouble());
  const Told told = ParseTold(note);
  TR_ASSIGN(Found found, files ? Judge(*files, told, who, now) : Unread(files.fault(), told));
  // It is in force whoever was told: a Take that came this far is no fault.
  if (const Result<void> done = TellOnce(told, tell, found); !done) found.report.untold = done.fault();
  return std::move(found.report);
}

Sync::Found Sync::Unread(const Fault& fault, const Told& told) const {
  return Broken({{Severity::kError, "the rules", 0, "", fault.text}}, DigestOf(fault.text), told);
}

Sync::Found Sync::Broken(std::vector<Problem> problems, const std::string& digest, const Told& told) const {
  Found found;
  found.report.outcome = SyncOutcome::kBroken;
  found.report.version = version();
  found.report.problems = std::move(problems);
  const std::string about = std::string(kBad) + digest;
  // Without a book there is no triage.
  if (version().number > 0 && (!told.sure || told.about != about)) found.about = about;
  return found;
}

Result<Sync::Found> Sync::Judge(const RuleFiles& files, const Told& told, const std::string& who, Time now) {
  Found found;
  SyncReport& report = found.report;
  const RuleBookPtr present = book();
  if (present == nullptr || !(files == this->files())) {
    const ParsedBook parsed = ParseRuleBook(files);
    report.problems = parsed.problems;
    if (parsed.book == nullptr) return Broken(parsed.problems, DigestOf(files), told);
    TR_TRY(Keep(parsed, files, who, now));
  }
  report.version = version();
  if (report.version.number > told.version) {
    report.outcome = SyncOutcome::kNewVersion;
    found.about = "v" + std::to_string(report.version.number);
    TR_TRY(Compare(told, present, report));
  } else if (told.about.starts_with(kBad) || (told.about == kMended && !told.sure)) {
    report.outcome = SyncOutcome::kMended;
    found.about = kMended;
  }
  return found;
}

// If we die after the shelf has it, whoever comes next finds a version that was not told.
Result<void> Sync::Keep(const ParsedBook& parsed, const RuleFiles& files, const std::string& who, Time now) {
  int before = version().number;
  std::string difference = "the first book";
  if (book() != nullptr) {
    difference = Diff(this->files(), files).text;
  } else {
    TR_ASSIGN(before, NotUnderstood(shelf_));
    if (before > 0) difference = "follows a version that this program does not understand";
  }
  TR_ASSIGN(const int number, shelf_.Keep(files, before, who, difference, now));
  PutInForce(*parsed.book, files, {number, now, who, difference});
  return Ok();
}

// As a rule the book told last is the one that was in force until now; where versions were left untold, an older one.
Result<void> Sync::Compare(const Told& told, const RuleBookPtr& present, SyncReport& report) {
  const int previous = report.version.number - 1;
  const int last = told.version > 0 ? told.version : previous;
  if (last == 0) return Ok();
  if (present != nullptr && present->version == last && last == previous) {
    report.before = present;
    return Ok();
  }
  const auto kept = shelf_.Get(last);
  if (!kept) return kept.fault().kind == FaultKind::kNotFound ? Ok() : Result<void>(kept.fault());
  report.before = ParseRuleBook(kept->second).book;
  if (last != previous) report.version.difference = Diff(kept->second, files()).text;
  return Ok();
}

// If we die before the first note, nothing was begun. Between the notes nobody knows whether it was told: the next Take
// finds the same and tells it under the same name, or finds something else, which is news in either case.
Result<void> Sync::TellOnce(Told told, const Tell& tell, Found& found) {
  if (found.about.empty()) return Ok();
  if (told.about != found.about || told.sure) {
    told = {told.count + 1, told.version, false, found.about};
    TR_TRY(shelf_.SetAnnouncedTrouble(Format(told)));
  }
  found.report.event = EventOf(told);
  TR_TRY(tell(found.report));
  told.sure = true;
  if (found.report.outcome == SyncOutcome::kNewVersion) told.version = found.report.version.number;
  return shelf_.SetAnnouncedTrouble(Format(told));
}

}  // namespace tr::rules
