#include "rules/condition_parse.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/doc_items.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

// A condition that is a word or two of its own.
struct PlainCondition {
  std::array<std::string_view, 2> words;
  Condition meaning;
};

Condition OfTone(Tone tone) {
  Condition made;
  made.kind = ConditionKind::kTone;
  made.tone = tone;
  return made;
}

Condition OfUrgency(Urgency urgency) {
  Condition made;
  made.kind = ConditionKind::kUrgency;
  made.urgency = urgency;
  return made;
}

Condition OfSignal(Signal signal) {
  Condition made;
  made.kind = ConditionKind::kSignal;
  made.signal = signal;
  return made;
}

const std::vector<PlainCondition>& PlainConditions() {
  static const std::vector<PlainCondition> all = {
      {{"angry"}, OfTone(Tone::kAngry)},
      {{"frustrated"}, OfTone(Tone::kFrustrated)},
      {{"calm"}, OfTone(Tone::kCalm)},
      {{"low"}, OfUrgency(Urgency::kLow)},
      {{"medium"}, OfUrgency(Urgency::kMedium)},
      {{"high"}, OfUrgency(Urgency::kHigh)},
      {{"vip"}, Condition{}},
      {{"outage"}, OfSignal(Signal::kOutage)},
      {{"payment", "failure"}, OfSignal(Signal::kPaymentFailure)},
      {{"deadline"}, OfSignal(Signal::kDeadline)},
  };
  return all;
}

// A condition that is followed by a LIST.
struct ListHead {
  ConditionKind kind;
  std::array<std::string_view, 2> words;
};

constexpr std::array<ListHead, 5> kListHeads = {{{ConditionKind::kTopicIs, {"topic", "is"}},
                                                 {ConditionKind::kLaneIs, {"lane", "is"}},
                                                 {ConditionKind::kSubjectSays, {"subject", "says"}},
                                                 {ConditionKind::kFrom, {"from"}},
                                                 {ConditionKind::kSays, {"says"}}}};

constexpr std::string_view kAllConditions =
    "Conditions are angry, frustrated, calm, low, medium, high, VIP, outage, payment failure, deadline, topic is …, "
    "lane is …, from …, says … and subject says ….";

std::size_t Count(const std::array<std::string_view, 2>& words) { return words[1].empty() ? 1 : 2; }

bool BeginsWith(Tokens tokens, const std::array<std::string_view, 2>& words) {
  return Count(words) == 1 ? StartsWith(tokens, {words[0]}) : StartsWith(tokens, {words[0], words[1]});
}

const PlainCondition* FindPlain(Tokens tokens) {
  for (const PlainCondition& plain : PlainConditions()) {
    if (tokens.size() == Count(plain.words) && BeginsWith(tokens, plain.words)) return &plain;
  }
  return nullptr;
}

const ListHead* FindListHead(Tokens tokens) {
  for (const ListHead& head : kListHeads) {
    if (BeginsWith(tokens, head.words)) return &head;
  }
  return nullptr;
}

Tokens SkipNot(Tokens tokens) { return StartsWith(tokens, {"not"}) ? tokens.subspan(1) : tokens; }

// "angry", "not VIP", "says …": what may stand between two `and`s.
bool BeginsCondition(Tokens tokens) {
  const Tokens positive = SkipNot(tokens);
  return FindPlain(positive) != nullptr || FindListHead(positive) != nullptr;
}

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

// Up to the next comma: what an `or` is followed by.
Tokens UpToComma(Tokens tokens) {
  const auto comma =
      std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::kComma; });
  return tokens.first(static_cast<std::size_t>(comma - tokens.begin()));
}

// The conditions that an `or` seems to join: one when every `or` parts items of a list.
std::vector<Tokens> Alternatives(Tokens group) {
  std::vector<Tokens> found;
  const std::vector<Tokens> parts = SplitAtWord(group, "or");
  const bool list = !parts.empty() && FindListHead(SkipNot(parts.front())) != nullptr;
  for (const Tokens part : parts) {
    const bool own = !list || found.empty() || BeginsCondition(UpToComma(part));
    if (own) {
      found.push_back(part);
    } else {
      const auto length = static_cast<std::size_t>(&part.back() + 1 - &found.back().front());
      found.back() = part.empty() ? found.back() : Tokens(&found.back().front(), length);
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
    if (const PlainCondition* plain = FindPlain(tokens)) {
      made = plain->meaning;
    } else if (const ListHead* head = FindListHead(tokens)) {
      made.kind = head->kind;
      ReadList(tokens.subspan(Count(head->words)), made);
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
    const std::string meant = problems_.MaySuggest() ? Meant(tokens) : std::string();
    if (!meant.empty()) text += " Did you mean \"" + meant + "\"?";
    if (after_words_ && !BeginsCondition(tokens)) text += " Put quotes around words to search that hold an \"and\".";
    Error(text + " " + std::string(kAllConditions));
  }

  // What an unknown condition was probably meant to be.
  std::string Meant(Tokens tokens) const {
    const auto comma =
        std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::kComma; });
    if (comma && BeginsCondition(UpToComma(tokens))) return Commaless(tokens);
    if (tokens.size() > 2 && (IsWord(tokens[0], "topic") || IsWord(tokens[0], "lane")) && IsWord(tokens[1], "is"))
      return {};
    if (StartsWith(tokens, {"topic"}) && tokens.size() > 1) return "topic is " + Text(tokens.subspan(1));
    if (StartsWith(tokens, {"lane"}) && tokens.size() > 1) return "lane is " + Text(tokens.subspan(1));
    if (StartsWith(tokens, {"subject"}) && tokens.size() > 2) return "subject says " + Text(tokens.subspan(2));
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      if (BeginsCondition(tokens.subspan(i))) return Text(tokens.subspan(i));
    }
    return Suggest(Text(tokens),
                   {"angry", "frustrated", "calm", "low", "medium", "high", "VIP", "outage", "payment failure",
                    "deadline", "topic is", "lane is", "from", "says", "subject says"});
  }

  std::string Commaless(Tokens tokens) const {
    std::string text;
    for (const Token& token : tokens) {
      if (token.kind == TokenKind::kComma)
        text += " and";
      else
        text += (text.empty() ? "" : " ") + std::string(TextOf(Tokens(&token, 1), bullet_.text));
    }
    return text;
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
