#pragma once
// For tests only: a service of AWS that answers as a lambda says, and a client that calls it.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "aws/aws_client.h"
#include "net/raw_client.h"

namespace tr::aws {

inline const Time kTestTime = *ParseTime("2026-06-01T12:00:00Z");

inline Credentials TestKeys(int generation = 1) {
  return {"AKIDEXAMPLE", Secret("secret"), Secret("token-" + std::to_string(generation)), std::nullopt};
}

class TestClock final : public Clock {
 public:
  Time Now() const override { return now_; }
  void Advance(Duration by) { now_ = now_.load() + by; }

 private:
  std::atomic<Time> now_{kTestTime};
};

// Gives keys of the next generation whenever the present ones are forgotten.
class TestCredentials final : public CredentialSource {
 public:
  Result<Credentials> Get() override { return TestKeys(generation_); }
  void Forget(const Credentials&) override { ++generation_; }

 private:
  std::atomic<int> generation_{1};
};

class TestService {
 public:
  TestService(const Service& service, net::HttpHandler handler)
      : service_(service),
        server_(std::in_place, std::move(handler)),
        url_("http://127.0.0.1:" + std::to_string(server_->port())),
        client_(Waiting({})) {}
  TestService(const Service& service, const std::string& url) : service_(service), url_(url), client_(Waiting({})) {}

  AwsClient& client() { return *client_; }
  // Another client of it, whose account waits.
  std::unique_ptr<AwsClient> Waiting(std::function<bool(int round)> wait_again) {
    return *AwsClient::Make(
        service_,
        {"ap-southeast-1", {{"AWS_ENDPOINT_URL", url_}}, credentials_, clock_, tally_, std::move(wait_again)});
  }
  net::TestServer& server() { return *server_; }
  const CallTally& tally() const { return tally_; }
  TestClock& clock() { return clock_; }

 private:
  const Service service_;
  std::optional<net::TestServer> server_;
  const std::string url_;
  TestCredentials credentials_;
  TestClock clock_;
  CallTally tally_;
  std::unique_ptr<AwsClient> client_;
};

}  // namespace tr::aws
