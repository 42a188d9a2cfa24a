#pragma once
// Every book that was in force, in a bucket that keeps versions: one object, replaced whole under a condition.

#include <boost/json/object.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "aws/s3_bucket.h"
#include "rules/shelf.h"

namespace tr::aws {

// book.json holds the newest pieces and the whole history; an older version's pieces stand in the object's own version,
// which the next write notes in the history. So a Keep is one write that is there whole or not at all, and who keeps on
// a book that is not the newest any more is told by S3.
//
// kPermanent: the object is not ours; kNotFound for an older number: the bucket keeps no versions, or kept them no
// longer.
class S3RuleShelf final : public rules::RuleShelf {
 public:
  // Objects are PREFIX + "book.json" and PREFIX + "announced.txt". `s3` outlives it.
  S3RuleShelf(AwsClient& s3, std::string bucket, std::string prefix = "")
      : bucket_(s3, std::move(bucket)), prefix_(std::move(prefix)) {}

  // Two calls; a third where the second is refused. kInvalid: a piece, `who` or `difference` is not UTF-8.
  Result<int> Keep(const rules::RuleFiles& files, int expected, const std::string& who, const std::string& difference,
                   Time now) override;
  // These ask S3 whether the book has changed and take it from memory where it has not.
  Result<std::vector<rules::Version>> History() override;
  Result<std::pair<rules::Version, rules::RuleFiles>> Get(int number) override;
  Result<std::string> AnnouncedTrouble() override;
  Result<void> SetAnnouncedTrouble(const std::string& digest) override;

 private:
  struct Entry {
    rules::Version version;
    std::string object;  // S3's version of book.json in which its pieces stand; "" for the newest
  };
  struct Book {
    rules::RuleFiles files;      // of the newest
    std::vector<Entry> history;  // oldest first
    std::string etag;
    std::string object;
  };
  static Result<Book> Read(const S3Object& object);
  static std::string Write(const Book& book);
  // Whether they have the same newest version.
  static bool IsSame(const Book& a, const Book& b);
  // The newest; nothing while the shelf is empty.
  Result<std::optional<Book>> Newest();

  S3Bucket bucket_;
  const std::string prefix_;
  std::mutex mutex_;
  std::optional<Book> seen_;
};

}  // namespace tr::aws
