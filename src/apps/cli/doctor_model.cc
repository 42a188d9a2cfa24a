// `doctor` on the model that reads tickets.

#include "cli/doctor.h"
#include "wiring/wire_reader.h"
#include "wiring/world.h"

namespace tr::cli {

void CheckModel(Examined& examined) {
  const wiring::SystemClock clock;
  wiring::JsonLog log(2, LogLevel::kError, clock);
  const wiring::Config& config = examined.config;
  std::string trouble = wiring::TroubleWithModel(config.reader, {nullptr, nullptr, clock, log, config.variables});
  if (!trouble.empty()) examined.found.push_back(std::move(trouble));
}

}  // namespace tr::cli
