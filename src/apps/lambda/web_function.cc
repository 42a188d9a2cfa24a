#include <iterator>
#include <utility>
#include <vector>

#include "api/api.h"
#include "lambda/function.h"
#include "lambda/shelf_watch.h"
#include "net/event_stream.h"

namespace tr::lambda {
namespace {

// Left for storing what became of the last delivery.
constexpr Duration kMargin = std::chrono::seconds(1);

// A function's answer ends; 204 tells an EventSource not to come again.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
net::HttpResponse WithoutStream(net::HttpResponse response) {
  if (response.events == nullptr) return response;
  response.events->Close();
  return net::MakeResponse(204, "text/plain", "");
}

net::HttpResponse TooLarge() {
  return net::ProblemResponse(
      413, "a function may answer 6 MB, and a file grows by a third on the way: this one lies in the ticket's mail");
}

class Web : public Function {
 public:
  explicit Web(wiring::App& app) : app_(app), api_(app), shelf_(app) {
    app_.SetDeliver([this](std::vector<handoff::Outgoing> begun) {
      std::move(begun.begin(), begun.end(), std::back_inserter(begun_));
    });
  }

  Result<std::string> Handle(const aws::Event& event, const aws::Invocation&) override {
    const auto* request = std::get_if<net::HttpRequest>(&event);
    if (request == nullptr) return Invalid("the function \"web\" takes requests to its URL");
    // What needs a book says so itself.
    if (const Result<void> looked = shelf_.Look(); !looked) {
      app_.ports().log.Warning("no_rules", {{"trouble", looked.fault().text}});
    }
    std::string answer = aws::WriteUrlResponse(WithoutStream(api_.Handle(*request)));
    return answer.size() <= aws::kMaxPayload ? answer : aws::WriteUrlResponse(TooLarge());
  }

  // Slack shows an error to whoever clicked three seconds ago, however slow Slack itself is. Dying here leaves rows
  // whose try runs out: `tick` delivers them.
  void AfterAnswer(const aws::Invocation& invocation) override {
    if (!begun_.empty()) app_.outbox().Deliver(std::exchange(begun_, {}), invocation.deadline - kMargin);
  }

 private:
  wiring::App& app_;
  api::Api api_;
  ShelfWatch shelf_;
  std::vector<handoff::Outgoing> begun_;  // by the answer that is being made
};

}  // namespace

std::unique_ptr<Function> WebFunction(wiring::App& app) { return std::make_unique<Web>(app); }

}  // namespace tr::lambda
