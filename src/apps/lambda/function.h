#pragma once
// In: an App and what calls a function of Lambda. Out: the answer as JSON. Never: a decision; a call of AWS that does
// not stand behind a port. Start at: FindFunction; the program is lambda_main.cc.
//
// The five functions are one program; each does one part of what `serve` does with its threads (docs/aws.md).

#include <memory>
#include <string>
#include <string_view>

#include "aws/lambda_events.h"
#include "aws/lambda_runtime.h"
#include "base/result.h"
#include "wiring/app.h"

namespace tr::lambda {

// One at a time, as Lambda calls it.
class Function {
 public:
  virtual ~Function() = default;
  // A fault makes Lambda call again, by the rules of whatever sent the event. kInvalid: an event of another kind.
  virtual Result<std::string> Handle(const aws::Event& event, const aws::Invocation& invocation) = 0;
  // What nobody waits for, once the answer has left. It ends before the invocation's deadline.
  virtual void AfterAnswer(const aws::Invocation&) {}
};

// "mail", "work", "web", "tick", "drive-sync". Null: there is no such function. `app` outlives it.
std::unique_ptr<Function> FindFunction(std::string_view name, wiring::App& app);

// mail_function.cc: mail that SES laid into the bucket goes through the mail lane and the gate. Takes S3's events, and
// the same as messages of a queue; of a queue, those that failed are named and come again.
std::unique_ptr<Function> MailFunction(wiring::App& app);
// work_function.cc: items of the queue go as far as they go; what landed is delivered. Those that are not done are
// named and come again, when the queue's arithmetic says.
std::unique_ptr<Function> WorkFunction(wiring::App& app);
// web_function.cc: a request to the function's URL is answered as `serve` answers it; what it begins to deliver follows
// after the answer.
std::unique_ptr<Function> WebFunction(wiring::App& app);
// tick_function.cc: by the event's "job": "tick" (every minute: what is due, what fell between two writes), "sweep"
// (once a night: what is over), "digest" (once a week).
std::unique_ptr<Function> TickFunction(wiring::App& app);
// drive_sync_function.cc: takes the rules from where the manager writes them, and tells triage what changed.
std::unique_ptr<Function> DriveSyncFunction(wiring::App& app);

}  // namespace tr::lambda
