#pragma once
// Erases a customer everywhere.

#include <string>

#include "base/result.h"
#include "wiring/app.h"

namespace tr::wiring {

// Takes the texts, the name and the address of the customer out of every ticket of theirs, and makes the bytes
// unreadable. Returns how many tickets those were. Idempotent: after a fault, call again.
Result<int> Forget(App& app, const std::string& address);

}  // namespace tr::wiring
