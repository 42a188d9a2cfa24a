#include "net/response_head.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tr::net {
namespace {

constexpr std::array<std::string_view, 4> kServersOwn = {"content-length", "transfer-encoding", "connection", "date"};

bool IsPrintable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

bool MayStand(std::string_view name, std::string_view value) {
  const bool own = std::any_of(kServersOwn.begin(), kServersOwn.end(),
                               [&](std::string_view field) { return EqualsIgnoreCaseAscii(field, name); });
  return !own && !name.empty() && name.find_first_of(" :\t") == std::string_view::npos && IsPrintable(name) &&
         IsPrintable(value);
}

void AddField(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool StatusHasBody(int status) { return status >= 200 && status != 204 && status != 304; }

std::string FormatResponseHead(const HttpResponse& response, const ResponseFraming& framing) {
  std::string head;
  head.reserve(256);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(StatusText(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (MayStand(name, value)) AddField(head, name, value);
  }
  if (StatusHasBody(response.status) && !response.events) {
    AddField(head, "Content-Length", std::to_string(response.body.size()));
  }
  AddField(head, "Date", framing.date);
  if (!framing.keep_alive) AddField(head, "Connection", "close");
  if (framing.keep_alive && !framing.http11) AddField(head, "Connection", "keep-alive");
  return head += "\r\n";
}

}  // namespace tr::net
