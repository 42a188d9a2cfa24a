#pragma once
// An installation's parts on the emulators of AWS, as a template would make them, and what AWS does around its
// functions: lays mail into the bucket, gives items of the queue to a function, calls again what failed.

#include <boost/json.hpp>
#include <map>
#include <string>

#include "aws/moto.h"
#include "rules/book.h"

namespace tr::way {

// What the embedded system beside it has as well.
inline constexpr const char* kFormSecret = "a form secret for tests";
inline constexpr const char* kChatSecret = "a chat secret for tests";

class Installation {
 public:
  // Makes tables, queues, buckets, the secret and the sender's identity; lays `rules` where a manager would.
  Installation(const Clock& clock, const rules::RuleFiles& rules);

  // The settings' table [aws].
  std::string settings() const;

  // What a manager does.
  void LayRules(const rules::RuleFiles& rules);

  // SES lays a mail into the bucket. Gives S3's notification of it.
  std::string LayMail(const std::string& name, const std::string& raw);

  struct Received {
    std::string event;           // of SQS; empty: the queue has nothing
    boost::json::array records;  // of the event
  };
  // What Lambda polls for.
  Received Receive();
  // Deletes what the function did not name as failed; everything comes again where it gave no answer.
  void Settle(const Received& received, const Result<std::string>& answer);
  // How many items wait, hidden ones included.
  int Waiting();

  // Whether the functions may not reach the rules' bucket.
  void ForbidRules(bool forbidden) { moto_.Forbid(forbidden ? rules_bucket_ : ""); }

  contract::Moto& moto() { return moto_; }
  // How often each operation was called so far, by others than AWS itself.
  std::map<std::string, int> Calls();

 private:
  boost::json::object Sqs(const std::string& operation, const boost::json::object& body);
  void MakeTables();
  void MakeSecret();
  void MakeSender();

  contract::Moto moto_;
  const Clock& clock_;
  const std::string queue_;
  const std::string dead_letters_;
  const std::string mail_bucket_;
  const std::string rules_bucket_;
};

}  // namespace tr::way
