#pragma once
// Who may come in: bearer tokens, and the checks of Host and Origin that keep other sites' pages out.

#include <optional>
#include <string>
#include <string_view>

#include "api/context.h"

namespace tr::api {

// The caller of a bearer token; nothing: no token, an unknown or an expired one. An admin may act for a known person by
// the header X-Acting-Person. For an address the sheet's role counts, not the token's; while no book is in force all
// but an admin only look.
Result<std::optional<Caller>> FindCaller(wiring::App& app, const net::HttpRequest& request);

// Whether Host names this installation (the listen address, a loopback name, or base_url's host) and Origin, where
// there is one, is the same. Against DNS rebinding and forged requests from other pages.
bool ComesFromHere(const wiring::Config& config, const net::HttpRequest& request);

// What People keeps of a token.
std::string TokenDigest(std::string_view token);

}  // namespace tr::api
