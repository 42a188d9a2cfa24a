#include "read/embedded/lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "read/embedded/tokens.h"

namespace tr::read {
namespace {

bool IsList(std::string_view name) {
  return std::any_of(WordLists().begin(), WordLists().end(), [&](const WordList& list) { return list.name == name; });
}

// A pattern that is spelled in a way in which no text is ever folded would be dead.
void CheckWord(std::string_view word, std::string_view where) {
  if (word.starts_with('@')) {
    EXPECT_TRUE(IsList(word)) << where;
    return;
  }
  const bool open = word.ends_with('*');
  if (open) word.remove_suffix(1);
  EXPECT_GE(word.size(), open ? 3U : 1U) << where;
  const Tokens tokens = Tokenize("", word);
  ASSERT_EQ(tokens.words.size(), 1U) << where;
  EXPECT_EQ(tokens.Folded(tokens.words[0]), word) << where;
}

TEST(LexiconTest, EveryPatternCanBeFound) {
  for (const auto cues : {ToneCues(), UrgencyCues(), SignalCues()}) {
    for (const Cue& cue : cues) {
      for (const std::string_view pattern : SplitText(cue.patterns, ';')) {
        EXPECT_FALSE(pattern.starts_with('~') || pattern.ends_with('~')) << pattern;
        for (const std::string_view place : SplitText(pattern, ' ')) {
          if (place == "~") continue;
          for (const std::string_view word : SplitText(place, '|')) CheckWord(word, pattern);
        }
      }
    }
  }
}

TEST(LexiconTest, EveryListedWordCanBeFound) {
  for (const WordList& list : WordLists()) {
    for (const std::string_view word : SplitText(list.words, '|')) CheckWord(word, list.name);
  }
}

}  // namespace
}  // namespace tr::read
