#include "rules/condition_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "rules/suggest.h"

namespace tr::rules {
namespace {

using WordPair = std::array<std::string_view, 2>;  // the second may be empty

// A condition that is a word or two of its own.
struct PlainCondition {
  WordPair words;
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

struct HeadWords {
  ConditionKind kind;
  WordPair words;
};

constexpr std::array<HeadWords, 5> kListHeads = {{{ConditionKind::kTopicIs, {"topic", "is"}},
                                                  {ConditionKind::kLaneIs, {"lane", "is"}},
                                                  {ConditionKind::kSubjectSays, {"subject", "says"}},
                                                  {ConditionKind::kFrom, {"from"}},
                                                  {ConditionKind::kSays, {"says"}}}};

std::size_t Count(const WordPair& words) { return words[1].empty() ? 1 : 2; }

bool BeginsWith(Tokens tokens, const WordPair& words) {
  return Count(words) == 1 ? StartsWith(tokens, {words[0]}) : StartsWith(tokens, {words[0], words[1]});
}

std::string AndForCommas(Tokens tokens, std::string_view bullet) {
  std::string text;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kComma)
      text += " and";
    else
      text += (text.empty() ? "" : " ") + std::string(TextOf(Tokens(&token, 1), bullet));
  }
  return text;
}

}  // namespace

const Condition* FindPlain(Tokens tokens) {
  for (const PlainCondition& plain : PlainConditions()) {
    if (tokens.size() == Count(plain.words) && BeginsWith(tokens, plain.words)) return &plain.meaning;
  }
  return nullptr;
}

std::optional<ListHead> FindListHead(Tokens tokens) {
  for (const HeadWords& head : kListHeads) {
    if (BeginsWith(tokens, head.words)) return ListHead{head.kind, Count(head.words)};
  }
  return std::nullopt;
}

Tokens SkipNot(Tokens tokens) { return StartsWith(tokens, {"not"}) ? tokens.subspan(1) : tokens; }

bool BeginsCondition(Tokens tokens) {
  const Tokens positive = SkipNot(tokens);
  return FindPlain(positive) != nullptr || FindListHead(positive).has_value();
}

Tokens UpToComma(Tokens tokens) {
  const auto comma =
      std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::kComma; });
  return tokens.first(static_cast<std::size_t>(comma - tokens.begin()));
}

std::string MeantCondition(Tokens tokens, std::string_view bullet) {
  const auto text = [&](Tokens some) { return std::string(TextOf(some, bullet)); };
  const bool comma = UpToComma(tokens).size() < tokens.size();
  if (comma && BeginsCondition(UpToComma(tokens))) return AndForCommas(tokens, bullet);
  if (StartsWith(tokens, {"topic"}) && tokens.size() > 1) return "topic is " + text(tokens.subspan(1));
  if (StartsWith(tokens, {"lane"}) && tokens.size() > 1) return "lane is " + text(tokens.subspan(1));
  if (StartsWith(tokens, {"subject"}) && tokens.size() > 2) return "subject says " + text(tokens.subspan(2));
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (BeginsCondition(tokens.subspan(i))) return text(tokens.subspan(i));
  }
  return Suggest(text(tokens), {"angry", "frustrated", "calm", "low", "medium", "high", "VIP", "outage",
                                "payment failure", "deadline", "topic is", "lane is", "from", "says", "subject says"});
}

}  // namespace tr::rules
