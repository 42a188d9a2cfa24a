#pragma once
// One installation and how the outside world meets it: the embedded one, or the one of Lambda functions on AWS. The
// same story told to both gives the same receipts.

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "api/api.h"
#include "contract/fake_slack.h"
#include "contract/folder.h"
#include "lambda/function.h"
#include "net/raw_client.h"
#include "testing/counting_ids.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"
#include "way/installation.h"
#include "wiring/app.h"

namespace tr::way {

// The example rules of tests/data.
rules::RuleFiles ExampleRules();

class Side {
 public:
  Side();
  virtual ~Side() = default;

  // A mail comes in under the name that its carrier gave it. False: the carrier has to come again.
  virtual bool Mail(const std::string& name, const std::string& raw) = 0;
  virtual net::HttpResponse Web(const net::HttpRequest& request) = 0;
  // Until the queue is empty.
  virtual void Work() = 0;
  // What a minute brings: what is due, and what fell between two writes.
  virtual void Tick() = 0;

  // A request of somebody who may do everything.
  net::HttpResponse Ask(const std::string& method, const std::string& path, const boost::json::value& body = nullptr,
                        net::Headers headers = {});
  boost::json::value Get(const std::string& path);
  boost::json::value Ticket(const std::string& id) { return Get("/api/v1/tickets/" + id); }
  // Ids of the newest tickets, oldest first.
  std::vector<std::string> Tickets(int limit = 200);

  testing::ManualClock clock;
  testing::CountingIds ids;
  testing::RecordingLog log;
  contract::FakeSlack slack{clock, true};

 protected:
  wiring::World world() {
    return {clock, ids, log, [] { return 0.5; }};
  }
  std::string settings() const;
  // Lets the administrator of Ask in.
  void LetIn(wiring::App& app);

 private:
  net::TestServer slack_server_;
};

class EmbeddedSide : public Side {
 public:
  EmbeddedSide();
  bool Mail(const std::string& name, const std::string& raw) override;
  net::HttpResponse Web(const net::HttpRequest& request) override { return api_->Handle(request); }
  void Work() override;
  void Tick() override;

 private:
  contract::Folder folder_;
  std::unique_ptr<wiring::App> app_;
  std::unique_ptr<api::Api> api_;
};

class LambdaSide : public Side {
 public:
  LambdaSide();
  bool Mail(const std::string& name, const std::string& raw) override;
  net::HttpResponse Web(const net::HttpRequest& request) override;
  void Work() override;
  void Tick() override;

  // Lambda ends the processes and starts new ones with the next event.
  void StartAnew() { processes_.clear(); }

  // Calls the function with the event, once: the answer, or the fault by which Lambda calls again.
  Result<std::string> Call(const std::string& function, const std::string& event);

  // When the last call had its answer.
  Time answered_at() const { return answered_at_; }

  // The same installation as somebody beside the functions sees it.
  wiring::Ports& beside() { return beside_->ports(); }

  Installation installation{clock, ExampleRules()};
  Duration function_time = std::chrono::minutes(2);  // that Lambda gives each call

 private:
  // A process of its own for each function, as Lambda has it.
  struct Process {
    std::unique_ptr<wiring::App> app;
    std::unique_ptr<lambda::Function> function;
  };
  Result<std::unique_ptr<wiring::App>> OpenApp();
  Result<lambda::Function*> ProcessOf(const std::string& function);

  std::map<std::string, Process> processes_;
  Time answered_at_{};
  std::unique_ptr<wiring::App> beside_;
};

}  // namespace tr::way
