#include "rules/condition_parse.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/condition_words.h"
#include "rules/doc_items.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

// The parts of a token range between the tokens that are `word`.
std::vector<Tokens> SplitAtWord(Tokens tokens, std::string_view word) {
  std::vector<Tokens> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i < tokens.size() && !IsWord(tokens[i], word)) continue;
    parts.push_back(tokens.subspan(begin, i - begin));
    begin = i + 1;
  }
  return parts;
}

// The conditions that an `or` seems to join: one when every `or` parts items of a list.
std::vector<Tokens> Alternatives(Tokens group) {
  std::vector<Tokens> found;
  const std::vector<Tokens> parts = SplitAtWord(group, "or");
  const bool list = FindListHead(SkipNot(parts.front())).has_value();
  for (const Tokens part : parts) {
    if (part.empty()) continue;
    if (!list || found.empty() || BeginsCondition(UpToComma(part))) {
      found.push_back(part);
    } else {
      const Token* first = found.back().data();
      found.back() = Tokens(first, static_cast<std::size_t>(part.data() + part.size() - first));
    }
  }
  return found;
}

class ConditionReader {
 public:
  ConditionReader(std::string_view action, const Bullet& bullet, Names& names, Problems& problems)
      : action_(action), bullet_(bullet), names_(names), problems_(problems) {}

  std::vector<Condition> Read(Tokens tokens) {
    const std::vector<Tokens> groups = SplitAtWord(tokens, "and");
    std::vector<std::vector<Tokens>> choices;
    bool ambiguous = false;
    for (const Tokens group : groups) {
      choices.push_back(Alternatives(group));
      ambiguous = ambiguous || choices.back().size() > 1;
    }
    if (ambiguous) {
      ReportOr(choices);
      return {};
    }
    for (const Tokens group : groups) ReadCondition(group);
    return failed_ ? std::vector<Condition>() : std::move(made_);
  }

 private:
  void Error(const std::string& text) {
    failed_ = true;
    problems_.Error(At(bullet_), text);
  }

  std::string Text(Tokens tokens) const { return std::string(TextOf(tokens, bullet_.text)); }

  // Every way to choose one side of each `or`, as bullets.
  void ReportOr(const std::vector<std::vector<Tokens>>& choices) {
    constexpr std::size_t kMostWritten = 4;
    constexpr std::array<std::string_view, 5> kNumbers = {"no", "one", "two", "three", "four"};
    std::size_t ways = 1;
    for (const auto& choice : choices) ways = std::min(ways * choice.size(), kMostWritten + 1);
    std::string text = Quote(bullet_.text) + " can be read two ways. ";
    if (ways > kMostWritten) return Error(text + "Write a bullet of its own for each side of an \"or\".");
    text += "Write " + std::string(kNumbers[ways]) + " bullets: ";
    for (std::size_t way = 0; way < ways; ++way) {
      if (way > 0) text += way + 1 == ways ? " and " : ", ";
      text += "\"" + BulletOf(choices, way, ways) + "\"";
    }
    Error(text + ".");
  }

  std::string BulletOf(const std::vector<std::vector<Tokens>>& choices, std::size_t way, std::size_t ways) const {
    std::string text;
    std::size_t rest = ways;
    for (const auto& choice : choices) {
      rest /= choice.size();
      if (!text.empty()) text += " and ";
      text += Text(choice[way / rest % choice.size()]);
    }
    return action_.empty() ? text : text + " -> " + std::string(action_);
  }

  void ReadCondition(Tokens group) {
    const bool negated = StartsWith(group, {"not"});
    const Tokens tokens = SkipNot(group);
    if (tokens.empty()) {
      return Error(Quote(bullet_.text) + ": a condition is missing beside " + (negated ? "\"not\"." : "\"and\".") +
                   " Write it, or put words to search in quotes.");
    }
    Condition made;
    if (const Condition* plain = FindPlain(tokens)) {
      made = *plain;
    } else if (const std::optional<ListHead> head = FindListHead(tokens)) {
      made.kind = head->kind;
      ReadList(tokens.subspan(head->words), made);
    } else {
      return ReportUnknown(group, tokens);
    }
    made.negated = negated;
    after_words_ = made.kind == ConditionKind::kSays || made.kind == ConditionKind::kSubjectSays;
    made_.push_back(std::move(made));
  }

