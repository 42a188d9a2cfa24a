#include "net/own_net.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <string>

#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::net {
namespace {

namespace ip = boost::asio::ip;

constexpr std::array<std::string_view, 6> kNetworks = {"127.0.0.0/8",    "10.0.0.0/8",     "172.16.0.0/12",
                                                       "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"};
constexpr std::array<std::string_view, 5> kDomains = {".localhost", ".local", ".internal", ".lan", ".home.arpa"};

// "http://user:word@[::1]:8080/v1" has the host "::1", in lower case.
std::string HostOf(std::string_view url) {
  if (url.find("://") == std::string_view::npos) return "";
  std::string_view host = AuthorityOf(url);
  if (host.starts_with('[')) {
    host = host.substr(1, host.find(']') - 1);
  } else {
    host = host.substr(0, host.find(':'));
  }
  if (host.ends_with('.')) host.remove_suffix(1);
  return ToLowerAscii(host);
}

bool IsOwn(const ip::address_v4& address) {
  return std::any_of(kNetworks.begin(), kNetworks.end(), [&](std::string_view text) {
    const ip::network_v4 network = ip::make_network_v4(std::string(text));
    return ip::make_network_v4(address, network.prefix_length()).canonical() == network;
  });
}

bool IsOwn(const ip::address_v6& address) {
  if (address.is_v4_mapped()) return IsOwn(ip::make_address_v4(ip::v4_mapped, address));
  return address.is_loopback() || address.is_link_local() || (address.to_bytes()[0] & 0xFEU) == 0xFCU;
}

}  // namespace

bool IsInOwnNet(std::string_view url) {
  const std::string host = HostOf(url);
  boost::system::error_code error;
  const ip::address address = ip::make_address(host, error);
  if (!error) return address.is_v4() ? IsOwn(address.to_v4()) : IsOwn(address.to_v6());
  if (!host.empty() && host.find_first_of(".:") == std::string::npos) return true;
  return std::any_of(kDomains.begin(), kDomains.end(), [&](std::string_view domain) { return host.ends_with(domain); });
}

}  // namespace tr::net
