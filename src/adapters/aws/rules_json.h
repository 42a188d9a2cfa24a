#pragma once
// The manager's pieces as one JSON object, so that they are written and read whole or not at all.

#include <boost/json/object.hpp>

#include "base/result.h"
#include "rules/book.h"

namespace tr::aws {

// {"topics","teams","rules","tests"}; without "tests" where there are none.
boost::json::object RulesToJson(const rules::RuleFiles& files);
// kNotFound: a required piece is missing; says which.
Result<rules::RuleFiles> RulesFromJson(const boost::json::object& json);

}  // namespace tr::aws
