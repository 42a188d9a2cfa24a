#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"

namespace tr {
namespace {

constexpr auto kDecompose =
    static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
constexpr auto kCompose = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
constexpr std::int32_t kRightQuote = 0x2019;  // what keyboards and word processors write for an apostrophe

bool IsMark(std::int32_t code) { return utf8proc_get_property(code)->combining_class != 0; }

// Folds stretches of text that ASCII rules do not cover. Keeps its buffer between stretches.
class StretchFolder {
 public:
  void Add(std::int32_t code) {
    if (code == kRightQuote) code = '\'';
    // 18 is the longest decomposition of one character (Unicode 15, UAX 15 section 13).
    std::array<utf8proc_int32_t, 32> parts{};
    int boundary = 0;
    const auto count =
        utf8proc_decompose_char(code, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()), kDecompose, &boundary);
    if (count > 0) codes_.insert(codes_.end(), parts.begin(), parts.begin() + std::min<std::ptrdiff_t>(count, 32));
  }

  void Finish(std::string& folded) {
    OrderMarks();
    const auto count = utf8proc_normalize_utf32(codes_.data(), static_cast<utf8proc_ssize_t>(codes_.size()), kCompose);
    for (utf8proc_ssize_t i = 0; i < count; ++i) AppendChar(folded, codes_[static_cast<std::size_t>(i)]);
    codes_.clear();
  }

 private:
  // Canonical order. Not left to utf8proc, whose insertion sort makes a megabyte of accents take hours.
  void OrderMarks() {
    for (auto from = codes_.begin(); from != codes_.end();) {
      from = std::find_if(from, codes_.end(), IsMark);
      const auto to = std::find_if_not(from, codes_.end(), IsMark);
      if (to - from > 1) {
        std::stable_sort(from, to, [](std::int32_t a, std::int32_t b) {
          return utf8proc_get_property(a)->combining_class < utf8proc_get_property(b)->combining_class;
        });
      }
      from = to;
    }
  }

