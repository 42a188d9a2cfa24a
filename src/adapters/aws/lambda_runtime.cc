#include "aws/lambda_runtime.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <exception>
#include <typeinfo>
#include <utility>

#include "net/http_encoding.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxEvent = kMaxPayload + 1024 * 1024;

Time DeadlineIn(const net::HttpResponse& response) {
  const std::string_view text = response.headers.Get("Lambda-Runtime-Deadline-Ms");
  std::int64_t millis = 0;
  std::from_chars(text.data(), text.data() + text.size(), millis);
  return FromMillis(millis);
}

// What happens inside a handler ends here, whatever it is.
Result<std::string> Handle(const InvocationHandler& handler, const Invocation& invocation) {
  try {
    return handler(invocation);
  } catch (const std::exception& error) {
    return Bug(std::string("an exception ended the handler: ") + typeid(error).name());
  } catch (...) {
    return Bug("something that is no exception ended the handler");
  }
}

// The same for what follows the answer.
Result<void> GoOn(const AfterAnswer& after, const Invocation& invocation) {
  TR_TRY(Handle(
      [&after](const Invocation& answered) {
        if (after) after(answered);
        return Result<std::string>("");
      },
      invocation));
  return Ok();
}

}  // namespace

LambdaRuntime::LambdaRuntime(std::string api, Log& log)
    : base_("http://" + std::move(api) + "/2018-06-01/runtime/"), log_(log) {}

Fault LambdaRuntime::Run(const InvocationHandler& handler, const AfterAnswer& after) {
  while (true) {
    Result<Invocation> invocation = Next();
    if (!invocation.ok()) return invocation.fault();
    const Result<std::string> answer = Handle(handler, *invocation);
    if (!answer.ok()) {
      log_.Error(
          "invocation_failed",
          {{"request", invocation->request_id}, {"fault", Name(answer.fault().kind)}, {"text", answer.fault().text}});
    }
    if (Result<void> told = Answer(*invocation, answer); !told.ok()) return told.fault();
    if (const Result<void> gone_on = GoOn(after, *invocation); !gone_on.ok()) {
      log_.Error("not_gone_on", {{"request", invocation->request_id}, {"text", gone_on.fault().text}});
    }
  }
}

Result<void> LambdaRuntime::ReportInitError(const Fault& fault) { return PostError("init/error", fault); }

Result<Invocation> LambdaRuntime::Next() {
  net::ClientRequest request;
  request.url = base_ + "invocation/next";
  request.connect_timeout = std::chrono::seconds(1);
  request.timeout = Duration(0);  // the next event may come in a day, and the process is frozen meanwhile
  request.max_answer = kMaxEvent;
  TR_ASSIGN(net::HttpResponse response, client_.Send(request));
  Invocation invocation{std::string(response.headers.Get("Lambda-Runtime-Aws-Request-Id")), DeadlineIn(response),
                        std::string(response.headers.Get("Lambda-Runtime-Trace-Id")),
                        std::string(response.headers.Get("Lambda-Runtime-Invoked-Function-Arn")),
                        std::move(response.body)};
  if (response.status != 200 || invocation.request_id.empty()) {
    return Permanent("the Lambda Runtime API gives no event but " + std::to_string(response.status));
  }
  // Who does not know when it ends would begin nothing, or be killed half-way.
  if (invocation.deadline == Time{}) return Permanent("the Lambda Runtime API gives an event without a deadline");
  return invocation;
}

Result<void> LambdaRuntime::Answer(const Invocation& invocation, const Result<std::string>& answer) {
  const std::string path = "invocation/" + net::PercentEncode(invocation.request_id);
  if (!answer.ok()) return PostError(path + "/error", answer.fault());
  if (answer->size() > kMaxPayload) return PostError(path + "/error", Permanent("the answer is larger than 6 MB"));
  TR_ASSIGN(const int status, Post(path + "/response", *answer, ""));
  if (status < 300) return Ok();
  log_.Error("answer_refused", {{"request", invocation.request_id}, {"status", status}});
  return PostError(path + "/error", Permanent("Lambda refused the answer with " + std::to_string(status)));
}

// "Container error. Non-recoverable state. Runtime should exit promptly." is what a 500 means; after any other refusal
// the invocation is over all the same and the next one can be asked for.
Result<void> LambdaRuntime::PostError(const std::string& path, const Fault& fault) {
  const std::string kind(Name(fault.kind));
  const std::string body =
      json::serialize(json::object{{"errorMessage", fault.text}, {"errorType", kind}, {"stackTrace", json::array{}}});
  TR_ASSIGN(const int status, Post(path, body, "Function." + kind));
  if (status >= 500) return Permanent("the Lambda Runtime API is broken: " + std::to_string(status));
  return Ok();
}

Result<int> LambdaRuntime::Post(const std::string& path, std::string body, std::string_view error_type) {
  net::ClientRequest request;
  request.method = "POST";
  request.url = base_ + path;
  request.headers = {{"Content-Type", "application/json"}};
  if (!error_type.empty()) request.headers.Add("Lambda-Runtime-Function-Error-Type", std::string(error_type));
  request.body = std::move(body);
  request.connect_timeout = std::chrono::seconds(1);
  TR_ASSIGN(const net::HttpResponse response, client_.Send(request));
  return response.status;
}

}  // namespace tr::aws
