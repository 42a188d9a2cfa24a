#include "rules/doc_clean.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace tr::rules {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

// Longer ones first where one begins with another.
constexpr std::array<Replacement, 32> kReplacements = {{
    {"\xE2\x80\x9C", "\""},     // “
    {"\xE2\x80\x9D", "\""},     // ”
    {"\xE2\x80\x9E", "\""},     // „
    {"\xE2\x80\x9F", "\""},     // ‟
    {"\xC2\xAB", "\""},         // «
    {"\xC2\xBB", "\""},         // »
    {"\xEF\xBC\x82", "\""},     // full-width quote
    {"\xE2\x80\x98", "'"},      // ‘
    {"\xE2\x80\x99", "'"},      // ’
    {"\xE2\x80\x9A", "'"},      // ‚
    {"\xE2\x80\x9B", "'"},      // ‛
    {"\xE2\x86\x92", " -> "},   // →
    {"\xE2\x9F\xB6", " -> "},   // ⟶
    {"\xE2\x9E\x94", " -> "},   // ➔
    {"\xE2\x80\x93>", " -> "},  // –>, what an editor makes of -->
    {"\xE2\x80\x94>", " -> "},  // —>
    {"\xC2\xA0", " "},          // no-break space
    {"\xE2\x80\xAF", " "},      // narrow no-break space
    {"\xE2\x80\x8B", ""},       // zero width
    {"\xE2\x80\x8C", ""},
    {"\xE2\x80\x8D", ""},
    {"\xE2\x81\xA0", ""},
    {"\xC2\xAD", ""},      // soft hyphen
    {"\xEF\xBB\xBF", ""},  // BOM inside the text
    {"&gt;", ">"},
    {"&lt;", "<"},
    {"&amp;", "&"},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&nbsp;", " "},
    {"\t", " "},
    {"\v", " "},
}};

bool IsPunctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

// One pass; whatever is looked ahead at is either taken or ends at the next such beginning.
class Cleaner {
 public:
  explicit Cleaner(std::string_view line) : rest_(line) {}

  std::string Clean() {
    while (!rest_.empty()) {
      if (!TakeEscape() && !TakeLink() && !TakeAngles() && !TakeId() && !TakeMark()) Copy(1);
    }
    return Squeeze(out_);
  }

 private:
  void Copy(std::size_t bytes) {
    out_.append(rest_.substr(0, bytes));
    rest_.remove_prefix(bytes);
  }

  bool TakeEscape() {
    if (rest_.size() < 2 || rest_[0] != '\\' || !IsPunctuation(rest_[1])) return false;
    rest_.remove_prefix(1);
    Copy(1);
    return true;
  }

  bool TakeLink() {
    if (rest_[0] == '[') {
      bracket_ = out_.size();
      Copy(1);
      return true;
    }
    if (!rest_.starts_with("](") || bracket_ == std::string::npos || no_link_end_) return false;
    const std::size_t end = rest_.find(')');
    no_link_end_ = end == std::string_view::npos;
    if (no_link_end_) return false;
    out_.erase(bracket_, 1);
    bracket_ = std::string::npos;
    rest_.remove_prefix(end + 1);
    return true;
  }

  // "<dana@shop.example>", "<mailto:dana@shop.example>".
  bool TakeAngles() {
    if (rest_[0] != '<') return false;
    const std::size_t end = rest_.find_first_of("<> \"", 1);
    if (end == std::string_view::npos || rest_[end] != '>') return false;
    std::string_view inner = rest_.substr(1, end - 1);
    if (inner.find('@') == std::string_view::npos) return false;
    if (inner.starts_with("mailto:")) inner.remove_prefix(7);
    out_.append(inner);
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool TakeId() {
    if (!rest_.starts_with("{#")) return false;
    const std::size_t end = rest_.find_first_of("} ", 2);
    if (end == std::string_view::npos || rest_[end] != '}') return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool TakeMark() {
    if (rest_.starts_with("**")) {
      rest_.remove_prefix(2);
      return true;
    }
    const char first = rest_[0];
    if (static_cast<unsigned char>(first) < 0x80 && first != '&' && first != '\t' && first != '\v') return false;
    for (const auto& [from, to] : kReplacements) {
      if (!rest_.starts_with(from)) continue;
      out_.append(to);
      rest_.remove_prefix(from.size());
      return true;
    }
    return false;
  }

  std::string_view rest_;
  std::string out_;
  std::size_t bracket_ = std::string::npos;  // where in out_ the last open "[" stands
  bool no_link_end_ = false;
};

}  // namespace

std::string CleanLine(std::string_view line) { return Cleaner(line).Clean(); }

}  // namespace tr::rules
