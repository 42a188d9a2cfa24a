#include "intake/subject.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace tr::intake {
namespace {

constexpr std::array<std::string_view, 22> kReplyMarks = {"re",   "aw",   "antw", "antwort", "sv",  "vs", "odp", "ref",
                                                          "rif",  "r",    "res",  "vá",      "ynt", "ha", "bls", "atb",
                                                          "回复", "回覆", "答复", "답장",    "отв", "на"};
constexpr std::array<std::string_view, 17> kForwardMarks = {"fw",  "fwd",  "wg",   "tr",   "rv",     "i",
                                                            "vb",  "vl",   "enc",  "pd",   "doorst", "vs",
                                                            "ilt", "转发", "轉寄", "전달", "пересл"};
constexpr std::size_t kLongestMark = 24;

template <std::size_t N>
bool Holds(const std::array<std::string_view, N>& marks, std::string_view mark) {
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

struct Mark {
  std::string word;      // lower case, without a count; empty: no mark in front
  std::size_t size = 0;  // with its colon and the blanks behind it
};

// "Re:", "RE[2]:", "Re (3) :", "回复：".
Mark TakeMark(std::string_view subject) {
  constexpr std::string_view kWideColon = "\xEF\xBC\x9A";
  const std::string_view head = subject.substr(0, kLongestMark);
  std::size_t colon = head.find(':');
  std::size_t colon_size = 1;
  if (const std::size_t wide = head.find(kWideColon); wide < colon) {
    colon = wide;
    colon_size = kWideColon.size();
  }
  if (colon == std::string_view::npos) return {};
  std::string word = ToLowerAscii(Trim(head.substr(0, colon)));
  const std::size_t count = word.find_first_of("[(^0123456789 ");
  if (count != std::string::npos && word.find_first_not_of("[](){}^0123456789 ", count) == std::string::npos)
    word.resize(count);
  if (!Holds(kReplyMarks, word) && !Holds(kForwardMarks, word)) return {};
  std::size_t size = colon + colon_size;
  while (size < subject.size() && (subject[size] == ' ' || subject[size] == '\t')) ++size;
  return {word, size};
}

}  // namespace

std::string_view BareSubject(std::string_view subject) {
  subject = Trim(subject);
  for (Mark mark = TakeMark(subject); mark.size > 0; mark = TakeMark(subject)) subject.remove_prefix(mark.size);
  return subject;
}

bool IsForwarded(std::string_view subject) {
  subject = Trim(subject);
  for (Mark mark = TakeMark(subject); mark.size > 0; mark = TakeMark(subject)) {
    // Finnish replies say "VS:", Swedish ones forward with "VB:": what both lists hold is taken as a reply.
    if (Holds(kForwardMarks, mark.word) && !Holds(kReplyMarks, mark.word)) return true;
    subject.remove_prefix(mark.size);
  }
  return false;
}

std::optional<std::string> TicketTag(std::string_view subject) {
  constexpr std::string_view kOpen = "[TR-";
  constexpr std::size_t kLongest = 32;
  for (std::size_t at = subject.rfind(kOpen); at != std::string_view::npos;
       at = at == 0 ? at - 1 : subject.rfind(kOpen, at - 1)) {
    const std::size_t start = at + kOpen.size();
    const std::size_t end = subject.find(']', start);
    if (end == std::string_view::npos || end == start || end - start > kLongest) continue;
    const std::string_view tag = subject.substr(start, end - start);
    if (std::all_of(tag.begin(), tag.end(), [](unsigned char c) { return std::isalnum(c) != 0; }))
      return std::string(tag);
  }
  return std::nullopt;
}

}  // namespace tr::intake
