#pragma once
// A log that keeps its lines, so that a test can ask what was logged and what was not.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/log.h"

namespace tr::testing {

struct LogLine {
  LogLevel level = LogLevel::kInfo;
  std::string event;
  std::map<std::string, std::string> fields;  // values as text: "true", "12", "0.500000"
};

class RecordingLog : public Log {
 public:
  void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override;

  std::vector<LogLine> lines() const;
  // How many lines tell of the event.
  std::size_t Count(std::string_view event) const;
  // Whether the text stands anywhere: in an event, a field's name or its value.
  bool Contains(std::string_view text) const;

 private:
  mutable std::mutex mutex_;
  std::vector<LogLine> lines_;
};

}  // namespace tr::testing
