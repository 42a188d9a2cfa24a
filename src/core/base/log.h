#pragma once
// Structured log lines: an event's name and typed fields. A field cannot hold a customer's words or a secret in the
// clear, because the only ways to put them in print "[redacted]".

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/redact.h"
#include "base/result.h"

namespace tr {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// One field: its name and its value, ready to print as a JSON member.
class LogField {
 public:
  LogField(std::string_view name, std::string_view value) : name_(name), value_(std::string(value)) {}
  LogField(std::string_view name, const char* value) : LogField(name, std::string_view(value)) {}
  LogField(std::string_view name, const std::string& value) : LogField(name, std::string_view(value)) {}
  LogField(std::string_view name, bool value) : name_(name), value_(value) {}
  LogField(std::string_view name, double value) : name_(name), value_(value) {}
  LogField(std::string_view name, int value) : name_(name), value_(std::int64_t{value}) {}
  LogField(std::string_view name, std::int64_t value) : name_(name), value_(value) {}
  LogField(std::string_view name, std::uint64_t value) : name_(name), value_(static_cast<std::int64_t>(value)) {}
  LogField(std::string_view name, const CustomerText&) : LogField(name, "[redacted]") {}
  LogField(std::string_view name, const Secret&) : LogField(name, "[redacted]") {}

  using Value = std::variant<std::string, bool, double, std::int64_t>;
  std::string_view name() const { return name_; }
  const Value& value() const { return value_; }

 private:
  std::string_view name_;
  Value value_;
};

class Log {
 public:
  virtual ~Log() = default;
  // Thread-safe; one line; never fails and never blocks on anything but the sink.
  virtual void Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) = 0;

  void Debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kDebug, event, fields);
  }
  void Info(std::string_view event, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kInfo, event, fields);
  }
  void Warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kWarning, event, fields);
  }
  void Error(std::string_view event, std::initializer_list<LogField> fields = {}) {
    Write(LogLevel::kError, event, fields);
  }
};

// The line that stands for the event, without a line break: {"time","level","event",fields…}.
std::string FormatLogLine(std::string_view rfc3339_time, LogLevel level, std::string_view event,
                          std::initializer_list<LogField> fields);

}  // namespace tr
