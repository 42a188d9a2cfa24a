#pragma once
// Where the manager writes the rules: a folder here, or one in Google Drive.

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "rules/shelf.h"

namespace tr::wiring {

// The settings of [drive]; without a folder's id the rules stand in a folder of files.
struct DriveConfig {
  std::string folder;      // its id: the last part of its URL
  std::string key_file;    // of the service account, JSON; mode 0600
  std::string url;         // instead of Google's own: a gateway
  int every_minutes = 15;  // how often Drive is asked, 1 to 1440
};

class RulesPlace {
 public:
  // kInvalid, kNotFound: the key file cannot be read, or is none. `clock` outlives it.
  static Result<std::unique_ptr<RulesPlace>> Make(const std::string& rules_dir, const DriveConfig& drive,
                                                  const Clock& clock);
  virtual ~RulesPlace() = default;

  virtual rules::RuleSource& source() = 0;
  // Whether it is worth loading again. Cheap; asked twice a second by one thread.
  virtual bool MayHaveChanged() = 0;
  // Rewrites the pieces, all of them or none. kInvalid: they are written elsewhere; else as the place says.
  virtual Result<void> Write(const rules::RuleFiles& files) = 0;
};

}  // namespace tr::wiring
