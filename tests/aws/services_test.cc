// Mail, secrets, erasure, redrive by SQS itself, and what each costs in calls, on moto.

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "aws/moto.h"
#include "aws/s3_blobs.h"
#include "aws/s3_rule_shelf.h"
#include "aws/secrets.h"
#include "aws/ses_mailer.h"
#include "aws/sqs_dead_letters.h"
#include "aws/sqs_queue.h"

namespace tr::contract {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

class OnMoto : public ::testing::Test {
 protected:
  OnMoto() { moto_.SetClock(clock_.Now(), true); }

  aws::AwsRequest SesRequest(const std::string& target, const json::object& body) {
    aws::AwsRequest request;
    request.operation = "Test";
    request.target = target;
    request.body = json::serialize(body);
    return request;
  }

  testing::ManualClock clock_;
  Moto moto_{clock_};
};

TEST_F(OnMoto, SesTakesTheRawMessage) {
  const std::string from = moto_.name() + "@shop.example";
  EXPECT_EQ(Must(moto_.ses->Send(SesRequest("/v2/email/identities", {{"EmailIdentity", from}}))).error, "");
  aws::SesMailer mailer(*moto_.ses, clock_);
  const Call call{clock_.Now() + std::chrono::seconds(20), "T1"};
  const std::string raw =
      "From: <" + from + ">\r\nTo: <team@shop.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nb\xC3\xA9\r\n";
  EXPECT_TRUE(Must(mailer.Send(from, "team@shop.example", raw, call)).ends_with("@ap-southeast-1.amazonses.com"));
  EXPECT_EQ(Outcome(mailer.Send("nobody-verified@else.example", "team@shop.example", raw, call)), "transient")
      << "an operator verifies the sender";
  const json::value mails = json::parse(moto_.Mails());
  const json::value& mail = mails.as_array().back();
  for (const json::value& to : mail.at("to").as_array()) EXPECT_EQ(to, "team@shop.example");  // envelope and To
  EXPECT_EQ(mail.at("raw"), json::value(raw));
}

TEST_F(OnMoto, SecretsComeFromOneSecret) {
  const std::string name = "tr/" + moto_.name();
  Must(moto_.secrets->Call("CreateSecret", {{"Name", name}, {"SecretString", R"({"slack_token":"one"})"}}));
  aws::Secrets secrets(*moto_.secrets, name, clock_);
  EXPECT_EQ(Must(secrets.Get("slack_token")).Reveal(), "one");
  Must(moto_.secrets->Call("PutSecretValue", {{"SecretId", name}, {"SecretString", R"({"slack_token":"two"})"}}));
  EXPECT_EQ(Must(secrets.Get("slack_token")).Reveal(), "one");
  clock_.Advance(std::chrono::minutes(5));
  EXPECT_EQ(Must(secrets.Get("slack_token")).Reveal(), "two");
  EXPECT_EQ(Outcome(aws::Secrets(*moto_.secrets, "tr/none", clock_).Get("x")), "permanent");
}

TEST_F(OnMoto, ARemovedBlobHasNoVersionsLeft) {
  const std::string bucket = moto_.MakeBucket();
  aws::S3Blobs blobs(*moto_.s3, bucket);
  Must(blobs.PutIfAbsent("mail/a", "first"));
  Must(blobs.PutIfAbsent("mail/a", "not taken"));
  Must(blobs.Put("mail/ab", "another, whose key begins with it"));
  EXPECT_EQ(Must(blobs.Get("mail/a")), "first");
  aws::S3Bucket raw(*moto_.s3, bucket);
  const std::string version = Must(raw.Get("mail/a"))->version;
  EXPECT_NE(version, "");
  Must(blobs.Put("mail/a", "second"));
  EXPECT_EQ(Must(blobs.Get("mail/a")), "second");
  Must(blobs.Remove("mail/a"));
  EXPECT_EQ(Outcome(blobs.Get("mail/a")), "not_found");
  EXPECT_EQ(Outcome(raw.Get("mail/a", "", version)), "not_found");
  EXPECT_EQ(Must(blobs.Get("mail/ab")).substr(0, 7), "another");
  EXPECT_EQ(Outcome(blobs.Remove("mail/a")), "ok") << "what is gone is gone";
  const std::string bytes = std::string("\0\xFF\r\n", 4) + std::string(5'000'000, 'x');
  Must(blobs.PutIfAbsent("texts/1-#.a_b", bytes));
  EXPECT_EQ(Must(blobs.Get("texts/1-#.a_b")), bytes);
}

TEST_F(OnMoto, KeysOfAnyShapeAreSignedRight) {
  aws::S3Bucket bucket(*moto_.s3, moto_.MakeBucket());
  for (const std::string key : {"a b+c", "x/../y", "\xE2\x82\xAC/%41", "a=b&c?d#e", "~._-", "it's (1)*!"}) {
    Must(bucket.Put(key, key, "text/plain", {}));
    EXPECT_EQ(Must(bucket.Get(key))->bytes, key);
  }
}

TEST_F(OnMoto, WhatSqsBuriesByItselfIsALetterToo) {
  const aws::QueueUrls urls{moto_.MakeQueue("-intake"), moto_.MakeQueue("-dead")};
  const auto dead = Must(
      moto_.sqs->Call("GetQueueAttributes", {{"QueueUrl", urls.dead}, {"AttributeNames", json::array{"QueueArn"}}}));
  const std::string policy = json::serialize(
      json::object{{"deadLetterTargetArn", dead.at("Attributes").at("QueueArn")}, {"maxReceiveCount", 2}});
  Must(moto_.sqs->Call("SetQueueAttributes",
                       {{"QueueUrl", urls.intake}, {"Attributes", json::object{{"RedrivePolicy", policy}}}}));
  aws::SqsQueue queue(*moto_.sqs, urls, clock_);
  aws::SqsDeadLetters letters(*moto_.sqs, urls);
  Must(queue.Send({"T1", 2}, Duration(0)));
  for (int i = 0; i < 3; ++i) {
    (void)Must(queue.Receive(10, std::chrono::seconds(5), Duration(0)));
    clock_.Advance(std::chrono::seconds(6));
    moto_.SetClock(clock_.Now(), false);
  }
  const auto counts = Must(queue.Count());
  EXPECT_EQ(counts.waiting + counts.held, 0);
  EXPECT_EQ(counts.dead, 1);
  const auto buried = Must(letters.List(10));
  ASSERT_THAT(buried, SizeIs(1));
  EXPECT_EQ(buried[0].item, (queue::Item{"T1", 2}));
  EXPECT_NE(buried[0].reason, "");
  EXPECT_GE(buried[0].attempts, 2);
  Must(letters.Redrive(buried[0].id));
  EXPECT_THAT(Must(queue.Receive(10, std::chrono::seconds(5), Duration(0))), SizeIs(1));
}

TEST_F(OnMoto, AMissingQueueOrBucketIsAnOperatorsMatter) {
  aws::SqsQueue queue(*moto_.sqs, {"http://127.0.0.1/123456789012/none", "http://127.0.0.1/123456789012/none"}, clock_);
  EXPECT_EQ(Outcome(queue.Send({"T1", 1}, Duration(0))), "permanent");
  EXPECT_EQ(Outcome(aws::S3Bucket(*moto_.s3, "no-such-bucket").Check()), "permanent");
  EXPECT_EQ(Outcome(aws::S3Blobs(*moto_.s3, "no-such-bucket").Get("a")), "permanent");
}

// An item's whole way through the queue, a book's turn and a blob: the calls that each costs.
TEST_F(OnMoto, EachStepIsAsFewCallsAsItCanBe) {
  const aws::QueueUrls urls{moto_.MakeQueue("-intake"), moto_.MakeQueue("-dead")};
  const std::string bucket = moto_.MakeBucket();
  const auto before = moto_.tally().Calls();
  const auto since = [&] {
    std::map<std::string, std::int64_t> calls;
    for (const auto& [name, count] : moto_.tally().Calls()) {
      const auto old = before.find(name);
      const std::int64_t more = count - (old == before.end() ? 0 : old->second);
      if (more > 0) calls[name] = more;
    }
    return calls;
  };
  aws::SqsQueue queue(*moto_.sqs, urls, clock_);
  Must(queue.Send({"T1", 1}, Duration(0)));
  const auto leases = Must(queue.Receive(10, std::chrono::minutes(1), Duration(0)));
  ASSERT_THAT(leases, SizeIs(1));
  Must(queue.Acknowledge({leases[0].handle}));
  Must(aws::S3Blobs(*moto_.s3, bucket).PutIfAbsent("a", "raw"));
  aws::S3RuleShelf shelf(*moto_.s3, bucket);
  Must(shelf.Keep({"t", "m", "r", std::nullopt}, 0, "", "", clock_.Now()));
  Must(shelf.Get(0));
  EXPECT_THAT(since(), ElementsAre(Pair("s3.GetObject", 2), Pair("s3.PutObject", 2), Pair("sqs.DeleteMessageBatch", 1),
                                   Pair("sqs.ReceiveMessage", 1), Pair("sqs.SendMessage", 1)));
}

// One item through the queue, the dead letters and back, each step repeated as the worker would.
class ItemsWay {
 public:
  ItemsWay(Moto& moto, testing::ManualClock& clock)
      : moto_(moto), clock_(clock), urls_{moto.MakeQueue("-" + NextName()), moto.MakeQueue("-" + NextName())} {}

