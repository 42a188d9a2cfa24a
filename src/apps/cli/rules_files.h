#pragma once
// Rule books in folders, for the commands that look at one.

#include <string>

#include "base/result.h"
#include "rules/parse.h"

namespace tr::cli {

struct FolderBook {
  rules::RuleFiles files;
  rules::ParsedBook parsed;
};

// kNotFound: there is no such folder, or a piece is missing.
Result<FolderBook> ReadBook(const std::string& dir);

// As above, and kInvalid with the first mistake where the book has one.
Result<FolderBook> ReadGoodBook(const std::string& dir);

}  // namespace tr::cli
