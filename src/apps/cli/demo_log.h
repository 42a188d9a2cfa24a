#pragma once
// The demo's log: lines go to a file in the throw-away folder; what is announced of the rules is kept for the terminal.

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"

namespace tr::cli {

class DemoLog : public Log {
 public:
  explicit DemoLog(Log& lines) : lines_(lines) {}

  void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override {
    lines_.Write(level, event, fields);
    if (event != "rules") return;
    const std::lock_guard lock(mutex_);
    for (const LogField& field : fields) {
      const auto* told = std::get_if<std::string>(&field.value());
      if (field.name() == "told" && told != nullptr) news_.push_back(*told);
    }
  }

  // What came since the last call.
  std::vector<std::string> TakeNews() {
    const std::lock_guard lock(mutex_);
    return std::exchange(news_, {});
  }

 private:
  Log& lines_;
  std::mutex mutex_;
  std::vector<std::string> news_;
};

}  // namespace tr::cli