  std::vector<utf8proc_int32_t> codes_;
};

void AppendLower(std::string& text, std::string_view ascii) {
  const std::size_t before = text.size();
  text.resize(before + ascii.size());
  std::transform(ascii.begin(), ascii.end(), text.begin() + static_cast<std::ptrdiff_t>(before),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
}

// What the characters of two bytes (Latin, Greek, Cyrillic, Hebrew, Arabic) fold to, where that is one character that
// begins a character of its own; 0: the long way. No starter below U+0800 joins what stands before it.
constexpr std::int32_t kTableEnd = 0x800;
using FoldTable = std::array<std::int32_t, kTableEnd>;

FoldTable MakeFoldTable() {
  FoldTable table{};
  for (std::int32_t code = 0x80; code < kTableEnd; ++code) {
    StretchFolder stretch;
    std::string folded;
    stretch.Add(code);
    stretch.Finish(folded);
    if (folded.empty()) continue;
    const DecodedChar first = DecodeChar(folded);
    const bool simple = first.length == folded.size() && first.code < kTableEnd && !IsMark(first.code);
    if (simple) table[static_cast<std::size_t>(code)] = first.code;
  }
  return table;
}

// What the table says of the character at the beginning; 0 where it has no say.
std::int32_t FoldSimple(std::string_view text) {
  static const FoldTable table = MakeFoldTable();
  if (text.size() < 2 || (static_cast<std::uint8_t>(text[0]) & 0xE0U) != 0xC0U) return 0;
  return table[(static_cast<std::size_t>(text[0] & 0x1F) << 6) | static_cast<std::size_t>(text[1] & 0x3F)];
}

// Moves the characters that the table knows from `text` to `folded`; not the last one when a mark could join it.
void MoveSimple(std::string_view& text, std::string& folded) {
  std::int32_t here = FoldSimple(text);
  while (here != 0) {
    const std::string_view after = text.substr(2);
    const std::int32_t next = FoldSimple(after);
    const bool ends = after.empty() || static_cast<std::uint8_t>(after.front()) < 0x80;
    if (!ends && next == 0) return;
    AppendChar(folded, here);
    text = after;
    here = next;
  }
}

// REQUIRES: well-formed, without NUL.
std::string FoldWellFormed(std::string_view text) {
  std::string folded;
  folded.reserve(text.size() + 8);
  StretchFolder stretch;
  while (true) {
    // An ASCII character begins a stretch of its own, but a mark after it may still join it.
    const std::size_t ascii = AsciiPrefix(text);
    if (ascii == text.size()) {
      AppendLower(folded, text);
      return folded;
    }
    const bool simple = FoldSimple(text.substr(ascii)) != 0;
    const std::size_t begin = ascii == 0 || simple ? ascii : ascii - 1;
    AppendLower(folded, text.substr(0, begin));
    text.remove_prefix(begin);
    if (simple) MoveSimple(text, folded);
    if (simple && (text.empty() || static_cast<std::uint8_t>(text.front()) < 0x80)) continue;
    do {
      const DecodedChar next = DecodeChar(text);
      stretch.Add(next.code);
      text.remove_prefix(next.length);
    } while (!text.empty() && static_cast<std::uint8_t>(text.front()) >= 0x80);
    stretch.Finish(folded);
  }
}

// What a character is to the word around it.
enum class Role { kNone, kWord, kJoiner };

constexpr std::array<Role, 128> kAsciiRoles = [] {
  std::array<Role, 128> roles{};
  for (std::size_t c = 0; c < roles.size(); ++c) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    roles[c] = word ? Role::kWord : c == '\'' ? Role::kJoiner : Role::kNone;
  }
  return roles;
}();

Role RoleOf(std::int32_t code) {
  constexpr unsigned kWordCategories =
      1U << UTF8PROC_CATEGORY_LU | 1U << UTF8PROC_CATEGORY_LL | 1U << UTF8PROC_CATEGORY_LT |
      1U << UTF8PROC_CATEGORY_LM | 1U << UTF8PROC_CATEGORY_LO | 1U << UTF8PROC_CATEGORY_MN |
      1U << UTF8PROC_CATEGORY_MC | 1U << UTF8PROC_CATEGORY_ME | 1U << UTF8PROC_CATEGORY_ND |
      1U << UTF8PROC_CATEGORY_NL | 1U << UTF8PROC_CATEGORY_NO;
  if (code == kRightQuote) return Role::kJoiner;
  return (kWordCategories >> static_cast<unsigned>(utf8proc_category(code)) & 1U) != 0 ? Role::kWord : Role::kNone;
}

}  // namespace

std::string Fold(std::string_view utf8) {
  if (utf8.find('\0') == std::string_view::npos && IsUtf8(utf8)) return FoldWellFormed(utf8);
  return FoldWellFormed(RepairUtf8(utf8));
}

std::vector<std::string_view> Words(std::string_view folded) {
  std::vector<std::string_view> words;
  words.reserve(folded.size() / 6);
  std::size_t begin = 0;
  std::size_t end = 0;  // of the word that is being read; begin == end: none
  for (std::size_t at = 0; at < folded.size();) {
    const auto byte = static_cast<std::uint8_t>(folded[at]);
    const DecodedChar next = byte < 0x80 ? DecodedChar{byte, 1, true} : DecodeChar(folded.substr(at));
    const Role role = byte < 0x80 ? kAsciiRoles[byte] : next.ok ? RoleOf(next.code) : Role::kNone;
    if (role == Role::kWord) {
      // A joiner left one gap open; two in a row, or anything else, closed the word already.
      if (begin == end) begin = at;
      end = at + next.length;
    } else if (begin != end && !(role == Role::kJoiner && end == at)) {
      words.push_back(folded.substr(begin, end - begin));
      begin = end = 0;
    }
    at += next.length;
  }
  if (begin != end) words.push_back(folded.substr(begin, end - begin));
  return words;
}

}  // namespace tr
