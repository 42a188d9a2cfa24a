#include "read/ticket_fence.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/hash.h"
#include "base/redact.h"
#include "base/seen_text.h"
#include "base/text.h"
#include "read/token_estimate.h"

namespace tr::read {
namespace {

constexpr std::size_t kHalf = 32 * 1024;  // bytes of head and of tail that are looked at
constexpr std::size_t kFenceHex = 16;     // 64 bits: a text that holds its own digest would take 2^64 tries
constexpr std::int64_t kMaxSubject = 80;  // tokens

std::string_view HeadOf(std::string_view text) {
  std::size_t end = std::min(kHalf, text.size());
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string_view TailOf(std::string_view text) {
  std::size_t begin = text.size() - std::min(kHalf, text.size());
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  return text.substr(begin);
}

std::string FenceFor(const std::string& inside) {
  for (int i = 0;; ++i) {
    const std::string digest = ToHex(HashFields({"fence", std::to_string(i), inside}));
    std::string fence = "ticket-" + digest.substr(0, kFenceHex);
    if (inside.find(fence) == std::string::npos) return fence;
  }
}

}  // namespace

std::string CleanForModel(std::string_view text, bool redact) {
  std::string clean =
      text.size() <= 2 * kHalf ? SeenText(text) : SeenText(HeadOf(text)) + " [\xE2\x80\xA6] " + SeenText(TailOf(text));
  return redact ? RedactText(clean) : clean;
}

FencedTicket Fence(const Text& text, bool redact, std::int64_t max_tokens) {
  std::string subject = CleanForModel(text.subject, redact);
  std::replace(subject.begin(), subject.end(), '\n', ' ');
  subject = CutMiddle(subject, std::min(kMaxSubject, max_tokens));
  const std::string inside = "Subject: " + subject + "\n\n" +
                             CutMiddle(CleanForModel(text.new_text, redact), max_tokens - EstimateTokens(subject));
  FencedTicket ticket;
  ticket.fence = FenceFor(inside);
  ticket.text = "<" + ticket.fence + ">\n" + inside + "\n</" + ticket.fence + ">";
  return ticket;
}

std::string QuoteForModel(std::string_view text, std::size_t max_bytes) {
  return boost::json::serialize(boost::json::value(CutText(Squeeze(CleanForModel(text, true)), max_bytes)));
}

}  // namespace tr::read
