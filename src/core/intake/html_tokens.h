#pragma once
// HTML cut into tags and text, one at a time, linear in the size whatever the input.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tr::intake {

struct HtmlToken {
  enum class Kind { kText, kOpen, kClose, kEnd };
  Kind kind = Kind::kEnd;
  std::string_view text;    // kText: raw, references not yet replaced
  std::string name;         // of a tag, lower case
  std::string_view inside;  // of an open tag: what stands behind its name
};

class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html);
  // Comments, doctypes and the contents of scripts, styles and titles are left out.
  HtmlToken Next();

 private:
  std::size_t EndOfTag(std::size_t at);
  std::size_t SkipDeclaration();
  std::size_t SkipContent(const std::string& name);

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t last_close_;  // the last '>', or npos
  int broken_quotes_ = 0;
  std::vector<std::string> unclosed_;  // elements (and "!--") that nothing closes any more: not searched again
};

// The value of an attribute, references replaced; empty where there is none.
std::string Attribute(std::string_view inside, std::string_view name);

}  // namespace tr::intake
