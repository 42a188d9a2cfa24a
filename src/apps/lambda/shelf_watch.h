#pragma once
// The book in force where another process takes new ones from the manager: looked for on the shelf every so often.

#include <optional>

#include "base/result.h"
#include "wiring/app.h"

namespace tr::lambda {

class ShelfWatch {
 public:
  // `app` outlives it.
  explicit ShelfWatch(wiring::App& app, Duration every = std::chrono::minutes(1)) : app_(app), every_(every) {}

  // Called before each event. Afterwards a book is in force that was the newest `every` ago. Where the shelf does not
  // answer, the book that is there stays. kTransient, kInvalid, kNotFound: there is none yet, and none can be had.
  Result<void> Look();

 private:
  Result<void> FirstBook();

  wiring::App& app_;
  const Duration every_;
  std::optional<Time> look_again_;
};

}  // namespace tr::lambda
