#pragma once
// Where a server listens, as a person writes it.

#include <boost/asio/ip/tcp.hpp>
#include <string_view>

#include "base/result.h"

namespace tr::net {

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080", or ":8080" for every address of the machine.
// kInvalid: anything else.
Result<boost::asio::ip::tcp::endpoint> ParseListenAddress(std::string_view text);

}  // namespace tr::net
