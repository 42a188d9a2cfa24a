#pragma once
// The tick with its pause handed in. Internal to lambda/ and its tests.

#include <functional>
#include <memory>

#include "lambda/function.h"

namespace tr::lambda {

// `pause` returns after so long.
std::unique_ptr<Function> TickFunction(wiring::App& app, std::function<void(Duration)> pause);

}  // namespace tr::lambda
