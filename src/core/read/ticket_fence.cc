#include "read/ticket_fence.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/hash.h"
#include "base/redact.h"
#include "base/text.h"
#include "base/utf8.h"
#include "read/token_estimate.h"

namespace tr::read {
namespace {

constexpr std::size_t kHalf = 32 * 1024;  // bytes of head and of tail that are looked at
constexpr std::size_t kFenceHex = 16;     // 64 bits: a text that holds its own digest would take 2^64 tries
constexpr std::int64_t kMaxSubject = 80;  // tokens

// Unicode's default-ignorable code points and the direction marks, as far as text can hold them.
bool IsUnseen(std::int32_t code) {
  return code == 0xAD || code == 0x34F || code == 0x61C || (code >= 0x115F && code <= 0x1160) ||
         (code >= 0x17B4 && code <= 0x17B5) || (code >= 0x180B && code <= 0x180F) ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0x3164 || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF ||
         code == 0xFFA0 || (code >= 0xFFF0 && code <= 0xFFFB) || (code >= 0x1BCA0 && code <= 0x1BCA3) ||
         (code >= 0x1D173 && code <= 0x1D17A) || (code >= 0xE0000 && code <= 0xE0FFF);
}

bool IsControl(std::int32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

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

// Blanks become one, blank lines one.
void AppendBlank(std::string& text, char blank) {
  if (text.ends_with("\n\n") || (blank == ' ' && (text.empty() || text.back() == ' ' || text.back() == '\n'))) return;
  if (blank == '\n' && text.ends_with(' ')) text.pop_back();
  text += blank;
}

std::string Seen(std::string_view text) {
  std::string seen;
  seen.reserve(text.size());
  while (!text.empty()) {
    const DecodedChar one = DecodeChar(text);
    text.remove_prefix(one.length);
    if (one.code == '\n') {
      AppendBlank(seen, '\n');
    } else if (one.code == ' ' || one.code == '\t' || one.code == '\r' || one.code == 0xA0) {
      AppendBlank(seen, ' ');
    } else if (!IsControl(one.code) && !IsUnseen(one.code)) {
      AppendChar(seen, one.code);
    }
  }
  return std::string(Trim(seen));
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
      text.size() <= 2 * kHalf ? Seen(text) : Seen(HeadOf(text)) + " [\xE2\x80\xA6] " + Seen(TailOf(text));
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
