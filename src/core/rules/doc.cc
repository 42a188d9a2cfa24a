#include "rules/doc.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "rules/doc_lines.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr std::array<DocList, 8> kLists = {DocList::kUrgencyWords, DocList::kSignalWords,   DocList::kVips,
                                           DocList::kNotTickets,   DocList::kSpecialRoutes, DocList::kPriorityRules,
                                           DocList::kHoldLimits,   DocList::kHours};

// Far above any team's doc; what a rule costs in memory is many times its length.
constexpr std::size_t kMostBullets = 10'000;

std::string WordsOf(std::string_view text) {
  const std::string folded = Fold(text);
  std::string joined;
  for (const std::string_view word : Words(folded)) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

// Asked of every line that is no bullet: long ones are no headings.
std::optional<DocList> ListNamed(std::string_view heading) {
  constexpr std::size_t kLongestHeading = 64;
  if (heading.size() > kLongestHeading) return std::nullopt;
  const std::string words = WordsOf(heading);
  for (const DocList list : kLists) {
    if (words == ToLowerAscii(Name(list))) return list;
  }
  return std::nullopt;
}

std::vector<std::string> KnownHeadings() {
  std::vector<std::string> names;
  for (const DocList list : kLists) names.emplace_back(Name(list));
  names.emplace_back("Notes");
  return names;
}

std::string Bullets(int count) { return count == 1 ? "1 bullet" : std::to_string(count) + " bullets"; }

// Walks over the lines, knows under which heading it is.
class DocReader {
 public:
  explicit DocReader(Problems& problems) : problems_(problems) {}

  std::vector<DocBullet> Read(std::string_view text) {
    for (const DocLine& line : ReadLines(text)) {
      ReadLine(line);
      before_ = line.kind;
    }
    EndSection();
    return std::move(bullets_);
  }

 private:
  enum class Under { kNothing, kList, kNotes, kUnknown };

  void ReadLine(const DocLine& line) {
    switch (line.kind) {
      case LineKind::kBlank: return;
      case LineKind::kHeading: return BeginSection(line);
      case LineKind::kBullet: return ReadBullet(line);
      case LineKind::kNumbered:
      case LineKind::kTable:
      case LineKind::kText: return ReadNote(line);
    }
  }

  void BeginSection(const DocLine& line) {
    EndSection();
    heading_ = line.text;
    heading_line_ = line.number;
    orphans_ = 0;
    indent_ = -1;
    const std::optional<DocList> list = ListNamed(line.text);
    under_ = list ? Under::kList : Fold(line.text).starts_with("notes") ? Under::kNotes : Under::kUnknown;
    if (list) list_ = *list;
  }

  void EndSection() {
    if (orphans_ == 0) return;
    const Where where{"rules.md", heading_line_};
    if (under_ == Under::kNothing) {
      return problems_.Error(where, Bullets(orphans_) +
                                        " from here on would do nothing: no heading stands above. Put the "
                                        "name of the list over it, such as \"## Priority rules\".");
    }
    const std::string near = problems_.MaySuggest() ? Suggest(heading_, KnownHeadings()) : std::string();
    std::string mend = " Did you mean \"" + near + "\"?";
    if (near.empty()) {
      mend = " Headings are " + Listing(KnownHeadings()) + ". Begin it with \"Notes\" if these are notes.";
    }
    problems_.Error(
        where, "heading " + Quote(heading_) + " is unknown, so its " + Bullets(orphans_) + " would do nothing." + mend);
  }

  void ReadBullet(const DocLine& line) {
    if (line.text.empty() || under_ == Under::kNotes) return;
    if (under_ != Under::kList) {
      if (under_ == Under::kNothing && orphans_ == 0) heading_line_ = line.number;
      ++orphans_;
      return;
    }
    if (indent_ >= 0 && line.indent >= indent_ + 2) {
      return problems_.Error({"rules.md", line.number},
                             Quote(line.text) +
                                 " is a bullet inside a bullet, which is not understood. Move it to the "
                                 "left, or join it to the bullet above.");
    }
    indent_ = line.indent;
    if (bullets_.size() == kMostBullets) {
      if (!full_)
        problems_.Error({"rules.md", line.number}, "there are more than 10000 bullets. Make the doc shorter.");
      full_ = true;
      return;
    }
    bullets_.push_back({list_, {line.number, line.text}});
  }

  void ReadNote(const DocLine& line) {
    const Where where{"rules.md", line.number};
    if (ListNamed(line.text) && line.kind == LineKind::kText) return ReadPlainHeading(line);
    if (under_ != Under::kList) return;
    const bool arrow = line.text.find("->") != std::string::npos;
    if (line.kind == LineKind::kTable) {
      if (before_ != LineKind::kTable)
        problems_.Error(where, "a table would do nothing here. Write bullets: \"- \" and one rule each.");
    } else if (before_ == LineKind::kBullet && line.indent >= 2) {
      problems_.Error(where, Quote(line.text) +
                                 " hangs under a bullet, but a bullet is one line. Join the two, or put an "
                                 "empty line above if it is a note.");
    } else if (line.kind == LineKind::kNumbered) {
      problems_.Warning(where, Quote(line.text) +
                                   " is numbered, so it is a note and does nothing. Begin it with \"- \" if it "
                                   "is a rule.");
    } else if (arrow || line.text.starts_with('-')) {
      problems_.Warning(where,
                        Quote(line.text) + " looks like a rule but is a note. Begin it with \"- \" if it is a rule.");
    }
  }

  // "#Priority rules" is meant as a heading and can be nothing else; a bare line may be one by mistake.
  void ReadPlainHeading(const DocLine& line) {
    if (line.text.starts_with('#')) return BeginSection(line);
    problems_.Error({"rules.md", line.number}, Quote(line.text) +
                                                   " is no heading here, so bullets below it would not "
                                                   "count as such. Write \"## " +
                                                   std::string(Name(*ListNamed(line.text))) +
                                                   "\", or make it a heading in the doc.");
  }

  Problems& problems_;
  std::vector<DocBullet> bullets_;
  Under under_ = Under::kNothing;
  DocList list_ = DocList::kUrgencyWords;
  std::string heading_;
  int heading_line_ = 0;
  int orphans_ = 0;  // bullets that belong to no list
  bool full_ = false;
  int indent_ = -1;  // of the bullets here; -1 before the first
  LineKind before_ = LineKind::kBlank;
};

void ParseBullet(const DocBullet& one, RuleBook& book, Names& names, SettingsSeen& seen, Problems& problems) {
  switch (one.list) {
    case DocList::kUrgencyWords: return ParseUrgencyWords(one.bullet, book, problems);
    case DocList::kSignalWords: return ParseSignalWords(one.bullet, book, problems);
    case DocList::kVips:
      return IsVipFloor(one.bullet) ? ParseVipFloor(one.bullet, book, seen, problems)
                                    : ParseVip(one.bullet, book, names, problems);
    case DocList::kNotTickets: return ParseNotTicket(one.bullet, book, names, problems);
    case DocList::kSpecialRoutes: return ParseSpecialRoute(one.bullet, book, names, problems);
    case DocList::kPriorityRules: return ParsePriorityRule(one.bullet, book, names, problems);
    case DocList::kHoldLimits: return ParseHoldLimit(one.bullet, book, seen, problems);
    case DocList::kHours: return ParseHours(one.bullet, book, names, seen, problems);
  }
}

}  // namespace

