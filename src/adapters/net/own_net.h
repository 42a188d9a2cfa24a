#pragma once
// Whether a URL's server stands here: on this machine or in the same private network.

#include <string_view>

namespace tr::net {

// By the URL's words alone, nobody is asked. Addresses: loopback, link-local, RFC 1918, RFC 6598 (100.64/10, where
// overlay networks are) and RFC 4193 (fc00::/7). Names: localhost, one without a dot, and those below .localhost,
// .local, .internal, .lan and .home.arpa. False for what is no URL.
bool IsInOwnNet(std::string_view url);

}  // namespace tr::net
