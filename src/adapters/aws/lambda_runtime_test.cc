#include "aws/lambda_runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <mutex>
#include <stdexcept>

#include "net/raw_client.h"

namespace tr::aws {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using net::MakeResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Gives the events one by one, then 500; keeps what was posted.
class RuntimeApi {
 public:
  explicit RuntimeApi(std::deque<std::string> events) : events_(std::move(events)) {}
  std::string address() const { return "127.0.0.1:" + std::to_string(server_.port()); }
  std::vector<std::string> posts() const {
    std::lock_guard lock(mutex_);
    return posts_;
  }
  int refuse_answers_with = 0;
  int refuse_errors_with = 0;
  bool without_deadline = false;

 private:
  HttpResponse Answer(const HttpRequest& request) {
    std::lock_guard lock(mutex_);
    if (request.method == "POST") {
      const std::string prefix = "/2018-06-01/runtime/";
      posts_.push_back(request.path.substr(prefix.size()) + " " +
                       std::string(request.headers.Get("Lambda-Runtime-Function-Error-Type")) + " " +
                       request.body.substr(0, 200));
      const bool error = request.path.ends_with("/error");
      const int refusal = error ? refuse_errors_with : refuse_answers_with;
      return MakeResponse(refusal > 0 ? refusal : 202, "application/json", "{}");
    }
    if (request.path != "/2018-06-01/runtime/invocation/next" || events_.empty())
      return MakeResponse(500, "text/plain", "");
    HttpResponse response = MakeResponse(200, "application/json", events_.front());
    events_.pop_front();
    response.headers.Add("Lambda-Runtime-Aws-Request-Id", "id-" + std::to_string(++given_));
    if (!without_deadline) response.headers.Add("Lambda-Runtime-Deadline-Ms", "1764500000123");
    response.headers.Add("Lambda-Runtime-Trace-Id", "Root=1-5e-1;Sampled=1");
    response.headers.Add("Lambda-Runtime-Invoked-Function-Arn", "arn:f");
    return response;
  }

  mutable std::mutex mutex_;
  std::deque<std::string> events_;
  std::vector<std::string> posts_;
  int given_ = 0;
  net::TestServer server_{[this](const HttpRequest& request) { return Answer(request); }};
};

TEST(LambdaRuntime, HandsEachEventOverAndPostsTheAnswer) {
  RuntimeApi api({R"({"a":1})", "{}"});
  net::EventLog log;
  std::vector<Invocation> seen;
  const Fault end = LambdaRuntime(api.address(), log).Run([&](const Invocation& invocation) -> Result<std::string> {
    seen.push_back(invocation);
    return "answer to " + invocation.event;
  });
  EXPECT_EQ(end.kind, FaultKind::kPermanent);
  EXPECT_THAT(api.posts(),
              ElementsAre("invocation/id-1/response  answer to {\"a\":1}", "invocation/id-2/response  answer to {}"));
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].request_id, "id-1");
  EXPECT_EQ(ToMillis(seen[0].deadline), 1764500000123);
  EXPECT_EQ(seen[0].trace, "Root=1-5e-1;Sampled=1");
  EXPECT_EQ(seen[0].function, "arn:f");
}

TEST(LambdaRuntime, GoesOnOnceTheAnswerHasLeftAndBeforeTheNextEvent) {
  RuntimeApi api({"a", "b"});
  net::EventLog log;
  std::vector<std::string> order;
  const auto handle = [&](const Invocation& invocation) -> Result<std::string> {
    order.push_back("handle " + invocation.event);
    return std::string("{}");
  };
  const auto after = [&](const Invocation& invocation) {
    order.push_back(invocation.event + " goes on after answer " + std::to_string(api.posts().size()));
    if (invocation.event == "a") throw std::runtime_error("customer words");
  };
  LambdaRuntime(api.address(), log).Run(handle, after);
  EXPECT_THAT(order, ElementsAre("handle a", "a goes on after answer 1", "handle b", "b goes on after answer 2"));
  EXPECT_THAT(log.text(), HasSubstr("not_gone_on id-1"));
  EXPECT_EQ(log.text().find("customer words"), std::string::npos);
}

