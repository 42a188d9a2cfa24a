#include "lambda/event_queue.h"
#include "lambda/function.h"
#include "lambda/shelf_watch.h"
#include "pipeline/work.h"
#include "wiring/world.h"

namespace tr::lambda {
namespace {

// A model that answers at its last moment, twice, and the calls around it. What would be begun later might be killed
// half-way, and all that is done by then would come again with it.
constexpr Duration kLongestItem = std::chrono::seconds(50);

class Work : public Function {
 public:
  explicit Work(wiring::App& app) : app_(app), shelf_(app) {}

  Result<std::string> Handle(const aws::Event& event, const aws::Invocation& invocation) override {
    const auto* messages = std::get_if<aws::SqsEvent>(&event);
    if (messages == nullptr) return Invalid("the function \"work\" takes messages of the queue of items");
    // Without a book every item goes back to the queue by itself, and is not tried in vain more often than that.
    if (const Result<void> looked = shelf_.Look(); !looked) {
      app_.ports().log.Warning("no_rules", {{"trouble", looked.fault().text}});
    }
    EventQueue queue(*messages, app_.ports().queue);
    const auto deliver = [this](std::vector<handoff::Outgoing> begun) { app_.Deliver(std::move(begun)); };
    // One at least, or a function of little time would work none.
    do {
      TR_ASSIGN(const int worked,
                pipeline::WorkBatch(queue, app_.process(), {}, deliver, wiring::Chance, app_.ports().log));
      if (worked == 0) return aws::WriteBatchFailures(queue.Failed());
    } while (app_.ports().clock.Now() + kLongestItem < invocation.deadline);
    queue.SendLeftAnew();
    return aws::WriteBatchFailures(queue.Failed());
  }

 private:
  wiring::App& app_;
  ShelfWatch shelf_;
};

}  // namespace

std::unique_ptr<Function> WorkFunction(wiring::App& app) { return std::make_unique<Work>(app); }

}  // namespace tr::lambda
