#pragma once
// The loop of a Lambda function: asks for an event, has it handled, answers, and again.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "net/http_client.h"

namespace tr::aws {

// Bytes of an event and of an answer. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
inline constexpr std::size_t kMaxPayload = 6 * 1024 * 1024;

struct Invocation {
  std::string request_id;
  Time deadline{};       // the process is frozen or killed then
  std::string trace;     // X-Ray's header, to be passed on
  std::string function;  // its ARN
  std::string event;     // JSON, as it came
};

// Gives the answer as JSON text; a fault is reported to Lambda, which tries again or not by the event's kind. An
// exception is reported like a fault.
using InvocationHandler = std::function<Result<std::string>(const Invocation&)>;

// Work that nobody waits for: the answer has left, and the process runs on until it asks for the next event or its
// deadline comes.
using AfterAnswer = std::function<void(const Invocation&)>;

// Not thread-safe: one a process.
class LambdaRuntime {
 public:
  // `api`: AWS_LAMBDA_RUNTIME_API, "127.0.0.1:9001". `log` outlives it.
  LambdaRuntime(std::string api, Log& log);

  // Handles events until Lambda ends the process, which is without a word. Returns only where the Runtime API fails,
  // with what to exit with an error for: Lambda then starts a new process. Lets no exception out. Logs no event and no
  // answer: they hold customers' words. `after` (empty: none) is called after each answer that Lambda took.
  Fault Run(const InvocationHandler& handler, const AfterAnswer& after = {});

  // The function cannot begin (settings, rights): to be told before the first Run, and then to exit.
  Result<void> ReportInitError(const Fault& fault);

 private:
  Result<Invocation> Next();
  Result<void> Answer(const Invocation& invocation, const Result<std::string>& answer);
  Result<int> Post(const std::string& path, std::string body, std::string_view error_type);
  Result<void> PostError(const std::string& path, const Fault& fault);

  const std::string base_;
  Log& log_;
  net::HttpClient client_;
};

}  // namespace tr::aws
