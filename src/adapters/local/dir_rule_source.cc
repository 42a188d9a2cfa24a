#include "local/dir_rule_source.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/text.h"
#include "local/whole_file.h"

namespace tr::local {
namespace {

constexpr std::array<const char*, 4> kPieces = {"topics.csv", "teams.csv", "rules.md", "rules.tests.csv"};
constexpr const char* kTests = kPieces[3];
constexpr std::size_t kMaxPiece = 1 << 20;
constexpr int kTries = 3;

// The journal: "+name" for a piece to be renamed into place, "-name" for one to be removed, a line each.
constexpr const char* kJournal = "/.publish";
constexpr std::size_t kMaxJournal = 4096;

std::string Fresh(const std::string& dir, std::string_view piece) { return dir + "/." + std::string(piece) + ".new"; }

void AppendMark(std::array<std::int64_t, 20>& marks, std::size_t& at, const std::string& path) {
  struct stat what = {};
  if (::stat(path.c_str(), &what) != 0) what = {};
  marks[at++] = static_cast<std::int64_t>(what.st_ino);
  marks[at++] = what.st_size;
  marks[at++] = what.st_mtim.tv_sec * 1'000'000'000 + what.st_mtim.tv_nsec;
  marks[at++] = what.st_ctim.tv_sec * 1'000'000'000 + what.st_ctim.tv_nsec;
}

Result<rules::RuleFiles> ReadPieces(const std::string& dir) {
  rules::RuleFiles files;
  TR_ASSIGN(files.topics, ReadWholeFile(dir + "/" + kPieces[0], kMaxPiece));
  TR_ASSIGN(files.teams, ReadWholeFile(dir + "/" + kPieces[1], kMaxPiece));
  TR_ASSIGN(files.rules, ReadWholeFile(dir + "/" + kPieces[2], kMaxPiece));
  Result<std::string> tests = ReadWholeFile(dir + "/" + kTests, kMaxPiece);
  if (tests.ok()) files.tests = *std::move(tests);
  if (!tests.ok() && tests.fault().kind != FaultKind::kNotFound) return tests.fault();
  return files;
}

Result<rules::RuleFiles> ReadSteady(const std::string& dir) {
  Result<rules::RuleFiles> files = Transient("the rules keep changing while they are read");
  DirWatch watch(dir);
  for (int i = 0; i < kTries; ++i) {
    files = ReadPieces(dir);
    if (!watch.Changed()) return files;
  }
  return Transient("the rules keep changing while they are read");
}

// One writer at a time, whatever process it is in. Ends with the file.
Result<void> LockFolder(const OpenFile& folder, const std::string& dir) {
  if (!folder.ok()) return NotFound("the rules folder " + dir + " is missing");
  while (::flock(folder.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return Transient("the rules folder " + dir + " cannot be locked");
  }
  return Ok();
}

// A line of the journal names a piece; anything else was not written by us.
const char* PieceOf(std::string_view name) {
  for (const char* piece : kPieces) {
    if (name == piece) return piece;
  }
  return nullptr;
}

Result<void> Place(const std::string& dir, std::string_view line) {
  const char* piece = line.empty() ? nullptr : PieceOf(line.substr(1));
  if (piece == nullptr) return Ok();
  const std::string path = dir + "/" + piece;
  const int code = line[0] == '+' ? ::rename(Fresh(dir, piece).c_str(), path.c_str()) : ::unlink(path.c_str());
  // Absent: whoever was here before us has come this far.
  if (code != 0 && errno != ENOENT) return Transient("cannot write " + path + ": a change of the rules is half done");
  return Ok();
}

// REQUIRES: the folder is locked. Does what the journal says, where there is one.
Result<void> Complete(const std::string& dir) {
  const Result<std::string> journal = ReadWholeFile(dir + kJournal, kMaxJournal);
  if (!journal.ok()) return journal.fault().kind == FaultKind::kNotFound ? Ok() : Result<void>(journal.fault());
  for (const std::string_view line : SplitText(*journal, '\n')) TR_TRY(Place(dir, line));
  TR_TRY(SyncFolder(dir));
  if (::unlink((dir + kJournal).c_str()) != 0) return Transient("cannot remove " + dir + kJournal);
  return SyncFolder(dir);
}

Result<void> CompleteIfBegun(const std::string& dir) {
  if (::access((dir + kJournal).c_str(), F_OK) != 0) return Ok();
  const OpenFile folder(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  TR_TRY(LockFolder(folder, dir));
  return Complete(dir);
}

// The new pieces beside the old ones. If we die here, nobody ever looks at them.
Result<void> LayBeside(const std::string& dir, const rules::RuleFiles& files) {
  const std::string* texts[] = {&files.topics, &files.teams, &files.rules, files.tests ? &*files.tests : nullptr};
  for (std::size_t i = 0; i < kPieces.size(); ++i) {
    if (texts[i] == nullptr) continue;
    if (texts[i]->size() > kMaxPiece) return Invalid(std::string(kPieces[i]) + " is larger than 1 MiB");
    TR_TRY(WriteWholeFile(Fresh(dir, kPieces[i]), *texts[i], 0644));
  }
  return SyncFolder(dir);
}

// From the moment of the rename on, the new pieces are in force.
Result<void> WriteJournal(const std::string& dir, bool with_tests) {
  std::string journal;
  for (const char* piece : kPieces) {
    journal += piece == kTests && !with_tests ? '-' : '+';
    journal.append(piece).append(1, '\n');
  }
  const std::string path = dir + kJournal;
  TR_TRY(WriteWholeFile(path + ".new", journal, 0644));
  if (::rename((path + ".new").c_str(), path.c_str()) != 0) return Transient("cannot write " + path);
  return SyncFolder(dir);
}

}  // namespace

Result<rules::RuleFiles> DirRuleSource::Load() {
  TR_TRY(CompleteIfBegun(dir_));
  TR_ASSIGN(rules::RuleFiles files, ReadSteady(dir_));
  // A Write that began meanwhile may have given us some of each.
  if (::access((dir_ + kJournal).c_str(), F_OK) != 0) return files;
  TR_TRY(CompleteIfBegun(dir_));
  return ReadSteady(dir_);
}

Result<void> DirRuleSource::Write(const rules::RuleFiles& files, const rules::RuleFiles& expected) {
  const OpenFile folder(::open(dir_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  TR_TRY(LockFolder(folder, dir_));
  TR_TRY(Complete(dir_));
  TR_ASSIGN(const rules::RuleFiles present, ReadSteady(dir_));
  if (!(present == expected)) return Conflict("the rules folder has changed meanwhile: reload the rules");
  TR_TRY(LayBeside(dir_, files));
  TR_TRY(WriteJournal(dir_, files.tests.has_value()));
  return Complete(dir_);
}

DirWatch::DirWatch(std::string dir) : dir_(std::move(dir)), seen_(Look()) {}

bool DirWatch::Changed() {
  const Marks now = Look();
  const bool changed = now != seen_;
  seen_ = now;
  return changed;
}

DirWatch::Marks DirWatch::Look() const {
  Marks marks{};
  std::size_t at = 0;
  for (const char* piece : kPieces) AppendMark(marks, at, dir_ + "/" + piece);
  AppendMark(marks, at, dir_ + kJournal);
  return marks;
}

}  // namespace tr::local
