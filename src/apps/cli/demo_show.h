#pragma once
// The demo's course: the tickets one after the other, the misroute and its correction, news of the rules, the end.

#include <chrono>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/demo_attention.h"
#include "cli/demo_feed.h"
#include "cli/demo_lesson.h"
#include "cli/demo_lines.h"
#include "wiring/app.h"

namespace tr::cli {

struct ShowOptions {
  std::chrono::milliseconds pace{1000};  // between two tickets; 0: as fast as they land
  bool once = false;                     // ends with the last ticket
  Paper paper;
};

class Show {
 public:
  // `news` gives what was announced of the rules since it was asked last.
  Show(wiring::App& app, Feed& feed, Attention& attention, std::function<std::vector<std::string>()> news,
       std::ostream& out, ShowOptions options);

  // Returns at the end. Faults: those of the feed.
  Result<void> Run(const std::vector<Sample>& samples);

 private:
  bool WaitFor(std::chrono::milliseconds span);
  void Hear();
  void TellNews();
  void Invite();
  void Correct(const std::string& who);
  Result<void> Give(const Sample& sample);
  void TellMore(const Sample& sample, const Fed& fed);
  void Say(Ink ink, const std::string& text);

  wiring::App& app_;
  Feed& feed_;
  Attention& attention_;
  std::function<std::vector<std::string>()> news_;
  std::ostream& out_;
  ShowOptions options_;
  Lesson lesson_;
  bool stopped_ = false;
};

}  // namespace tr::cli
