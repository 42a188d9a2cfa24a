// Any bytes as the configuration: settings within their ranges, or what is wrong.

#include "fuzz_target.h"
#include "net/listen_address.h"
#include "wiring/config.h"

TR_FUZZ_TARGET(config) {
  (void)tr::net::ParseListenAddress(input);
  const auto config = tr::wiring::ParseConfig(input, {});
  if (!config) return tr::fuzz::Require(!config.fault().text.empty());
  tr::fuzz::Require(config->work.workers >= 1 && config->work.workers <= 64);
  tr::fuzz::Require(config->digest.hour >= 0 && config->digest.hour < 24);
}
