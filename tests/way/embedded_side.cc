#include "intake/mail_lane.h"
#include "pipeline/work.h"
#include "way/side.h"

namespace tr::way {

using contract::Must;

EmbeddedSide::EmbeddedSide() {
  wiring::Environment environment;
  environment.form_secret = kFormSecret;
  environment.slack_token = "xoxb-for-tests";
  environment.slack_signing_secret = "signing";
  environment.variables = contract::ReadEnvironment();
  wiring::Config config = Must(
      wiring::ParseConfig(settings() + "[chat.widget]\nsecret = \"" + std::string(kChatSecret) + "\"\n", environment));
  config.data_dir = folder_.path() + "/data";
  config.rules_dir = std::string(getenv("TR_SOURCE")) + "/tests/data/rules-example";
  app_ = Must(wiring::App::Open(config, world(), wiring::Role::kServe));
  Must(app_->LoadRules());
  LetIn(*app_);
  api_ = std::make_unique<api::Api>(*app_);
}

bool EmbeddedSide::Mail(const std::string&, const std::string& raw) {
  const rules::RuleBookPtr book = app_->rules().book();
  return app_->gate().Accept(Must(intake::ReadMail(raw, app_->mail_settings(), book.get()))).ok();
}

void EmbeddedSide::Work() {
  pipeline::WorkOptions options;
  options.wait = Duration(0);
  const auto deliver = [this](std::vector<handoff::Outgoing> begun) { app_->Deliver(std::move(begun)); };
  while (Must(pipeline::WorkBatch(app_->ports().queue, app_->process(), options, deliver, world().chance, log)) > 0) {
  }
}

void EmbeddedSide::Tick() {
  while (Must(app_->outbox().DeliverDue(64)) > 0) clock.Advance(std::chrono::milliseconds(1500));
}

}  // namespace tr::way
