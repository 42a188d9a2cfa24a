#pragma once
// What a program's environment says to this one.

#include "wiring/config.h"

namespace tr::wiring {

// `entries`: "NAME=value" each, ended by null: what every program finds in environ.
Environment ReadEnvironment(const char* const* entries);

}  // namespace tr::wiring
