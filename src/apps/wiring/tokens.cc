#include "wiring/tokens.h"

#include "base/hash.h"
#include "local/secret_file.h"

namespace tr::wiring {
namespace {

constexpr Duration kPassing = std::chrono::hours(1);

Result<void> LetIn(store::People& people, const std::string& token, const std::string& person, const std::string& role,
                   const std::string& label, Time now, std::optional<Time> expires_at = std::nullopt) {
  return people.Put({ToHex(Sha256(token)), person, role, label, now, expires_at});
}

}  // namespace

Result<std::string> MakeToken(store::People& people, const std::string& person, const std::string& role,
                              const std::string& label, Time now) {
  TR_ASSIGN(std::string token, local::RandomHex());
  TR_TRY(LetIn(people, token, person, role, label, now));
  return token;
}

Result<std::string> MakePassingToken(store::People& people, Time now) {
  TR_ASSIGN(std::string token, local::RandomHex());
  TR_TRY(LetIn(people, token, "admin", "admin", "a command", now, now + kPassing));
  return token;
}

Result<std::string> KeepAdminToken(store::People& people, const std::string& data_dir, Time now) {
  std::string path = data_dir + "/admin.token";
  TR_ASSIGN(const Secret token, local::KeepSecret(path));
  TR_TRY(LetIn(people, token.Reveal(), "admin", "admin", "the first admin", now));
  return path;
}

}  // namespace tr::wiring
