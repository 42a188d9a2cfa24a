#include "aws/s3_rule_source.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "aws/rules_json.h"
#include "base/text.h"
#include "ticket/json.h"

namespace tr::aws {

Result<rules::RuleFiles> S3RuleSource::Load() {
  std::lock_guard lock(mutex_);
  TR_ASSIGN(std::optional<S3Object> object, bucket_.Get(key_, seen_ ? seen_->etag : ""));
  if (object) seen_ = *std::move(object);
  const Result<boost::json::value> parsed = ParseJson(seen_->bytes);
  if (!parsed.ok() || !parsed->is_object()) return Invalid(key_ + " of the rules' bucket is no JSON object");
  return RulesFromJson(parsed->as_object());
}

Result<void> S3RuleSource::Write(const rules::RuleFiles& files) {
  const std::string bytes = boost::json::serialize(RulesToJson(files));
  if (!IsUtf8(bytes)) return Invalid("the rules are not all UTF-8");
  TR_TRY(bucket_.Put(key_, bytes, "application/json", {}));
  return Ok();
}

}  // namespace tr::aws
