#pragma once
// The demo's misroute: noticed, corrected by a human (or, after a while, by the demo in their place), learned from.

#include <chrono>
#include <optional>
#include <string>

#include "cli/demo_feed.h"
#include "wiring/app.h"

namespace tr::cli {

class Lesson {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  explicit Lesson(wiring::App& app) : app_(app) {}

  // Whether the sample went to another team than it belongs to, and waits for a correction from now on.
  bool Notice(const Sample& sample, const Fed& fed, Moment now);

  // Waits for a correction, since Since().
  bool open() const { return !ticket_.empty() && !corrected_; }
  Moment since() const { return since_; }
  // Somebody corrected it, here or elsewhere.
  bool corrected() const { return corrected_; }

  const std::string& topic() const { return topic_; }
  const std::string& team() const { return team_; }          // where it belongs
  const std::string& customer() const { return customer_; }  // whose ticket it is

  // Reassigns it, as the admin; true: another did it meanwhile. REQUIRES: open(). Faults: as correct::Correct::Apply.
  Result<bool> Correct();

 private:
  wiring::App& app_;
  std::string ticket_;
  std::string topic_;
  std::string team_;
  std::string customer_;
  Moment since_{};
  bool corrected_ = false;
};

}  // namespace tr::cli
