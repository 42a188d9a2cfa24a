#include "lambda/tick_function.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <thread>
#include <utility>

#include "lambda/shelf_watch.h"
#include "wiring/announce.h"

namespace tr::lambda {
namespace {

namespace json = boost::json;

constexpr int kAtOnce = 64;
// Longer than any channel's pace: what waits for its turn may go by then.
constexpr Duration kTurn = std::chrono::milliseconds(1500);
// Left for storing what became of the last deliveries.
constexpr Duration kMargin = std::chrono::seconds(10);
// No more often: SQS keeps each copy.
constexpr auto kRequeueEvery = std::chrono::minutes(10);

class Tick : public Function {
 public:
  Tick(wiring::App& app, std::function<void(Duration)> pause) : app_(app), shelf_(app), pause_(std::move(pause)) {}

  Result<std::string> Handle(const aws::Event& event, const aws::Invocation& invocation) override {
    const auto* schedule = std::get_if<aws::Schedule>(&event);
    if (schedule == nullptr) return Invalid("the function \"tick\" takes a schedule");
    const Result<void> looked = shelf_.Look();
    if (schedule->job == "sweep") return Sweep(looked);
    TR_TRY(looked);
    if (schedule->job == "digest") return Digest();
    return Minute(invocation.deadline);
  }

 private:
  Result<std::string> Minute(Time deadline) {
    const Result<int> requeued = Requeue();
    TR_ASSIGN(const int delivered, Deliver(deadline));
    TR_TRY(requeued);
    return json::serialize(json::object{{"requeued", *requeued}, {"delivered", delivered}});
  }

  // Who ticks has no memory from one minute to the next; the clock has.
  Result<int> Requeue() {
    const auto minute = std::chrono::floor<std::chrono::minutes>(app_.ports().clock.Now());
    if (minute.time_since_epoch() % kRequeueEvery != std::chrono::minutes(0)) return 0;
    return pipeline::RequeueUnhandled(app_.sweep_ports(), app_.sweep_settings().unhandled_after);
  }

  // Until nothing is due any more, or the time is nearly over: then the next minute goes on.
  Result<int> Deliver(Time deadline) {
    int delivered = 0;
    while (true) {
      TR_ASSIGN(const int tried, app_.outbox().DeliverDue(kAtOnce, {}, deadline - kMargin));
      delivered += tried;
      if (tried == 0 || app_.ports().clock.Now() + kTurn > deadline - kMargin) return delivered;
      pause_(kTurn);
    }
  }

  // Retention waits for no book; a ticket that ends without one only keeps its card as it is.
  Result<std::string> Sweep(const Result<void>& looked) {
    if (!looked) app_.ports().log.Warning("no_rules", {{"trouble", looked.fault().text}});
    TR_ASSIGN(const pipeline::Swept swept, pipeline::Sweep(app_.sweep_ports(), app_.sweep_settings()));
    return json::serialize(
        json::object{{"requeued", swept.requeued}, {"finished", swept.finished}, {"erased", swept.erased}});
  }

  Result<std::string> Digest() {
    TR_TRY(wiring::SendDigest(app_, app_.ports().clock.Now()));
    return std::string("{}");
  }

  wiring::App& app_;
  ShelfWatch shelf_;
  const std::function<void(Duration)> pause_;
};

}  // namespace

std::unique_ptr<Function> TickFunction(wiring::App& app, std::function<void(Duration)> pause) {
  return std::make_unique<Tick>(app, std::move(pause));
}

std::unique_ptr<Function> TickFunction(wiring::App& app) {
  return TickFunction(app, [](Duration time) { std::this_thread::sleep_for(time); });
}

}  // namespace tr::lambda
