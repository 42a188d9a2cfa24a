#include "base/seen_text.h"

#include "base/text.h"
#include "base/utf8.h"

namespace tr {
namespace {

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

// Blanks become one, blank lines one.
void AppendBlank(std::string& text, char blank) {
  if (text.ends_with("\n\n") || (blank == ' ' && (text.empty() || text.back() == ' ' || text.back() == '\n'))) return;
  if (blank == '\n' && text.ends_with(' ')) text.pop_back();
  text += blank;
}

}  // namespace

std::string SeenText(std::string_view text) {
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

}  // namespace tr
