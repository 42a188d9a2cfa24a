#pragma once
// Reads the members of a JSON object into fields, and remembers the first that does not fit.

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace tr {

// One object on the way down. An absent member leaves its field as it is; a member of another type is refused, and
// Finish() says which. After the first refusal the fields are of no use.
class JsonFields {
 public:
  // `name` stands for the whole object in the fault: "ticket". `json` must live as long as this.
  JsonFields(const boost::json::value& json, std::string_view name) : JsonFields(json, name, nullptr) {}
  JsonFields(const JsonFields&) = delete;
  JsonFields& operator=(const JsonFields&) = delete;

  void Take(std::string_view name, std::string& field);
  void Take(std::string_view name, bool& field);
  void Take(std::string_view name, int& field);
  void Take(std::string_view name, std::int64_t& field);
  void Take(std::string_view name, std::uint64_t& field);
  void Take(std::string_view name, double& field);
  void Take(std::string_view name, Time& field);                 // RFC 3339
  void Take(std::string_view name, std::optional<Time>& field);  // null: empty
  void Take(std::string_view name, std::vector<std::string>& field);

  // An enum by its value's name; `parse` is its Parse…() function.
  template <typename Enum>
  void Take(std::string_view name, Enum& field, std::optional<Enum> (*parse)(std::string_view)) {
    const boost::json::value* member = Find(name);
    if (member == nullptr) return;
    const std::optional<Enum> value = member->is_string() ? parse(member->get_string()) : std::nullopt;
    if (!value) return Refuse(name, "is not one of the known names");
    field = *value;
  }

  // The same; null: empty.
  template <typename Enum>
  void Take(std::string_view name, std::optional<Enum>& field, std::optional<Enum> (*parse)(std::string_view)) {
    if (IsNull(name)) return field.reset();
    Enum value{};
    if (Find(name) == nullptr) return;
    Take(name, value, parse);
    field = value;
  }

  // An object, or a list of objects: `take` moves the members of one into one Value.
  template <typename Value>
  void Take(std::string_view name, Value& field, void (*take)(JsonFields&, Value&)) {
    if (const boost::json::value* member = Find(name)) TakeOne(*member, name, field, take);
  }
  template <typename Value>
  void Take(std::string_view name, std::vector<Value>& field, void (*take)(JsonFields&, Value&)) {
    const boost::json::value* member = Find(name);
    if (member == nullptr) return;
    if (!member->is_array()) return Refuse(name, "must be a list");
    field.clear();
    field.reserve(member->get_array().size());
    for (const boost::json::value& item : member->get_array()) TakeOne(item, name, field.emplace_back(), take);
  }

  // For what no Take() covers: the member, or null when it is absent or something was refused already.
  const boost::json::value* Find(std::string_view name) const;
  // Refuses a member; `why` follows its path: "must be a list". The first refusal counts.
  void Refuse(std::string_view name, std::string_view why);

  // kInvalid: the first member that was refused, by its path ("ticket.tags.urgency"), without its value.
  Result<void> Finish() const;

 private:
  JsonFields(const boost::json::value& json, std::string_view name, JsonFields* parent);

  template <typename Value>
  void TakeOne(const boost::json::value& json, std::string_view name, Value& field, void (*take)(JsonFields&, Value&)) {
    JsonFields inner(json, name, this);
    take(inner, field);
  }

  bool IsNull(std::string_view name) const;
  std::string Path() const;

  const boost::json::object* object_;
  std::string_view name_;
  JsonFields* parent_;
  std::string refusal_;  // of the outermost object only
};

// A whole object: `take` moves its members into a Value. kInvalid as JsonFields::Finish.
template <typename Value>
Result<Value> FromJson(const boost::json::value& json, std::string_view name, void (*take)(JsonFields&, Value&)) {
  JsonFields fields(json, name);
  Value value;
  take(fields, value);
  TR_TRY(fields.Finish());
  return value;
}

}  // namespace tr
