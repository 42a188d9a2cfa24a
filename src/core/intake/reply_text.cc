#include "intake/reply_text.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/text.h"
#include "intake/reply_marks.h"

namespace tr::intake {
namespace {

// A signature behind a mark that people also draw as a ruler is at most so long.
constexpr std::size_t kLongestSignature = 15;
constexpr std::size_t kLongestDisclaimer = 40;

// Marks are looked for in so many lines from the top: the rest of a longer text is nobody's reply, but a log or a list.
constexpr std::size_t kMostLines = 20'000;

using Kept = std::vector<std::string_view>;

bool HasWords(Lines lines) { return !std::all_of(lines.begin(), lines.end(), IsBlankLine); }

std::size_t CountFilled(Lines lines) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](std::string_view line) { return !IsBlankLine(line); }));
}

// One pass from the top, dropping what is quoted; ends where unmarked history starts.
class Reply {
 public:
  Reply(Lines lines, bool forwarded) : lines_(lines), forwarded_(forwarded) {}

  Kept Take() {
    std::size_t at = 0;
    while (at < lines_.size()) {
      const std::size_t next = Step(at);
      if (next == kStop) break;
      at = next;
    }
    return std::move(kept_);
  }

 private:
  static constexpr std::size_t kStop = static_cast<std::size_t>(-1);

  // The line to go on with.
  std::size_t Step(std::size_t at) {
    const std::string_view line = lines_[at];
    if (IsBlankLine(line)) return Keep(at);
    if (IsQuotedLine(line)) return SkipQuote(at);
    if (IsForwardMark(line)) return KeepRest(at);
    if (forwarded_ || at > kMostLines) return Keep(at);
    if (StartsMarkedHistory(lines_, at) || StartsHeaderBlock(lines_, at)) return HasWords(kept_) ? kStop : Keep(at);
    const std::size_t attribution = AttributionLines(lines_, at);
    if (attribution == 0) return Keep(at);
    std::size_t behind = at + attribution;
    while (behind < lines_.size() && IsBlankLine(lines_[behind])) ++behind;
    const bool marked = behind < lines_.size() && IsQuotedLine(lines_[behind]);
    return marked || !HasWords(kept_) ? behind : kStop;
  }

  std::size_t Keep(std::size_t at) {
    kept_.push_back(lines_[at]);
    return at + 1;
  }

  std::size_t KeepRest(std::size_t at) {
    kept_.insert(kept_.end(), lines_.begin() + static_cast<std::ptrdiff_t>(at), lines_.end());
    return kStop;
  }

  // Behind the quoted lines, and behind what their wrapping spilled: up to two unmarked lines between two marked ones.
  std::size_t SkipQuote(std::size_t at) {
    constexpr std::size_t kLongestSpill = 2;
    while (at < lines_.size()) {
      while (at < lines_.size() && IsQuotedLine(lines_[at])) ++at;
      std::size_t spill = at;
      while (spill < lines_.size() && spill - at < kLongestSpill && !IsBlankLine(lines_[spill]) &&
             !IsQuotedLine(lines_[spill]))
        ++spill;
      if (spill == at || spill == lines_.size() || !IsQuotedLine(lines_[spill])) return at;
      at = spill;
    }
    return at;
  }

  Lines lines_;
  bool forwarded_;
  Kept kept_;
};

bool StartsTail(Lines lines, std::size_t at) {
  const std::string_view line = lines[at];
  const Lines rest = lines.subspan(at + 1);
  if (IsSignatureMark(line))
    return line == "-- " || CountFilled(rest.first(std::min(rest.size(), kLongestSignature * 3))) <= kLongestSignature;
  if (IsFooter(line) || StartsClosing(lines, at)) return true;
  return rest.size() <= kLongestDisclaimer && StartsDisclaimer(lines, at);
}

// Cuts from the first signature, mobile footer or disclaimer on that has words before it; false when there is none.
bool CutTail(Kept& kept) {
  bool words = false;
  for (std::size_t at = 0; at < std::min(kept.size(), kMostLines); ++at) {
    if (IsBlankLine(kept[at])) continue;
    if (words && StartsTail(kept, at)) {
      kept.resize(at);
      return true;
    }
    words = words || !IsRuler(kept[at]);
  }
  return false;
}

// A disclaimer cut away may bare a signature above it.
void CutTails(Kept& kept) {
  constexpr int kMostTails = 4;
  for (int i = 0; i < kMostTails && CutTail(kept); ++i) {
  }
}

std::string Join(const Kept& kept) {
  std::size_t end = kept.size();
  while (end > 0 && (IsBlankLine(kept[end - 1]) || IsRuler(kept[end - 1]))) --end;
  std::size_t start = 0;
  while (start < end && IsBlankLine(kept[start])) ++start;
  std::string text;
  for (std::size_t i = start; i < end; ++i) {
    text += kept[i];
    text += '\n';
  }
  return std::string(text.substr(0, text.find_last_not_of(" \t\r\n") + 1));
}

}  // namespace

std::string NewText(std::string_view text, bool forwarded) {
  const std::vector<std::string_view> lines = SplitText(text, '\n');
  Kept kept = Reply(lines, forwarded).Take();
  if (!forwarded) CutTails(kept);
  std::string reply = Join(kept);
  if (!Trim(reply).empty()) return reply;
  return std::string(Trim(text));
}

}  // namespace tr::intake
