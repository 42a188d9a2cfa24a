#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "base/text.h"
#include "handoff/gates.h"
#include "ticket/steps.h"

namespace tr::handoff {
namespace {

using Grams = std::unordered_map<std::string_view, int>;

// Longer texts are compared by their beginning: two customers' letters of 64 KiB that agree so far are the same letter.
constexpr std::size_t kMaxCompared = 64 * 1024;

// Each gram is a slice of `text` from the first of three words to the end of the third.
Grams CountGrams(std::string_view text) {
  Grams grams;
  const std::vector<std::string_view> words = Words(text);
  if (words.empty()) return grams;
  const auto slice = [&](std::size_t first, std::size_t last) {
    const char* begin = words[first].data();
    const char* end = words[last].data() + words[last].size();
    return std::string_view(begin, static_cast<std::size_t>(end - begin));
  };
  if (words.size() < 3) ++grams[slice(0, words.size() - 1)];
  for (std::size_t i = 0; i + 2 < words.size(); ++i) ++grams[slice(i, i + 2)];
  return grams;
}

double Norm(const Grams& grams) {
  double sum = 0;
  for (const auto& [gram, count] : grams) sum += static_cast<double>(count) * count;
  return std::sqrt(sum);
}

std::string Normalised(std::string_view text) { return Squeeze(Fold(text.substr(0, kMaxCompared))); }

bool SameThread(const std::vector<Message>& messages, const Recent& recent) {
  return std::any_of(messages.begin(), messages.end(), [&](const Message& message) {
    return !message.message_id.empty() && std::find(recent.message_ids.begin(), recent.message_ids.end(),
                                                    message.message_id) != recent.message_ids.end();
  });
}

bool MayJoin(const Ticket& ticket, const Tags& tags, const Ticket& other, Duration window, Time now) {
  return other.id != ticket.id && IsQueued(other.state) && other.landed_at.has_value() &&
         other.tags.topic == tags.topic && now - other.received_at <= window;
}

}  // namespace

double Similarity(std::string_view a, std::string_view b) {
  const Grams left = CountGrams(a);
  const Grams right = CountGrams(b);
  if (left.empty() || right.empty()) return 0;
  double dot = 0;
  for (const auto& [gram, count] : left) {
    if (const auto it = right.find(gram); it != right.end()) dot += static_cast<double>(count) * it->second;
  }
  return std::min(1.0, dot / (Norm(left) * Norm(right)));
}

DuplicateGate PassDuplicate(const Ticket& ticket, const std::vector<Message>& messages, const Tags& tags,
                            const std::vector<Recent>& recent, Duration window, Time now) {
  DuplicateGate gate;
  gate.result = {"duplicate", "none"};
  if (ticket.customer.address.empty() || messages.empty()) return gate;
  const std::string text = Normalised(messages.front().new_text);
  for (const Recent& other : recent) {
    if (!MayJoin(ticket, tags, other.ticket, window, now)) continue;
    const std::string other_text = Normalised(other.new_text);
    const bool same_thread = SameThread(messages, other);
    const double similarity = text == other_text && !text.empty() ? 1.0 : Similarity(text, other_text);
    if (!same_thread && similarity < kSameText) continue;
    gate.into = other.ticket.id;
    gate.similarity = similarity;
    std::array<char, 32> figure{};
    std::snprintf(figure.data(), figure.size(), "%.2f", similarity);
    gate.result.detail = "joins " + other.ticket.id +
                         (same_thread ? " (same thread)" : " (similarity " + std::string(figure.data()) + ")");
    return gate;
  }
  return gate;
}

}  // namespace tr::handoff
