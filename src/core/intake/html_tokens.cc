#include "intake/html_tokens.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "intake/html_entities.h"

namespace tr::intake {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kLongestName = 64;
// Quotes that never close make the rest of the page one tag; after so many, quotes mean nothing any more.
constexpr int kMaxBrokenQuotes = 50;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool IsNameChar(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == ':' || c == '-' || c == '_'; }

bool HidesContent(const std::string& name) {
  return name == "script" || name == "style" || name == "title" || name == "template";
}

}  // namespace

HtmlTokens::HtmlTokens(std::string_view html) : html_(html), last_close_(html.rfind('>')) {}

HtmlToken HtmlTokens::Next() {
  while (at_ < html_.size()) {
    const bool more_tags = last_close_ != kNone && at_ < last_close_;
    if (!more_tags || html_[at_] != '<') break;
    const char next = html_[at_ + 1];
    if (next == '!' || next == '?') {
      at_ = SkipDeclaration();
      continue;
    }
    const bool close = next == '/';
    std::size_t name_end = at_ + (close ? 2 : 1);
    const std::size_t name_start = name_end;
    if (!IsLetter(html_[name_end])) break;
    while (name_end < last_close_ && name_end - name_start < kLongestName && IsNameChar(html_[name_end])) ++name_end;
    HtmlToken token;
    token.kind = close ? HtmlToken::Kind::kClose : HtmlToken::Kind::kOpen;
    token.name = ToLowerAscii(html_.substr(name_start, name_end - name_start));
    const std::size_t end = EndOfTag(name_end);
    token.inside = html_.substr(name_end, end - name_end);
    at_ = end + 1;
    if (!close && HidesContent(token.name)) at_ = SkipContent(token.name);
    return token;
  }
  if (at_ >= html_.size()) return {};
  HtmlToken token;
  token.kind = HtmlToken::Kind::kText;
  const std::size_t end = std::min(html_.find('<', at_ + 1), html_.size());
  token.text = html_.substr(at_, end - at_);
  at_ = end;
  return token;
}

// The '>' that ends the tag; there is one behind `at`.
std::size_t HtmlTokens::EndOfTag(std::size_t at) {
  char quote = 0;
  for (std::size_t i = at; broken_quotes_ < kMaxBrokenQuotes && i <= last_close_; ++i) {
    const char c = html_[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return i;
    } else if ((c == '"' || c == '\'') && html_[i - 1] == '=') {
      quote = c;
    } else if ((c == '"' || c == '\'') && IsSpace(html_[i - 1])) {
      const std::size_t before = html_.substr(at, i - at).find_last_not_of(" \t\r\n");
      if (before != kNone && html_[at + before] == '=') quote = c;
    }
  }
  ++broken_quotes_;
  return html_.find('>', at);
}

std::size_t HtmlTokens::SkipDeclaration() {
  const bool comment =
      html_.substr(at_, 4) == "<!--" && std::find(unclosed_.begin(), unclosed_.end(), "!--") == unclosed_.end();
  if (!comment) return html_.find('>', at_) + 1;
  // "<!-->" and "<!--->" are whole comments.
  const std::size_t end = html_.find("-->", at_ + 2);
  if (end != kNone) return end + 3;
  unclosed_.emplace_back("!--");
  return html_.find('>', at_) + 1;
}

// Behind the start of the closing tag; where nothing closes it, only the tag itself was skipped.
std::size_t HtmlTokens::SkipContent(const std::string& name) {
  if (std::find(unclosed_.begin(), unclosed_.end(), name) != unclosed_.end()) return at_;
  for (std::size_t end = html_.find("</", at_); end != kNone; end = html_.find("</", end + 2)) {
    if (EqualsIgnoreCaseAscii(html_.substr(end + 2, name.size()), name)) return end;
  }
  unclosed_.push_back(name);
  return at_;
}

std::string Attribute(std::string_view inside, std::string_view name) {
  std::size_t at = 0;
  while (at < inside.size()) {
    while (at < inside.size() && (IsSpace(inside[at]) || inside[at] == '/')) ++at;
    const std::size_t start = at;
    while (at < inside.size() && !IsSpace(inside[at]) && inside[at] != '=') ++at;
    const std::string_view key = inside.substr(start, at - start);
    while (at < inside.size() && IsSpace(inside[at])) ++at;
    if (at >= inside.size() || inside[at] != '=') {
      if (at == start) ++at;
      continue;
    }
    ++at;
    while (at < inside.size() && IsSpace(inside[at])) ++at;
    const bool quoted = at < inside.size() && (inside[at] == '"' || inside[at] == '\'');
    const std::size_t from = quoted ? at + 1 : at;
    std::size_t end = quoted ? inside.find(inside[at], from) : inside.find_first_of(" \t\r\n", from);
    if (end == kNone) end = inside.size();
    if (EqualsIgnoreCaseAscii(key, name)) return DecodeReferences(inside.substr(from, end - from));
    at = quoted ? end + 1 : end;
  }
  return {};
}

}  // namespace tr::intake