std::string_view Name(DocList list) {
  switch (list) {
    case DocList::kUrgencyWords: return "Urgency words";
    case DocList::kSignalWords: return "Signal words";
    case DocList::kVips: return "VIP customers";
    case DocList::kNotTickets: return "Not tickets";
    case DocList::kSpecialRoutes: return "Special routes";
    case DocList::kPriorityRules: return "Priority rules";
    case DocList::kHoldLimits: return "Hold limits";
    case DocList::kHours: return "Hours";
  }
  return "";
}

std::vector<DocBullet> ReadDoc(std::string_view text, Problems& problems) { return DocReader(problems).Read(text); }

bool SetOnce(int& seen, const Bullet& bullet, Problems& problems) {
  if (seen != 0) {
    problems.Error(At(bullet), Quote(bullet.text) + ": line " + std::to_string(seen) +
                                   " says this already. Delete one of the two.");
    return false;
  }
  seen = bullet.line;
  return true;
}

void ParseDoc(std::string_view text, RuleBook& book, Names& names, Problems& problems) {
  SettingsSeen seen;
  const std::vector<DocBullet> bullets = ReadDoc(text, problems);
  for (const DocBullet& one : bullets) ParseBullet(one, book, names, seen, problems);
  if (bullets.empty() && !problems.has_errors()) {
    problems.Warning({"rules.md"},
                     "has no rules: only the standard rules are in force. A rule is a bullet under a heading such as "
                     "\"## Priority rules\".");
  }
}

}  // namespace tr::rules
