#include "aws/sqs_item.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>

#include "base/text.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxReason = 1000;  // bytes

template <typename T>
std::optional<T> ReadNumber(std::string_view text) {
  T number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The text up to the next space, and what stands after it.
std::string_view TakeWord(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

}  // namespace

std::string SpellItem(const queue::Item& item) {
  return json::serialize(json::object{{"ticket", item.ticket}, {"message", item.message}});
}

std::optional<queue::Item> ReadItem(std::string_view body) {
  const Result<json::value> parsed = ParseJson(body);
  if (!parsed.ok() || !parsed->is_object()) return std::nullopt;
  const json::value* ticket = parsed->as_object().if_contains("ticket");
  const json::value* message = parsed->as_object().if_contains("message");
  if (ticket == nullptr || !ticket->is_string() || message == nullptr || !message->is_int64()) return std::nullopt;
  return queue::Item{std::string(ticket->as_string()), static_cast<int>(message->as_int64())};
}

std::string SpellHandle(const Handle& handle) {
  return std::to_string(ToMillis(handle.until)) + " " + std::to_string(handle.attempts) + " " +
         std::to_string(handle.item.message) + " " + handle.item.ticket + " " + handle.receipt;
}

std::optional<Handle> ReadHandle(std::string_view text) {
  const std::optional<std::int64_t> until = ReadNumber<std::int64_t>(TakeWord(text));
  const std::optional<int> attempts = ReadNumber<int>(TakeWord(text));
  const std::optional<int> message = ReadNumber<int>(TakeWord(text));
  const std::string_view ticket = TakeWord(text);
  if (!until || !attempts || !message || ticket.empty() || text.empty()) return std::nullopt;
  return Handle{FromMillis(*until), *attempts, {std::string(ticket), *message}, std::string(text)};
}

std::string SpellLetter(const queue::Item& item, std::string_view reason, int attempts) {
  return json::serialize(json::object{{"ticket", item.ticket},
                                      {"message", item.message},
                                      {"reason", CutText(RepairUtf8(reason), kMaxReason)},
                                      {"attempts", attempts}});
}

}  // namespace tr::aws
