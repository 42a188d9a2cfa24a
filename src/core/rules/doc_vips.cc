#include "base/text.h"
#include "rules/doc.h"
#include "rules/doc_items.h"
#include "rules/sheet_cells.h"

namespace tr::rules {
namespace {

constexpr std::string_view kShape = "\"@globex.example: goes to Technical, at least high\"";

struct VipText {
  std::string who;   // before the colon
  std::string what;  // after it; may be empty
  bool colon = false;
};

VipText Split(const Bullet& bullet) {
  const TokenText read = Tokenize(bullet.text);
  for (const Token& token : read.tokens) {
    if (token.kind != TokenKind::kColon && token.kind != TokenKind::kArrow) continue;
    return {std::string(Trim(std::string_view(bullet.text).substr(0, token.begin))),
            std::string(Trim(std::string_view(bullet.text).substr(token.end))), true};
  }
  return {bullet.text, "", false};
}

// Where "goes to" or "at least" begins again, after a comma or an "and"; npos when it does not.
std::size_t NextPart(std::string_view folded, std::size_t from) {
  std::size_t next = std::string_view::npos;
  for (const std::string_view mark : {", goes to ", ", at least ", " and goes to ", " and at least "}) {
    next = std::min(next, folded.find(mark, from));
  }
  return next;
}

std::string_view WithoutJoin(std::string_view part) {
  if (part.starts_with(',')) part.remove_prefix(1);
  part = Trim(part);
  if (ToLowerAscii(part.substr(0, 4)) == "and ") part.remove_prefix(4);
  while (part.ends_with('.') || part.ends_with(',')) part.remove_suffix(1);
  return Trim(part);
}

// The part after its two leading words, or nothing when it begins otherwise.
std::optional<std::string_view> After(std::string_view part, std::string_view words) {
  if (!EqualsIgnoreCaseAscii(part.substr(0, words.size()), words)) return std::nullopt;
  std::string_view rest = Trim(part.substr(words.size()));
  if (rest.size() >= 2 && rest.starts_with('"') && rest.ends_with('"')) rest = rest.substr(1, rest.size() - 2);
  return rest;
}

class VipReader {
 public:
  VipReader(const Bullet& bullet, Names& names, Problems& problems)
      : bullet_(bullet), names_(names), problems_(problems) {}

  void Read(RuleBook& book) {
    const VipText text = Split(bullet_);
    const std::size_t before = text.who.find_first_of(", ");
    if (before != std::string::npos) {
      return Error(Quote(text.who) + ": one address or @domain stands in each bullet. Write it like " +
                   std::string(kShape) + ".");
    }
    if (text.colon && text.what.empty())
      return Error("nothing stands after the colon. Write it like " + std::string(kShape) + ".");
    const std::optional<Sender> sender = ParseSender(text.who, bullet_, problems_);
    if (!ReadParts(text.what) || !sender) return;
    vip_.bullet = bullet_;
    vip_.sender = *sender;
    book.vips.push_back(std::move(vip_));
  }

 private:
  void Error(const std::string& text) { problems_.Error(At(bullet_), text); }

  bool ReadParts(std::string_view what) {
    const std::string folded = ToLowerAscii(what);
    for (std::size_t begin = 0; begin < what.size();) {
      const std::size_t end = std::min(NextPart(folded, begin + 1), what.size());
      if (!ReadPart(WithoutJoin(what.substr(begin, end - begin)))) return false;
      begin = end;
    }
    return true;
  }

  bool ReadPart(std::string_view part) {
    if (const auto place = After(part, "goes to ")) {
      if (vip_.goes_to) return Twice("goes to");
      vip_.goes_to = names_.FindPlace(*place, part, At(bullet_), problems_);
      return vip_.goes_to.has_value();
    }
    if (const auto level = After(part, "at least ")) {
      if (vip_.at_least) return Twice("at least");
      const Result<Urgency> urgency = ParseLevel(*level);
      if (urgency.ok())
        vip_.at_least = *urgency;
      else
        Error(urgency.fault().text);
      return urgency.ok();
    }
    Error(Quote(part) + " is not understood. Write it like " + std::string(kShape) + ".");
    return false;
  }

  bool Twice(const std::string& what) {
    Error(Quote(bullet_.text) + " says \"" + what + "\" twice. Delete one.");
    return false;
  }

  const Bullet& bullet_;
  Names& names_;
  Problems& problems_;
  Vip vip_;
};

}  // namespace

bool IsVipFloor(const Bullet& bullet) { return NameKey(Split(bullet).who) == "everyone"; }

void ParseVipFloor(const Bullet& bullet, RuleBook& book, SettingsSeen& seen, Problems& problems) {
  const std::string what = Split(bullet).what;
  const auto level = After(WithoutJoin(what), "at least ");
  if (!level) {
    return problems.Error(
        At(bullet), Quote(bullet.text) + ": \"everyone\" takes a level only. Write \"everyone: at least medium\".");
  }
  const Result<Urgency> urgency = ParseLevel(*level);
  if (!urgency.ok()) return problems.Error(At(bullet), urgency.fault().text);
  if (SetOnce(seen.vip_floor, bullet, problems)) book.vip_floor = *urgency;
}

void ParseVip(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems) {
  VipReader(bullet, names, problems).Read(book);
}

}  // namespace tr::rules
