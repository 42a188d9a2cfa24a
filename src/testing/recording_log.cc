#include "testing/recording_log.h"

#include <algorithm>

namespace tr::testing {
namespace {

struct AsText {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(double number) const { return std::to_string(number); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
};

bool Has(const std::string& where, std::string_view text) { return where.find(text) != std::string::npos; }

bool Has(const LogLine& line, std::string_view text) {
  return Has(line.event, text) || std::ranges::any_of(line.fields, [&](const auto& field) {
           return Has(field.first, text) || Has(field.second, text);
         });
}

}  // namespace

void RecordingLog::Write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  LogLine line{level, std::string(event), {}};
  for (const LogField& field : fields) {
    line.fields.emplace(field.name(), std::visit(AsText{}, field.value()));
  }
  const std::lock_guard lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<LogLine> RecordingLog::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

std::size_t RecordingLog::Count(std::string_view event) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::ranges::count_if(lines_, [&](const LogLine& line) { return line.event == event; }));
}

bool RecordingLog::Contains(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(lines_, [&](const LogLine& line) { return Has(line, text); });
}

}  // namespace tr::testing
