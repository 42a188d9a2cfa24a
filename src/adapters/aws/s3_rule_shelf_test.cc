#include "aws/s3_rule_shelf.h"

#include <gtest/gtest.h>

#include <boost/algorithm/string/replace.hpp>

#include "aws/aws_testing.h"

namespace tr::aws {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using net::MakeResponse;

// One object under conditions. The answer of its nth write is lost; before its mth kim writes a book like lena's.
class Bucket {
 public:
  explicit Bucket(int lost, int others = 0) : lost_(lost), others_(others) {}

  HttpResponse Handle(const HttpRequest& request) {
    if (request.method == "GET" && bytes_.empty())
      return MakeResponse(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>");
    if (request.method == "GET") return Tagged(MakeResponse(200, "application/json", bytes_));
    if (++writes == others_) Store(boost::replace_all_copy(request.body, "lena", "kim"));
    const bool holds =
        request.headers.Get("If-None-Match") == "*" ? bytes_.empty() : request.headers.Get("If-Match") == Tag();
    if (!holds) return MakeResponse(412, "application/xml", "<Error><Code>PreconditionFailed</Code></Error>");
    Store(request.body);
    return writes == lost_ ? MakeResponse(500, "text/plain", "") : Tagged(MakeResponse(200, "text/plain", ""));
  }

  int writes = 0;

 private:
  std::string Tag() const { return "\"" + std::to_string(version_) + "\""; }
  HttpResponse Tagged(HttpResponse response) const {
    response.headers.Add("ETag", Tag());
    return response;
  }

  void Store(const std::string& bytes) {
    bytes_ = bytes;
    ++version_;
  }

  const int lost_;
  const int others_;
  int version_ = 0;
  std::string bytes_;
};

TEST(S3RuleShelf, ABookWhoseAnswerWasLostIsKept) {
  for (const int lost : {1, 2}) {
    Bucket bucket(lost);
    TestService s3(kS3, [&bucket](const HttpRequest& request) { return bucket.Handle(request); });
    const std::unique_ptr<AwsClient> patient = s3.Waiting([](int round) { return round < 2; });
    S3RuleShelf shelf(*patient, "rules");
    for (int number = 0; number < 2; ++number) {
      const auto kept = shelf.Keep({"a", "b", std::to_string(number), {}}, number, "lena", "more", kTestTime);
      ASSERT_TRUE(kept.ok()) << lost << ": " << kept.fault().text;
      EXPECT_EQ(*kept, number + 1);
    }
    EXPECT_EQ(bucket.writes, 3) << "one was sent twice";
    EXPECT_EQ(shelf.History()->size(), 2U);
  }
}

TEST(S3RuleShelf, AnothersBookIsAConflict) {
  Bucket bucket(0, 1);
  TestService s3(kS3, [&bucket](const HttpRequest& request) { return bucket.Handle(request); });
  S3RuleShelf shelf(s3.client(), "rules");
  const auto kept = shelf.Keep({"a", "b", "c", {}}, 0, "lena", "first", kTestTime);
  ASSERT_FALSE(kept.ok());
  EXPECT_EQ(kept.fault().kind, FaultKind::kConflict);
  EXPECT_EQ(shelf.History()->at(0).who, "kim");
}

}  // namespace
}  // namespace tr::aws
