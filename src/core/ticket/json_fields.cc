#include "ticket/json_fields.h"

#include <limits>

namespace tr {
namespace {

// The number as a whole one, or nothing: 1.0 is none.
std::optional<std::int64_t> WholeNumber(const boost::json::value& json) {
  if (json.is_int64()) return json.get_int64();
  return std::nullopt;
}

}  // namespace

JsonFields::JsonFields(const boost::json::value& json, std::string_view name, JsonFields* parent)
    : object_(json.if_object()), name_(name), parent_(parent) {
  if (object_ == nullptr) Refuse("", "must be an object");
}

const boost::json::value* JsonFields::Find(std::string_view name) const {
  return object_ == nullptr ? nullptr : object_->if_contains(name);
}

bool JsonFields::IsNull(std::string_view name) const {
  const boost::json::value* member = Find(name);
  return member != nullptr && member->is_null();
}

std::string JsonFields::Path() const {
  return parent_ == nullptr ? std::string(name_) : parent_->Path().append(".").append(name_);
}

void JsonFields::Refuse(std::string_view name, std::string_view why) {
  JsonFields* outermost = this;
  while (outermost->parent_ != nullptr) outermost = outermost->parent_;
  if (!outermost->refusal_.empty()) return;
  std::string path = Path();
  if (!name.empty()) path.append(".").append(name);
  outermost->refusal_ = path.append(" ").append(why);
}

void JsonFields::Take(std::string_view name, std::string& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  if (!member->is_string()) return Refuse(name, "must be a text");
  field.assign(member->get_string().data(), member->get_string().size());
}

void JsonFields::Take(std::string_view name, bool& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  if (!member->is_bool()) return Refuse(name, "must be true or false");
  field = member->get_bool();
}

void JsonFields::Take(std::string_view name, int& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  const auto number = WholeNumber(*member);
  if (!number || *number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max()) {
    return Refuse(name, "must be a whole number of 32 bits");
  }
  field = static_cast<int>(*number);
}

void JsonFields::Take(std::string_view name, std::int64_t& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  const auto number = WholeNumber(*member);
  if (!number) return Refuse(name, "must be a whole number");
  field = *number;
}

void JsonFields::Take(std::string_view name, std::uint64_t& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  const auto number = WholeNumber(*member);
  if (!member->is_uint64() && (!number || *number < 0)) return Refuse(name, "must be a whole number, not below 0");
  field = member->is_uint64() ? member->get_uint64() : static_cast<std::uint64_t>(*number);
}

void JsonFields::Take(std::string_view name, double& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  if (!member->is_number()) return Refuse(name, "must be a number");
  field = member->is_double() ? member->get_double() : member->to_number<double>();
}

void JsonFields::Take(std::string_view name, Time& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  if (!member->is_string()) return Refuse(name, "must be a time, written as 2026-12-08T10:00:00Z");
  const auto time = ParseTime(member->get_string());
  if (!time) return Refuse(name, "must be a time, written as 2026-12-08T10:00:00Z");
  field = *time;
}

void JsonFields::Take(std::string_view name, std::optional<Time>& field) {
  if (Find(name) == nullptr) return;
  if (IsNull(name)) return field.reset();
  Take(name, field.emplace());
}

void JsonFields::Take(std::string_view name, std::vector<std::string>& field) {
  const boost::json::value* member = Find(name);
  if (member == nullptr) return;
  if (!member->is_array()) return Refuse(name, "must be a list");
  field.clear();
  field.reserve(member->get_array().size());
  for (const boost::json::value& item : member->get_array()) {
    if (!item.is_string()) return Refuse(name, "must be a list of texts");
    field.emplace_back(item.get_string().data(), item.get_string().size());
  }
}

Result<void> JsonFields::Finish() const {
  if (!refusal_.empty()) return Invalid(refusal_);
  return Ok();
}

}  // namespace tr
