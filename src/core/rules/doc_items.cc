#include "rules/doc_items.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rules/sheet_cells.h"

namespace tr::rules {
namespace {

// No customer repeats more word for word; it also bounds the search.
constexpr std::size_t kMostWords = 30;

// The items, when there is at least one and every `or` has two sides.
std::vector<Tokens> ItemsOf(Tokens list, const Bullet& bullet, Problems& problems) {
  TokenItems split = SplitItems(list);
  if (split.dangling_or) {
    problems.Error(At(bullet), Quote(bullet.text) +
                                   ": an \"or\" has nothing beside it. Delete it or write what is missing; in "
                                   "quotes if it is a word to search.");
  } else if (split.items.empty()) {
    problems.Error(At(bullet), Quote(bullet.text) + ": a list is empty. Write at least one word or name.");
  }
  return std::move(split.items);
}

// The item as the manager wrote it, without quotes around the whole; a star may stand behind the closing quote.
std::string TextOfItem(Tokens item, const Bullet& bullet) {
  const bool quoted = item.front().kind == TokenKind::kQuoted;
  if (quoted && item.size() == 1) return std::string(item.front().text);
  if (quoted && item.size() == 2 && item[1].text == "*" && item[1].begin == item[0].end) {
    return std::string(item.front().text) + "*";
  }
  return std::string(TextOf(item, bullet.text));
}

bool HasQuoted(Tokens item) {
  return std::any_of(item.begin(), item.end(), [](const Token& token) { return token.kind == TokenKind::kQuoted; });
}

// Marks that stand in patterns and in no customer's sentence.
bool LooksLikePattern(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMarks = {".*", ".+", "\\b", "\\d", "\\w", "\\s",
                                                       "(?", "[^", "|",   ")?",  ")*",  "]+"};
  for (const std::string_view mark : kMarks) {
    if (text.find(mark) != std::string_view::npos) return true;
  }
  return text.starts_with('^') || (text.size() > 2 && text.starts_with('/') && text.ends_with('/'));
}

std::string PhraseFault(std::string_view text) {
  if (LooksLikePattern(text)) {
    return Quote(text) +
           " looks like a regular expression, which is not understood. Write the words with commas between; a star "
           "at the end stands for any ending.";
  }
  if (text.find(';') != std::string_view::npos || text.find(" / ") != std::string_view::npos) {
    return Quote(text) + " would be searched as one phrase. Write commas between the words.";
  }
  const std::size_t star = text.find('*');
  if (star != std::string_view::npos && star + 1 != text.size()) {
    return Quote(text) + ": a star stands only at the end of the last word, such as urgent*.";
  }
  if (star != std::string_view::npos && (star == 0 || text[star - 1] == ' ')) {
    return Quote(text) + ": a star needs a word directly before it, such as urgent*.";
  }
  return {};
}

std::optional<Phrase> ParsePhrase(const std::string& text, const Bullet& bullet, Problems& problems) {
  const std::string fault = PhraseFault(text);
  if (!fault.empty()) {
    problems.Error(At(bullet), fault);
    return std::nullopt;
  }
  Phrase phrase{{}, text.ends_with('*'), text};
  const std::string folded = Fold(std::string_view(text).substr(0, text.size() - (phrase.open_end ? 1 : 0)));
  for (const std::string_view word : Words(folded)) phrase.words.emplace_back(word);
  if (phrase.words.size() > kMostWords) {
    problems.Error(At(bullet), Quote(text) + " is longer than 30 words. Write commas between, or a shorter phrase.");
    return std::nullopt;
  }
  if (phrase.words.empty()) {
    problems.Error(At(bullet), Quote(text) + " holds no letter or digit, so no text can fit. Write a word.");
    return std::nullopt;
  }
  return phrase;
}

}  // namespace

std::vector<Phrase> ParsePhrases(Tokens list, const Bullet& bullet, Problems& problems) {
  std::vector<Phrase> phrases;
  for (const Tokens item : ItemsOf(list, bullet, problems)) {
    const std::string text = TextOfItem(item, bullet);
    if (item.size() > 1 && HasQuoted(item) && text.find('"') != std::string::npos) {
      problems.Error(At(bullet), "write a comma between two things to search, instead of a blank: " + text + ".");
      continue;
    }
    if (auto phrase = ParsePhrase(text, bullet, problems)) phrases.push_back(*std::move(phrase));
  }
  return phrases;
}

std::optional<Sender> ParseSender(std::string_view text, const Bullet& bullet, Problems& problems) {
  const std::string lower = ToLowerAscii(text);
  const std::string_view bare = std::string_view(lower).substr(lower.starts_with('@') ? 1 : 0);
  const bool star = lower.find('*') != std::string::npos;
  if (lower.starts_with('@') && IsDomain(bare)) return Sender{lower, true};
  if (IsAddress(lower) && !star) return Sender{lower, false};
  std::string mend = " Write it like anna@globex.example or @globex.example.";
  const std::size_t at = lower.rfind('@');
  std::string_view domain = std::string_view(lower).substr(at == std::string::npos ? 0 : at + 1);
  while (domain.starts_with("*.") || domain.starts_with('.')) domain.remove_prefix(domain.starts_with('.') ? 1 : 2);
  if (at == std::string::npos || at == 0 || lower.starts_with("*@")) {
    if (IsDomain(domain)) mend = " Write @" + std::string(domain) + ", which also means its subdomains.";
  }
  problems.Error(At(bullet), Quote(text) + " is no address and no @domain." + mend);
  return std::nullopt;
}

std::vector<Sender> ParseSenders(Tokens list, const Bullet& bullet, Problems& problems) {
  std::vector<Sender> senders;
  for (const std::string& text : ParseTexts(list, bullet, problems)) {
    if (auto sender = ParseSender(text, bullet, problems)) senders.push_back(*std::move(sender));
  }
  return senders;
}

std::vector<std::string> ParseTexts(Tokens list, const Bullet& bullet, Problems& problems) {
  std::vector<std::string> texts;
  for (const Tokens item : ItemsOf(list, bullet, problems)) texts.push_back(TextOfItem(item, bullet));
  return texts;
}

}  // namespace tr::rules
