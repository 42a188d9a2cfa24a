#include "lambda/shelf_watch.h"

namespace tr::lambda {

Result<void> ShelfWatch::Look() {
  const Time now = app_.ports().clock.Now();
  const bool has_book = app_.rules().book() != nullptr;
  if (has_book && look_again_ && now < *look_again_) return Ok();
  const Result<void> looked = app_.rules().LoadShelf();
  if (!looked && !has_book) return looked.fault().kind == FaultKind::kNotFound ? FirstBook() : looked;
  if (!looked) app_.ports().log.Warning("rules_not_looked_for", {{"trouble", looked.fault().text}});
  look_again_ = now + every_;
  return Ok();
}

// Nothing was ever taken from the manager: whoever comes first does it.
Result<void> ShelfWatch::FirstBook() {
  TR_TRY(app_.LoadRules());
  return Ok();
}

}  // namespace tr::lambda