  // True: the item came to its end.
  bool Go() {
    const bool sent = Again([&] { return queue_.Send({"T1", 1}, Duration(0)).ok(); });
    const bool buried = sent && Again([&] {
                          if (const auto lease = Lease()) (void)queue_.Bury(lease->handle, "for the test");
                          const auto letters = letters_.List(10);
                          return letters.ok() && !letters->empty();
                        });
    bool redriven = false;
    const bool sent_again = buried && Again([&] {
                              const auto letters = letters_.List(10);
                              if (!letters.ok() || (letters->empty() && !redriven)) return false;
                              redriven = true;
                              for (const queue::DeadLetter& letter : *letters) {
                                if (!letters_.Redrive(letter.id).ok()) return false;
                              }
                              return true;
                            });
    bool worked = false;
    return sent_again && Again([&] {
             const auto lease = Lease();
             if (!lease) return worked;  // the acknowledgement was done, only its answer was lost
             worked = true;
             return queue_.Acknowledge({lease->handle}).ok();
           });
  }

 private:
  static std::string NextName() {
    static int count = 0;
    return "way-" + std::to_string(++count);
  }
  template <typename Step>
  bool Again(Step step) {
    for (int i = 0; i < 4; ++i) {
      if (step()) return true;
      // What a lost answer left hidden is visible again.
      clock_.Advance(std::chrono::minutes(2));
      moto_.SetClock(clock_.Now(), false);
    }
    return false;
  }
  std::optional<queue::Lease> Lease() {
    const auto leases = queue_.Receive(1, std::chrono::minutes(1), Duration(0));
    return leases.ok() && !leases->empty() ? std::optional((*leases)[0]) : std::nullopt;
  }
  Moto& moto_;
  testing::ManualClock& clock_;
  const aws::QueueUrls urls_;
  aws::SqsQueue queue_{*moto_.sqs, urls_, clock_};
  aws::SqsDeadLetters letters_{*moto_.sqs, urls_};
};

TEST_F(OnMoto, NoCallsFailureLosesAnItem) {
  for (const bool after : {false, true}) {
    int nth = 0;
    do {
      ItemsWay way(moto_, clock_);
      moto_.FailNth(++nth, after ? "after" : "before");
      EXPECT_TRUE(way.Go()) << "call " << nth << (after ? ", its answer lost" : "");
    } while (moto_.HasFailed() && nth < 100);
    EXPECT_GT(nth, 8) << "the way has more calls than that";
    EXPECT_LT(nth, 100);
    moto_.FailNth(0, "before");
  }
}

// A book is kept once, whichever call fails: who hears of a failure finds out by reading whether it was kept.
TEST_F(OnMoto, NoCallsFailureTearsOrDoublesABook) {
  const std::string bucket = moto_.MakeBucket();
  aws::S3RuleShelf shelf(*moto_.s3, bucket);
  int version = 0;
  for (const bool after : {false, true}) {
    for (int nth = 1; nth <= 4; ++nth) {
      const rules::RuleFiles files{"topics", "teams", std::to_string(nth) + (after ? "a" : "b"), std::nullopt};
      moto_.FailNth(nth, after ? "after" : "before");
      for (int tries = 0; tries < 4; ++tries) {
        const auto kept = shelf.Keep(files, version, "", "", clock_.Now());
        if (kept.ok() || kept.fault().kind == FaultKind::kConflict) break;
        EXPECT_EQ(kept.fault().kind, FaultKind::kTransient) << kept.fault().text;
      }
      moto_.FailNth(0, "before");
      ++version;
      const auto [newest, pieces] = Must(shelf.Get(0));
      EXPECT_EQ(newest.number, version);
      EXPECT_EQ(pieces, files);
    }
  }
  EXPECT_THAT(Must(shelf.History()), SizeIs(8));
  EXPECT_EQ(Must(shelf.Get(3)).second.rules, "3b");
}

}  // namespace
}  // namespace tr::contract
