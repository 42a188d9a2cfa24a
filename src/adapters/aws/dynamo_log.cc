#include "aws/dynamo_log.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "base/hash.h"
#include "base/text.h"

namespace tr::aws {
namespace {

constexpr std::size_t kMillisDigits = 11;  // of a mark: good until the year 2527
constexpr std::size_t kMark = 20;          // the rest is the stamp's hash: 36 bits among rows of one millisecond
constexpr std::size_t kMaxSeen = 300;      // a cursor of 6 KB
constexpr std::size_t kPadded = 15;
constexpr std::size_t kStamp = 35;

std::string Hex(std::uint64_t number, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto at = text.rbegin(); at != text.rend(); ++at, number >>= 4U) *at = "0123456789abcdef"[number & 15U];
  return text;
}

std::uint64_t MillisOf(std::string_view stamp) {
  std::uint64_t millis = 0;
  stamp = stamp.substr(0, kPadded);
  std::from_chars(stamp.data(), stamp.data() + stamp.size(), millis);
  return millis;
}

// When, then which: marks of older stamps are smaller.
std::string MarkOf(std::string_view stamp) {
  return Hex(MillisOf(stamp), kMillisDigits) + ToHex(Sha256(stamp)).substr(0, kMark - kMillisDigits);
}

bool IsHex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == text.npos; }
bool IsStamp(std::string_view text) { return text.empty() || (text.size() == kStamp && IsHex(text)); }

Fault NoCursor() { return Invalid("not a cursor of this list: begin again without one"); }

}  // namespace

Stamps::Stamps(const Clock& clock)
    : clock_(clock), writer_(Hex(std::random_device{}(), 6) + Hex(std::random_device{}(), 6)) {}

std::string Stamps::Next() {
  const std::int64_t now = ToMillis(clock_.Now());
  std::int64_t last = last_millis_.load();
  while (last < now && !last_millis_.compare_exchange_weak(last, now)) {
  }
  return Padded(std::max(last, now)) + Hex(count_.fetch_add(1), 8) + writer_;
}

bool LogCursor::HasSeen(std::string_view stamp) const {
  return stamp <= from || std::ranges::find(seen, MarkOf(stamp)) != seen.end();
}

void LogCursor::Give(const std::string& stamp) {
  seen.push_back(MarkOf(stamp));
  stamps_.push_back(stamp);
  partial.clear();
  given = 0;
}

void LogCursor::Settle(Time now, std::string_view next) {
  if (!partial.empty()) next = next.empty() ? partial : std::min(next, std::string_view(partial));
  std::string last;  // up to which nothing is left out
  for (const std::string& stamp : stamps_) {
    if (next.empty() || stamp < next) last = std::max(last, stamp);
  }
  if (last.empty()) return;
  from = std::max(from, std::min(last, Before(now - kWindow)));
  std::erase_if(seen, [oldest = Hex(MillisOf(from), kMillisDigits)](const std::string& mark) { return mark < oldest; });
  for (const std::string& stamp : stamps_) {
    if (stamp <= from) std::erase(seen, MarkOf(stamp));
  }
}

bool LogCursor::MayGive(std::string_view stamp, Time now) const {
  return seen.size() < kMaxSeen || stamp < Before(now - kWindow);
}

std::string LogCursor::Before(Time at) { return Padded(ToMillis(at)) + std::string(kStamp - kPadded, '0'); }

std::string LogCursor::Write() const {
  std::string text = from + ";" + partial + ";" + std::to_string(given) + ";";
  for (const std::string& mark : seen) text += mark;
  return text;
}

Result<LogCursor> LogCursor::Read(std::string_view text) {
  LogCursor cursor;
  if (text.empty()) return cursor;
  const std::vector<std::string_view> parts = SplitText(text, ';');
  if (parts.size() != 4 || !IsStamp(parts[0]) || !IsStamp(parts[1]) || !IsHex(parts[3])) return NoCursor();
  const auto [end, error] = std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), cursor.given);
  const bool is_number = error == std::errc() && end == parts[2].data() + parts[2].size();
  if (!is_number || cursor.given < 0 || parts[3].size() % kMark != 0 || parts[3].size() > 2 * kMark * kMaxSeen) {
    return NoCursor();
  }
  cursor.from = parts[0];
  cursor.partial = parts[1];
  for (std::size_t at = 0; at < parts[3].size(); at += kMark) cursor.seen.emplace_back(parts[3].substr(at, kMark));
  return cursor;
}

Result<LogItems> ReadLog(DynamoDb& db, DynamoQuery query, const std::vector<std::string>& partitions,
                         const LogCursor& cursor, int wanted, std::string_view stamp) {
  LogItems log;
  std::string complete;  // every partition was read up to it; empty: to its end
  query.from = cursor.from;
  query.limit = wanted + static_cast<int>(cursor.seen.size()) + 1;
  for (const std::string& partition : partitions) {
    query.partition = partition;
    TR_ASSIGN(std::vector<Item> items, db.Query(query));
    if (items.size() >= static_cast<std::size_t>(query.limit)) {
      const std::string last(TextOf(items.back(), stamp));
      complete = complete.empty() ? last : std::min(complete, last);
      log.more = true;
    }
    std::ranges::move(items, std::back_inserter(log.items));
  }
  std::erase_if(log.items, [&](const Item& item) {
    const std::string_view at = TextOf(item, stamp);
    return (!complete.empty() && at > complete) || cursor.HasSeen(at);
  });
  std::ranges::stable_sort(log.items, {}, [stamp](const Item& item) { return TextOf(item, stamp); });
  return log;
}

}  // namespace tr::aws