// An event that ends at no known time would be worked as if its time were over: nothing is begun of it.
TEST(LambdaRuntime, TakesNoEventWithoutADeadline) {
  RuntimeApi api({"{}"});
  api.without_deadline = true;
  net::EventLog log;
  const Fault end = LambdaRuntime(api.address(), log).Run([](const Invocation&) -> Result<std::string> {
    ADD_FAILURE() << "it was handled";
    return std::string("{}");
  });
  EXPECT_EQ(end.kind, FaultKind::kPermanent);
  EXPECT_THAT(end.text, HasSubstr("deadline"));
}

TEST(LambdaRuntime, FaultsAndExceptionsAreReportedAndTheLoopGoesOn) {
  RuntimeApi api({"fault", "exception", "number", "fine"});
  net::EventLog log;
  LambdaRuntime(api.address(), log).Run([](const Invocation& invocation) -> Result<std::string> {
    if (invocation.event == "fault") return Transient("the store is busy");
    if (invocation.event == "exception") throw std::runtime_error("customer words");
    if (invocation.event == "number") throw 7;
    return std::string("{}");
  });
  const auto posts = api.posts();
  ASSERT_EQ(posts.size(), 4u);
  EXPECT_EQ(posts[0],
            "invocation/id-1/error Function.transient "
            R"({"errorMessage":"the store is busy","errorType":"transient","stackTrace":[]})");
  EXPECT_THAT(posts[1], HasSubstr("invocation/id-2/error Function.bug"));
  EXPECT_THAT(posts[2], HasSubstr("invocation/id-3/error Function.bug"));
  EXPECT_EQ(posts[3], "invocation/id-4/response  {}");
  EXPECT_EQ((posts[1] + log.text()).find("customer words"), std::string::npos);
  EXPECT_THAT(log.text(), HasSubstr("invocation_failed id-1 transient the store is busy"));
}

TEST(LambdaRuntime, AnAnswerThatIsTooLargeOrRefusedIsAnError) {
  net::EventLog log;
  RuntimeApi large({"x"});
  LambdaRuntime(large.address(), log).Run([](const Invocation&) {
    return Result<std::string>(std::string(7'000'000, 'x'));
  });
  EXPECT_THAT(large.posts(), ElementsAre(HasSubstr("invocation/id-1/error Function.permanent")));
  RuntimeApi strict({"x", "y"});
  strict.refuse_answers_with = 413;
  LambdaRuntime(strict.address(), log).Run([](const Invocation&) { return Result<std::string>("{}"); });
  EXPECT_EQ(strict.posts().size(), 4u) << "each answer, and the error in its place; the loop went on";
}

TEST(LambdaRuntime, EndsWhenTheRuntimeApiIsBroken) {
  net::EventLog log;
  RuntimeApi broken({"x", "y"});
  broken.refuse_errors_with = 500;
  LambdaRuntime(broken.address(), log).Run([](const Invocation&) { return Result<std::string>(Permanent("no")); });
  EXPECT_EQ(broken.posts().size(), 1u);
  EXPECT_EQ(LambdaRuntime("127.0.0.1:1", log).Run([](const Invocation&) { return Result<std::string>("{}"); }).kind,
            FaultKind::kTransient);
}

TEST(LambdaRuntime, SaysWhyItCannotBegin) {
  net::EventLog log;
  RuntimeApi api({});
  EXPECT_TRUE(LambdaRuntime(api.address(), log).ReportInitError(Invalid("no AWS region")).ok());
  EXPECT_THAT(
      api.posts(),
      ElementsAre(
          R"(init/error Function.invalid {"errorMessage":"no AWS region","errorType":"invalid","stackTrace":[]})"));
}

}  // namespace
}  // namespace tr::aws
