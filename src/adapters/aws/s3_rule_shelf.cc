#include "aws/s3_rule_shelf.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "aws/json_fields.h"
#include "aws/rules_json.h"
#include "base/text.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr const char* kBook = "book.json";
constexpr const char* kAnnounced = "announced.txt";

bool AllUtf8(const rules::RuleFiles& files, const std::string& who, const std::string& difference) {
  return IsUtf8(files.topics) && IsUtf8(files.teams) && IsUtf8(files.rules) && IsUtf8(files.tests.value_or("")) &&
         IsUtf8(who) && IsUtf8(difference);
}

}  // namespace

bool S3RuleShelf::IsSame(const Book& a, const Book& b) {
  const rules::Version& x = a.history.back().version;
  const rules::Version& y = b.history.back().version;
  return x.number == y.number && x.at == y.at && x.who == y.who && x.difference == y.difference && a.files == b.files;
}

std::string S3RuleShelf::Write(const Book& book) {
  json::array history;
  for (const Entry& entry : book.history) {
    history.push_back({{"number", entry.version.number},
                       {"at", FormatTime(entry.version.at)},
                       {"who", entry.version.who},
                       {"difference", entry.version.difference},
                       {"object", entry.object}});
  }
  return json::serialize(json::object{{"files", RulesToJson(book.files)}, {"history", std::move(history)}});
}

Result<S3RuleShelf::Book> S3RuleShelf::Read(const S3Object& object) {
  const Result<json::value> parsed = ParseJson(object.bytes);
  if (!parsed.ok() || !parsed->is_object()) return Permanent("the object book.json of the rules' bucket is no book");
  Book book{{}, {}, object.etag, object.version};
  const Result<rules::RuleFiles> files = RulesFromJson(ObjectAt(*parsed, "files"));
  if (!files.ok()) return Permanent("book.json: " + files.fault().text);
  book.files = *files;
  for (const json::value& row : ArrayAt(parsed->as_object(), "history")) {
    if (!row.is_object()) return Permanent("the history in book.json cannot be read");
    TR_ASSIGN(const Time at, ParseTime(TextAt(row, "at")));
    book.history.push_back({{static_cast<int>(NumberAt(row.as_object(), "number")), at, std::string(TextAt(row, "who")),
                             std::string(TextAt(row, "difference"))},
                            std::string(TextAt(row, "object"))});
  }
  if (book.history.empty()) return Permanent("book.json has no history");
  return book;
}

Result<std::optional<S3RuleShelf::Book>> S3RuleShelf::Newest() {
  std::lock_guard lock(mutex_);
  Result<std::optional<S3Object>> object = bucket_.Get(prefix_ + kBook, seen_ ? seen_->etag : "");
  if (!object.ok() && object.fault().kind == FaultKind::kNotFound) return std::optional<Book>();
  if (!object.ok()) return object.fault();
  if (*object) {
    TR_ASSIGN(seen_, Read(**object));
  }
  return seen_;
}

Result<int> S3RuleShelf::Keep(const rules::RuleFiles& files, int expected, const std::string& who,
                              const std::string& difference, Time now) {
  if (!AllUtf8(files, who, difference)) return Invalid("the rules are not all UTF-8");
  TR_ASSIGN(std::optional<Book> book, Newest());
  const int newest = book ? book->history.back().version.number : 0;
  if (newest != expected) return Conflict("the rules have changed meanwhile: reload them");
  S3Bucket::When when;
  if (book) {
    when.etag = book->etag;
    book->history.back().object = book->object;
  } else {
    when.absent = true;
    book.emplace();
  }
  book->files = files;
  book->history.push_back({{newest + 1, now, who, difference}, ""});
  const Result<S3Object> put = bucket_.Put(prefix_ + kBook, Write(*book), "application/json", when);
  if (!put && put.fault().kind == FaultKind::kConflict) {
    // Where the answer of a write is lost and it is sent again, it is its own book that stands in its way.
    TR_ASSIGN(const std::optional<Book> there, Newest());
    if (there && IsSame(*there, *book)) return newest + 1;
  }
  if (!put) return put.fault();
  return newest + 1;
}

Result<std::vector<rules::Version>> S3RuleShelf::History() {
  TR_ASSIGN(const std::optional<Book> book, Newest());
  std::vector<rules::Version> versions;
  if (!book) return versions;
  for (const Entry& entry : book->history) versions.push_back(entry.version);
  std::reverse(versions.begin(), versions.end());
  return versions;
}

Result<std::pair<rules::Version, rules::RuleFiles>> S3RuleShelf::Get(int number) {
  TR_ASSIGN(const std::optional<Book> book, Newest());
  if (!book) return NotFound("no rules were ever in force");
  const Entry& newest = book->history.back();
  if (number == 0 || number == newest.version.number) return std::pair(newest.version, book->files);
  const auto entry = std::find_if(book->history.begin(), book->history.end(),
                                  [&](const Entry& one) { return one.version.number == number; });
  if (entry == book->history.end()) return NotFound("no such version of the rules");
  if (entry->object.empty()) return NotFound("the rules' bucket kept no versions then: switch versioning on");
  TR_ASSIGN(const std::optional<S3Object> object, bucket_.Get(prefix_ + kBook, "", entry->object));
  TR_ASSIGN(const Book older, Read(*object));
  return std::pair(entry->version, older.files);
}

Result<std::string> S3RuleShelf::AnnouncedTrouble() {
  Result<std::optional<S3Object>> object = bucket_.Get(prefix_ + kAnnounced);
  if (!object.ok() && object.fault().kind == FaultKind::kNotFound) return std::string();
  if (!object.ok()) return object.fault();
  return (*object)->bytes;
}

Result<void> S3RuleShelf::SetAnnouncedTrouble(const std::string& digest) {
  TR_TRY(bucket_.Put(prefix_ + kAnnounced, digest, "text/plain", {}));
  return Ok();
}

}  // namespace tr::aws
