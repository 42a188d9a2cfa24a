#pragma once
// A signed call of a service of AWS: over kept connections, with the clock's error taken out.

#include <atomic>
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "aws/aws_fault.h"
#include "aws/call_tally.h"
#include "aws/credentials.h"
#include "aws/service.h"
#include "base/clock.h"
#include "base/result.h"
#include "net/http_client.h"

namespace tr::aws {

// What the clients of one process share; everything it names outlives them.
struct Account {
  std::string region;       // RegionOf(environment)
  Environment environment;  // AWS_ENDPOINT_URL…
  CredentialSource& credentials;
  const Clock& clock;
  CallTally& tally;
  // Before a call that may pass is sent again, from round 0; false: its answer stands. Empty: whoever called tries
  // again.
  std::function<bool(int round)> wait_again = {};
};

struct AwsRequest {
  std::string operation;  // its name in the service's model: in tallies and faults
  std::string method = "POST";
  std::string target = "/";  // encoded path and query
  std::string host_label;    // "": the service's host; a bucket: the host below it
  net::Headers headers;      // beside Host, Content-Type and the signature's
  std::string body;
  Duration timeout = std::chrono::seconds(10);
  std::size_t max_answer = 16 * 1024 * 1024;  // DynamoDB's largest answer is a batch of 16 MB
  bool* sent = nullptr;                       // as net::ClientRequest::sent
  bool only_once = false;                     // net::ClientRequest::only_once: doing it twice would show
};

// What a service said: `error` is "" where it did as asked, and else its code, such as "TransactionCanceledException".
struct AwsAnswer {
  net::HttpResponse http;
  std::string error;
};

// The same of a JSON service, parsed. An error's members (CancellationReasons, Item) are in `body` too.
struct JsonAnswer {
  boost::json::object body;
  std::string error;
  net::HttpResponse http;
};

// One service. Thread-safe: as many connections as there are callers at once, each kept for the next call.
class AwsClient {
 public:
  // kInvalid: AWS_ENDPOINT_URL… is no URL.
  static Result<std::unique_ptr<AwsClient>> Make(const Service& service, const Account& account);

  AwsClient(const Service& service, const Account& account, Endpoint endpoint);
  ~AwsClient();

  // Any answer of the service, errors among them. Asked once (unless the account waits), but: a kept connection that
  // died before a byte of the answer is opened anew, and a request that was refused because our clock is wrong or the
  // keys ran out is signed anew and sent a second time (the first one did nothing). kTransient: no answer; kPermanent:
  // no credentials, or the answer is too long.
  Result<AwsAnswer> Send(const AwsRequest& request);

  // A call of a JSON service by X-Amz-Target. Faults as Send; kTransient too: the answer is no JSON.
  Result<JsonAnswer> Ask(std::string_view operation, const boost::json::object& body,
                         Duration timeout = std::chrono::seconds(10));

  // The same where every error is a fault: FaultOf.
  Result<boost::json::object> Call(std::string_view operation, const boost::json::object& body,
                                   Duration timeout = std::chrono::seconds(10));

  Fault ToFault(std::string_view operation, const net::HttpResponse& answer) const {
    return FaultOf(service_.name, operation, answer);
  }

  const Endpoint& endpoint() const { return endpoint_; }
  const std::string& region() const { return account_.region; }

 private:
  Result<AwsAnswer> SendInTime(const AwsRequest& request);
  bool MayPass(const AwsRequest& request, const Result<AwsAnswer>& answer) const;
  Result<net::HttpResponse> SendOnce(const AwsRequest& request, const Credentials& credentials);
  net::ClientRequest Signed(const AwsRequest& request, const Credentials& credentials) const;
  bool MendClock(const net::HttpResponse& answer);
  Time SigningTime() const { return account_.clock.Now() + Duration(clock_error_.load()); }
  net::HttpClient TakeConnection();
  void KeepConnection(net::HttpClient connection);

  const Service service_;
  const Account account_;
  const Endpoint endpoint_;
  std::atomic<std::int64_t> clock_error_{0};  // milliseconds by which the service's clock is ahead of ours
  std::mutex mutex_;
  std::vector<net::HttpClient> idle_;
};

}  // namespace tr::aws
