#include "aws/secrets.h"

#include <boost/json/value.hpp>

#include "aws/json_fields.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr Duration kKeep = std::chrono::minutes(5);

}  // namespace

Result<Secret> Secrets::Get(std::string_view name) {
  std::lock_guard lock(mutex_);
  const Time now = clock_.Now();
  if (!members_ || now >= ask_again_) {
    Result<Members> fetched = Fetch();
    if (!fetched.ok() && (!members_ || fetched.fault().kind != FaultKind::kTransient)) return fetched.fault();
    if (fetched.ok()) members_ = *std::move(fetched);
    ask_again_ = now + kKeep;
  }
  const auto found = members_->find(name);
  if (found == members_->end()) return NotFound("the secret " + id_ + " has no member \"" + std::string(name) + "\"");
  return found->second;
}

void Secrets::Forget() {
  std::lock_guard lock(mutex_);
  ask_again_ = Time{};
}

Result<Secrets::Members> Secrets::Fetch() {
  TR_ASSIGN(const json::object answer, client_.Call("GetSecretValue", {{"SecretId", id_}}));
  const Result<json::value> parsed = ParseJson(TextAt(answer, "SecretString"));
  if (!parsed.ok() || !parsed->is_object()) return Permanent("the secret " + id_ + " is no JSON object");
  Members members;
  for (const auto& [name, value] : parsed->as_object()) {
    if (value.is_string()) members.emplace(name, Secret(std::string(value.as_string())));
  }
  return members;
}

}  // namespace tr::aws
