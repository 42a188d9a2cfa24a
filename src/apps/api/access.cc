#include "api/access.h"

#include "base/hash.h"
#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::api {
namespace {

Right RightOf(std::string_view role) {
  if (role == "admin") return Right::kAdmin;
  if (role == "lead" || role == "agent") return Right::kAct;
  return Right::kView;
}

// Without the port; an IPv6 address keeps its brackets.
std::string_view NameOf(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && bracket > colon)) return host;
  return host.substr(0, colon);
}

bool IsOurs(const wiring::HttpConfig& config, std::string_view host) {
  const std::string_view name = NameOf(host);
  for (const std::string_view known :
       {std::string_view("localhost"), std::string_view("127.0.0.1"), std::string_view("[::1]")}) {
    if (EqualsIgnoreCaseAscii(name, known)) return true;
  }
  return EqualsIgnoreCaseAscii(name, NameOf(config.listen)) ||
         EqualsIgnoreCaseAscii(host, net::AuthorityOf(config.base_url));
}

}  // namespace

std::string TokenDigest(std::string_view token) { return ToHex(Sha256(token)); }

Result<std::optional<Caller>> FindCaller(wiring::App& app, const net::HttpRequest& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.headers.Get("Authorization");
  if (!header.starts_with(kBearer)) return std::optional<Caller>{};
  const std::string digest = TokenDigest(Trim(header.substr(kBearer.size())));
  TR_ASSIGN(const std::optional<store::Access> access, app.ports().people.Find(digest, app.ports().clock.Now()));
  if (!access) return std::optional<Caller>{};
  Caller caller{RightOf(access->role), access->person};
  const rules::RuleBookPtr book = app.rules().book();
  // What the sheet said of a person may have changed since the token was made: without a sheet nobody acts by theirs.
  // An administrator can always come and mend the rules.
  if (caller.right != Right::kAdmin) {
    caller.right = book != nullptr ? RightOf(book->RoleOf(access->person)) : Right::kView;
  }
  const std::string acting = ToLowerAscii(Trim(request.headers.Get("X-Acting-Person")));
  if (caller.right == Right::kAdmin && !acting.empty() && book != nullptr && !book->RoleOf(acting).empty()) {
    caller.person = acting;
  }
  return std::optional<Caller>(std::move(caller));
}

bool ComesFromHere(const wiring::Config& config, const net::HttpRequest& request) {
  if (!IsOurs(config.http, request.headers.Get("Host"))) return false;
  const std::string_view origin = request.headers.Get("Origin");
  return origin.empty() || net::AuthorityOf(origin) == request.headers.Get("Host") ||
         IsOurs(config.http, net::AuthorityOf(origin));
}

}  // namespace tr::api
