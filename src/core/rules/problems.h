#pragma once
// Where the findings of one parse gather.

#include <string>
#include <string_view>
#include <vector>

#include "rules/parse.h"

namespace tr::rules {

// Where a finding stands; see Problem.
struct Where {
  std::string file;
  int line = 0;
  std::string column = {};
  std::string cell = {};
};

// Collects findings; at most 500, then one that says how many more, so that a hostile book stays cheap to show.
class Problems {
 public:
  void Error(const Where& where, std::string text);
  void Warning(const Where& where, std::string text);
  void Note(const Where& where, std::string text);

  bool has_errors() const { return errors_ > 0; }
  // Whether another "did you mean" may be looked for: false after 50, each costs a walk through all names.
  bool MaySuggest() { return suggestions_++ < 50; }

  // In the order of the files and their lines.
  std::vector<Problem> Take();

 private:
  void Add(Severity severity, const Where& where, std::string text);

  std::vector<Problem> found_;
  int errors_ = 0;
  int suggestions_ = 0;
  int left_out_ = 0;
};

// Where a bullet stands.
inline Where At(const Bullet& bullet) { return {"rules.md", bullet.line}; }

// The text between quotes, cut to 160 bytes.
std::string Quote(std::string_view text);

}  // namespace tr::rules
