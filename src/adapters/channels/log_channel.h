#pragma once
// The channel of an installation that has no other yet: what a team would be told becomes a line of the log, without a
// customer's words.

#include <string>

#include "base/log.h"
#include "handoff/channel.h"

namespace tr::channels {

class LogChannel : public handoff::Channel {
 public:
  explicit LogChannel(Log& log) : log_(log) {}

  // Never fails.
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override;

 private:
  Log& log_;
};

}  // namespace tr::channels
