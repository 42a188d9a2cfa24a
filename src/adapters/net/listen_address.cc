#include "net/listen_address.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <optional>

namespace tr::net {
namespace {

namespace ip = boost::asio::ip;

std::optional<std::uint16_t> ParsePort(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

std::optional<ip::address> ParseAddress(std::string_view text) {
  if (text.empty()) return ip::address_v6::any();
  if (text == "localhost") return ip::address_v4::loopback();
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (bracketed) text = text.substr(1, text.size() - 2);
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  // A bare IPv6 address would leave it open where the port begins.
  if (error || address.is_v6() != bracketed) return std::nullopt;
  return address;
}

}  // namespace

Result<ip::tcp::endpoint> ParseListenAddress(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) {
    const auto address = ParseAddress(text.substr(0, colon));
    const auto port = ParsePort(text.substr(colon + 1));
    if (address && port) return ip::tcp::endpoint(*address, *port);
  }
  return Invalid("cannot listen on \"" + std::string(text) +
                 "\": write ADDRESS:PORT, for example 127.0.0.1:8080, [::1]:8080 or :8080");
}

}  // namespace tr::net
