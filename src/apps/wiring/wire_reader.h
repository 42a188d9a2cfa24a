#pragma once
// Which reader stands behind the Reader port, by the settings.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "aws/environment.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "read/embedded/embedded_reader.h"
#include "read/model.h"
#include "read/reader.h"
#include "store/usage.h"
#include "wiring/reader_config.h"

namespace tr::wiring {

struct ReaderWorld {
  store::Corrections* corrections;  // may be null: nothing is learned
  store::Usage* usage;              // null: counted while this lives, and no longer
  const Clock& clock;
  Log& log;
  aws::Environment environment;  // for Bedrock: AWS_…, HOME
};

// The readers of one installation. Thread-safe as the readers are.
class Readers {
 public:
  // Everything that `world` names outlives it. kInvalid: a kind that lacks its model, url or key; says which setting.
  static Result<std::unique_ptr<Readers>> Make(const ReaderConfig& config, const ReaderWorld& world);
  virtual ~Readers() = default;

  virtual read::Reader& configured() = 0;
  virtual read::EmbeddedReader& embedded() = 0;
  // A reading of the configured one may cost money.
  virtual bool costly() const = 0;
  // Null: the embedded reader alone.
  virtual read::Model* model() = 0;
  // For /metrics: names and values.
  virtual std::vector<std::pair<std::string, double>> Figures() const = 0;
};

// For the doctor: whether the configured model answers, by a question of some 150 tokens and 20 s. Empty: it does, or
// none is configured; else one line that says what to do. Costs what such a call costs and is not counted against the
// budget.
std::string TroubleWithModel(const ReaderConfig& config, const ReaderWorld& world);

}  // namespace tr::wiring
