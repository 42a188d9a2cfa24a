#include <algorithm>
#include <utility>

#include "aws/blobs.h"
#include "intake/mail_lane.h"
#include "lambda/function.h"
#include "lambda/shelf_watch.h"

namespace tr::lambda {
namespace {

// What SES writes when the rule is made.
constexpr std::string_view kSetupNote = "AMAZON_SES_SETUP_NOTIFICATION";
// Only the people of the book matter here, who come and go slowly; a look is a call for each mail where mails are rare.
constexpr Duration kShelfEvery = std::chrono::minutes(15);

class Mail : public Function {
 public:
  explicit Mail(wiring::App& app) : app_(app), shelf_(app, kShelfEvery) {}

  Result<std::string> Handle(const aws::Event& event, const aws::Invocation&) override {
    // A known person's mail is told from a customer's by the book; without one nobody is known, and a customer's mail
    // must not wait for the manager.
    if (const Result<void> looked = shelf_.Look(); !looked) {
      if (looked.fault().kind == FaultKind::kTransient) return looked.fault();
      app_.ports().log.Warning("no_rules", {{"trouble", looked.fault().text}});
    }
    if (const auto* objects = std::get_if<aws::S3Event>(&event)) {
      TR_TRY(TakeAll(*objects));
      return std::string("{}");
    }
    const auto* messages = std::get_if<aws::SqsEvent>(&event);
    if (messages == nullptr) return Invalid("the function \"mail\" takes notifications of S3");
    std::vector<std::string> failed;
    for (const aws::SqsRecord& message : *messages) {
      if (const Result<void> taken = TakeNotification(message.body); !taken) {
        app_.ports().log.Warning("mail_not_taken", {{"message", message.id}, {"trouble", taken.fault().text}});
        failed.push_back(message.id);
      }
    }
    return aws::WriteBatchFailures(failed);
  }

 private:
  Result<void> TakeNotification(std::string_view body) {
    TR_ASSIGN(const aws::S3Event objects, aws::ParseS3Notification(body));
    return TakeAll(objects);
  }

  // All are tried; one that fails must not keep the others away. Taking one again changes nothing.
  Result<void> TakeAll(const aws::S3Event& objects) {
    Result<void> outcome = Ok();
    for (const aws::S3Record& object : objects) {
      if (Result<void> taken = Take(object); !taken) outcome = std::move(taken);
    }
    return outcome;
  }

  Result<void> Take(const aws::S3Record& object) {
    if (object.bucket != app_.config().aws.mail_bucket || !object.key.starts_with(aws::kReceivedMail)) {
      return Invalid("this is no mail: SES lays it into mail/ of the mail bucket");
    }
    if (object.key.ends_with(kSetupNote)) return Ok();
    TR_ASSIGN(std::string raw, app_.ports().originals.Get(object.key));
    const rules::RuleBookPtr book = app_.rules().book();
    TR_ASSIGN(intake::Arrival arrival, intake::ReadMail(std::move(raw), app_.mail_settings(), book.get()));
    // It stands there already, and stays there as the original.
    raw = std::exchange(arrival.original, "");
    arrival.original_at = object.key;
    TR_ASSIGN(const intake::Accepted accepted, app_.gate().Accept(std::move(arrival)));
    return accepted.was_known ? LeaveToVacuum(accepted, object.key, raw) : Ok();
  }

  // The same mail came before: as this object, whose event came twice, or as another one. Then nobody names this one,
  // and a row of its own makes it be found as such.
  Result<void> LeaveToVacuum(const intake::Accepted& accepted, const std::string& key, std::string_view raw) {
    TR_ASSIGN(const std::vector<Message> messages, app_.ports().tickets.Messages(accepted.ticket));
    const bool named =
        std::any_of(messages.begin(), messages.end(), [&](const Message& message) { return message.original == key; });
    return named ? Ok() : app_.ports().originals.Put(key, raw, app_.ports().clock.Now());
  }

  wiring::App& app_;
  ShelfWatch shelf_;
};

}  // namespace

std::unique_ptr<Function> MailFunction(wiring::App& app) { return std::make_unique<Mail>(app); }

}  // namespace tr::lambda