  void ReadList(Tokens list, Condition& made) {
    if (!list.empty() && list.front().kind == TokenKind::kColon) list = list.subspan(1);
    switch (made.kind) {
      case ConditionKind::kTopicIs:
        for (const std::string& name : ParseTexts(list, bullet_, problems_)) {
          if (auto topic = names_.FindTopic(name, At(bullet_), problems_)) made.topics.push_back(*std::move(topic));
        }
        failed_ = failed_ || made.topics.empty();
        return;
      case ConditionKind::kLaneIs: return ReadLanes(list, made);
      case ConditionKind::kFrom:
        made.senders = ParseSenders(list, bullet_, problems_);
        failed_ = failed_ || made.senders.empty();
        return;
      case ConditionKind::kSays:
      case ConditionKind::kSubjectSays:
        made.phrases = ParsePhrases(list, bullet_, problems_);
        failed_ = failed_ || made.phrases.empty();
        return;
      case ConditionKind::kTone:
      case ConditionKind::kUrgency:
      case ConditionKind::kVip:
      case ConditionKind::kSignal: return;
    }
  }

  void ReadLanes(Tokens list, Condition& made) {
    for (const std::string& name : ParseTexts(list, bullet_, problems_)) {
      const auto lane = ParseLane(Fold(name));
      if (lane)
        made.lanes.push_back(*lane);
      else
        Error(Quote("lane is " + name) + ": no such lane." + DidYouMean(name, {"mail", "form", "chat", "split"}) +
              " Lanes are mail, form, chat and split.");
    }
    failed_ = failed_ || made.lanes.empty();
  }

  void ReportUnknown(Tokens group, Tokens tokens) {
    std::string text = Quote(Text(group)) + " is no condition.";
    const std::string meant = problems_.MaySuggest() ? MeantCondition(tokens, bullet_.text) : std::string();
    if (!meant.empty()) text += " Did you mean \"" + meant + "\"?";
    if (after_words_ && !BeginsCondition(tokens)) text += " Put quotes around words to search that hold an \"and\".";
    Error(text + " " + std::string(kAllConditions));
  }

  std::string_view action_;
  const Bullet& bullet_;
  Names& names_;
  Problems& problems_;
  bool failed_ = false;
  bool after_words_ = false;  // the condition before searched words
  std::vector<Condition> made_;
};

std::vector<std::size_t> ArrowsOf(const std::vector<Token>& tokens) {
  std::vector<std::size_t> strong;
  std::vector<std::size_t> weak;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kArrow) strong.push_back(i);
    if (tokens[i].kind == TokenKind::kColon || IsWord(tokens[i], "then")) weak.push_back(i);
  }
  return strong.empty() ? weak : strong;
}

}  // namespace

std::optional<RuleParts> SplitRule(const Bullet& bullet, Problems& problems) {
  const auto fail = [&](const std::string& text) {
    problems.Error(At(bullet), text);
    return std::nullopt;
  };
  TokenText read = Tokenize(bullet.text);
  if (!read.error.empty()) return fail(read.error);
  const std::vector<std::size_t> arrows = ArrowsOf(read.tokens);
  if (arrows.empty())
    return fail(Quote(bullet.text) + " has no arrow. Write what must fit, then \"->\", then what happens.");
  if (arrows.size() > 1) {
    return fail(Quote(bullet.text) +
                " has more than one arrow. Write one \"->\", and put quotes around words to search.");
  }
  const std::size_t arrow = arrows.front();
  if (arrow == 0) return fail(Quote(bullet.text) + " has no condition before its arrow. Write what must fit.");
  if (arrow + 1 == read.tokens.size())
    return fail(Quote(bullet.text) + " has nothing after its arrow. Write what happens.");
  RuleParts parts{std::move(read.tokens), {}, {}};
  parts.conditions = Tokens(parts.tokens).first(arrow);
  parts.action = Tokens(parts.tokens).subspan(arrow + 1);
  return parts;
}

std::vector<Condition> ParseConditions(Tokens tokens, std::string_view action, const Bullet& bullet, Names& names,
                                       Problems& problems) {
  return ConditionReader(action, bullet, names, problems).Read(tokens);
}

}  // namespace tr::rules
