#pragma once
// The book in force where another process takes new ones from the manager: looked for on the shelf once a minute.

#include <optional>

#include "base/result.h"
#include "wiring/app.h"

namespace tr::lambda {

class ShelfWatch {
 public:
  // `app` outlives it.
  explicit ShelfWatch(wiring::App& app) : app_(app) {}

  // Called before each event. Afterwards a book is in force, a minute old at most. Where the shelf does not answer, the
  // book that is there stays. kTransient, kInvalid, kNotFound: there is none yet, and none can be had.
  Result<void> Look();

 private:
  Result<void> FirstBook();

  wiring::App& app_;
  std::optional<Time> look_again_;
};

}  // namespace tr::lambda
