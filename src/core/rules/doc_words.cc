#include "base/text.h"
#include "rules/doc.h"
#include "rules/doc_items.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

// "high: LIST" in two: the name, and the list.
struct Entry {
  TokenText read;
  std::string name;  // folded
  Tokens list;
};

// Nothing when it was reported. `shape` shows how such an entry is written.
std::optional<Entry> ReadEntry(const Bullet& bullet, std::string_view shape, Problems& problems) {
  Entry entry{Tokenize(bullet.text), {}, {}};
  const std::vector<Token>& tokens = entry.read.tokens;
  if (!entry.read.error.empty()) {
    problems.Error(At(bullet), entry.read.error);
    return std::nullopt;
  }
  std::size_t mark = 0;
  while (mark < tokens.size() && tokens[mark].kind != TokenKind::kColon && tokens[mark].kind != TokenKind::kArrow)
    ++mark;
  if (mark == tokens.size() || mark == 0) {
    problems.Error(At(bullet),
                   Quote(bullet.text) + " has no name before a colon. Write it like " + std::string(shape) + ".");
    return std::nullopt;
  }
  entry.name = Fold(TextOf(Tokens(tokens).first(mark), bullet.text));
  entry.list = Tokens(tokens).subspan(mark + 1);
  return entry;
}

}  // namespace

void ParseUrgencyWords(const Bullet& bullet, RuleBook& book, Problems& problems) {
  const std::optional<Entry> entry = ReadEntry(bullet, "\"high: urgent*, immediately\"", problems);
  if (!entry) return;
  std::vector<Phrase> phrases = ParsePhrases(entry->list, bullet, problems);
  const std::optional<Urgency> urgency = ParseUrgency(entry->name);
  if (urgency == Urgency::kLow) {
    return problems.Error(At(bullet),
                          "words can raise the urgency, never lower it, so \"low:\" would do nothing. Delete the "
                          "bullet; a Priority rule with \"-> normal\" can calm a ticket.");
  }
  if (!urgency) {
    return problems.Error(At(bullet), Quote(entry->name) + " is no urgency." +
                                          DidYouMean(entry->name, {"high", "medium"}) +
                                          " Begin the bullet with \"high:\" or \"medium:\".");
  }
  if (!phrases.empty()) book.urgency_words.push_back({bullet, *urgency, std::move(phrases)});
}

void ParseSignalWords(const Bullet& bullet, RuleBook& book, Problems& problems) {
  const std::optional<Entry> entry = ReadEntry(bullet, "\"outage: site is down, error 502\"", problems);
  if (!entry) return;
  std::vector<Phrase> phrases = ParsePhrases(entry->list, bullet, problems);
  const std::optional<Signal> signal = ParseSignal(entry->name);
  if (!signal) {
    return problems.Error(At(bullet), Quote(entry->name) + " is no signal." +
                                          DidYouMean(entry->name, {"outage", "payment failure", "deadline"}) +
                                          " Begin the bullet with \"outage:\", \"payment failure:\" or \"deadline:\".");
  }
  if (!phrases.empty()) book.signal_words.push_back({bullet, *signal, std::move(phrases)});
}

}  // namespace tr::rules
