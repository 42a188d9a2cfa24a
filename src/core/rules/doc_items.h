#pragma once
// What one item of a LIST means: words to search, or a sender.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/book.h"
#include "rules/doc_tokens.h"
#include "rules/problems.h"

namespace tr::rules {

// The phrases of a LIST; reports items that could never fit or are no words.
std::vector<Phrase> ParsePhrases(Tokens list, const Bullet& bullet, Problems& problems);

// The senders of a LIST.
std::vector<Sender> ParseSenders(Tokens list, const Bullet& bullet, Problems& problems);

// One address or "@domain". Reports what is neither.
std::optional<Sender> ParseSender(std::string_view text, const Bullet& bullet, Problems& problems);

// The items of a list as texts, quotes taken off.
std::vector<std::string> ParseTexts(Tokens list, const Bullet& bullet, Problems& problems);

}  // namespace tr::rules
