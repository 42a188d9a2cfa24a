#pragma once
// An installation with the demo's rules in a folder of its own, worked by hand: no thread, no waiting.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/demo_assets.h"
#include "cli/demo_feed.h"
#include "local/local_test_folder.h"
#include "pipeline/work.h"
#include "testing/counting_ids.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"
#include "wiring/app.h"

namespace tr::cli {

inline double HalfChance() { return 0.5; }

class DemoWorld {
 public:
  DemoWorld() {
    std::filesystem::create_directories(rules_dir());
    for (const DemoFile& file : DemoRules()) folder_.Write("rules/" + std::string(file.name), std::string(file.bytes));
    wiring::Config config;
    config.data_dir = folder_.File("data");
    config.rules_dir = rules_dir();
    config.mail.addresses = {"help@shop.example"};
    config.mail.domains = {"shop.example"};
    config.mail.trusted_servers = {"mx.shop.example"};
    Result<std::unique_ptr<wiring::App>> opened =
        wiring::App::Open(config, {clock, ids, log, HalfChance}, wiring::Role::kServe);
    EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.fault().text);
    app_ = *std::move(opened);
    const Result<rules::SyncReport> loaded = app_->LoadRules();
    EXPECT_TRUE(loaded.ok()) << (loaded ? "" : loaded.fault().text);
    feed_ = std::make_unique<Feed>(*app_, [this](const std::string&, int) { return WorkAll(); });
  }

  wiring::App& app() { return *app_; }
  Feed& feed() { return *feed_; }
  std::string rules_dir() const { return folder_.File("rules"); }

  // Everything that waits, one second after the last time.
  Result<void> WorkAll() {
    clock.Advance(std::chrono::seconds(1));
    pipeline::WorkOptions options;
    options.wait = Duration(0);
    const auto deliver = [this](std::vector<handoff::Outgoing> begun) { app_->Deliver(std::move(begun)); };
    while (true) {
      TR_ASSIGN(const int worked,
                pipeline::WorkBatch(app_->ports().queue, app_->process(), options, deliver, HalfChance, log));
      if (worked == 0) return Ok();
    }
  }

  testing::ManualClock clock;
  testing::CountingIds ids;
  testing::RecordingLog log;

 private:
  local::TestFolder folder_;
  std::unique_ptr<wiring::App> app_;
  std::unique_ptr<Feed> feed_;
};

}  // namespace tr::cli
