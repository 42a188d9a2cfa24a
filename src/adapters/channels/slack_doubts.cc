#include "channels/slack_doubts.h"

#include <charconv>
#include <utility>

#include "channels/slack_client.h"

namespace tr::channels {
namespace {

constexpr std::size_t kMostKept = 10'000;

// Slack's clock and ours differ, where nothing is known of it.
constexpr Duration kSkew = std::chrono::hours(1);

// A message may appear some time after its call was given up.
constexpr Duration kLate = std::chrono::minutes(1);

std::string TsOf(Time time) {
  const std::int64_t seconds = ToMillis(time) / 1000;
  return seconds > 0 ? std::to_string(seconds) + ".000000" : "";
}

std::optional<Time> TimeOf(std::string_view ts) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(ts.data(), ts.data() + ts.size(), seconds);
  if (error != std::errc() || seconds <= 0 || seconds > 100'000'000'000) return std::nullopt;
  return FromMillis(seconds * 1000);
}

}  // namespace

SlackDoubt SlackDoubts::Before(const handoff::Notice& notice) {
  if (notice.attempt <= 1) return {};
  const std::lock_guard lock(mutex_);
  const auto kept = kept_.find(notice.id);
  const bool knows = kept != kept_.end() && kept->second.attempt == notice.attempt - 1;
  SlackDoubt doubt = knows ? kept->second.doubt : SlackDoubt{true, "", ""};
  // Nothing about a ticket was said before the ticket came.
  if (doubt.after.empty()) doubt.after = TsOf(notice.card.received_at - kSkew);
  return doubt;
}

void SlackDoubts::Keep(const handoff::Notice& notice, SlackDoubt doubt) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= kMostKept) kept_.clear();
  kept_[notice.id] = {notice.attempt, std::move(doubt)};
}

void SlackDoubts::Forget(const handoff::Notice& notice) {
  const std::lock_guard lock(mutex_);
  kept_.erase(notice.id);
}

std::string SlackDoubts::Newest(const std::string& channel) {
  const std::lock_guard lock(mutex_);
  const auto newest = newest_.find(channel);
  return newest == newest_.end() ? "" : newest->second;
}

void SlackDoubts::Confirm(const std::string& channel, const std::string& ts, Time now) {
  const std::lock_guard lock(mutex_);
  if (newest_.size() >= kMostKept) newest_.clear();
  newest_[channel] = ts;
  if (const std::optional<Time> there = TimeOf(ts)) ahead_ = *there - now;
}

SlackDoubt SlackDoubts::DoubtNow(std::string after, Time now) {
  const std::lock_guard lock(mutex_);
  return {true, std::move(after), ahead_ ? TsOf(now + *ahead_ + kLate) : ""};
}

bool MayHavePosted(const Fault& fault) {
  const std::string_view error = SlackError(fault);
  return error.empty() || error == "internal_error" || error == "fatal_error";
}

}  // namespace tr::channels
