#include "intake/html_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "intake/html_entities.h"
#include "intake/html_tokens.h"

namespace tr::intake {
namespace {

constexpr int kDeepestQuote = 5;
constexpr std::size_t kLongestLink = 200;

constexpr std::array<std::string_view, 13> kParagraphs = {"p",  "h1", "h2",    "h3",  "h4",         "h5", "h6",
                                                          "ul", "ol", "table", "pre", "blockquote", "hr"};
constexpr std::array<std::string_view, 19> kLines = {
    "div",  "tr",   "li",     "dt",    "dd",       "dl",         "section", "article", "header", "footer",
    "main", "form", "center", "title", "fieldset", "figcaption", "body",    "address", "br"};
constexpr std::array<std::string_view, 8> kVoid = {"br", "img", "hr", "meta", "link", "input", "col", "wbr"};

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Lines with their quote marks; white space as a browser would fold it.
class Page {
 public:
  // Ends the line; `blank` asks for an empty line besides.
  void Break(bool blank) {
    if (out_.empty()) return;
    breaks_ = std::max(breaks_, blank ? 2 : 1);
    space_ = false;
  }

  // <br>: another line, even an empty one.
  void NewLine() {
    if (!out_.empty()) breaks_ = std::min(breaks_ + 1, 2);
    space_ = false;
  }

  void Put(std::string_view text, bool preformatted) {
    for (const char c : text) {
      if (preformatted && c == '\n') {
        NewLine();
      } else if (preformatted && (c == ' ' || c == '\t')) {
        PutChar(c);
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
        space_ = true;
      } else {
        PutChar(c);
      }
    }
  }

  void Space() { space_ = true; }
  void Quote(int by) { depth_ = std::max(0, depth_ + by); }
  std::size_t size() const { return out_.size(); }
  std::string_view Since(std::size_t at) const { return std::string_view(out_).substr(at); }

  std::string Finish() {
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  void PutChar(char c) {
    const bool line_start = breaks_ > 0 || out_.empty();
    for (; breaks_ > 0; --breaks_) {
      out_ += '\n';
      if (breaks_ > 1 && depth_ > 0 && last_depth_ > 0) out_.append(Marks(std::min(depth_, last_depth_)));
    }
    if (line_start && depth_ > 0) {
      out_.append(Marks(depth_));
      out_ += ' ';
    } else if (space_ && !line_start) {
      out_ += ' ';
    }
    last_depth_ = depth_;
    space_ = false;
    out_ += c;
  }

  static std::string Marks(int depth) {
    return std::string(static_cast<std::size_t>(std::min(depth, kDeepestQuote)), '>');
  }

  std::string out_;
  int breaks_ = 0;
  bool space_ = false;
  int depth_ = 0;
  int last_depth_ = 0;
};

// Space that a browser shows none of: soft hyphen, zero width space, grapheme joiner, byte order mark; and U+00A0 as a
// space.
std::string Visible(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] == '&') {
      at = AppendReference(raw, at, text);
    } else {
      text += raw[at++];
    }
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("\xC2\xA0")) {
      out += ' ';
      ++i;
    } else if (rest.starts_with("\xC2\xAD") || rest.starts_with("\xCD\x8F")) {
      ++i;
    } else if (rest.starts_with("\xE2\x80\x8B") || rest.starts_with("\xEF\xBB\xBF")) {
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool IsHidden(std::string_view inside) {
  if (inside.size() < 8) return false;
  std::string style = ToLowerAscii(Attribute(inside, "style"));
  std::erase_if(style, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos ||
         style.find("mso-hide:all") != std::string::npos;
}

// A <blockquote> that quotes; writers of mail also use it to indent.
bool IsQuotation(std::string_view inside) {
  std::string style = ToLowerAscii(Attribute(inside, "style"));
  std::erase(style, ' ');
  return style.find("border:none") == std::string::npos || !Attribute(inside, "class").empty() ||
         !Attribute(inside, "type").empty();
}

class Writer {
 public:
  explicit Writer(std::string_view html, bool obey_hiding) : tokens_(html), obey_hiding_(obey_hiding) {}

  std::string Write() {
    for (HtmlToken token = tokens_.Next(); token.kind != HtmlToken::Kind::kEnd; token = tokens_.Next()) {
      if (hidden_ > 0) {
        PassHidden(token);
      } else if (token.kind == HtmlToken::Kind::kText) {
        page_.Put(Visible(token.text), preformatted_ > 0);
      } else if (token.kind == HtmlToken::Kind::kOpen) {
        Open(token);
      } else {
        Close(token.name);
      }
    }
    return page_.Finish();
  }

 private:
  void PassHidden(const HtmlToken& token) {
    if (token.name != hidden_name_) return;
    if (token.kind == HtmlToken::Kind::kOpen) ++hidden_;
    if (token.kind == HtmlToken::Kind::kClose) --hidden_;
  }

  void Open(const HtmlToken& token) {
    const std::string& name = token.name;
    if (obey_hiding_ && !Contains(kVoid, name) && !token.inside.ends_with('/') && IsHidden(token.inside)) {
      hidden_ = 1;
      hidden_name_ = name;
      return;
    }
    BreakFor(name);
    if (name == "br") page_.NewLine();
    if (name == "li") page_.Put("- ", false);
    if (name == "td" || name == "th") page_.Space();
    if (name == "pre") ++preformatted_;
    if (name == "img") page_.Put(Visible(Attribute(token.inside, "alt")), false);
    if (name == "blockquote") OpenQuote(token.inside);
    if (name == "a") {
      link_ = Trim(Attribute(token.inside, "href"));
      link_start_ = page_.size();
    }
  }

  void Close(const std::string& name) {
    if (name == "a") CloseLink();
    BreakFor(name);
    if (name == "pre") preformatted_ = std::max(0, preformatted_ - 1);
    if (name == "blockquote" && quotes_ > 0) {
      --quotes_;
      const bool quotation = (quotation_bits_ & 1U) != 0;
      quotation_bits_ >>= 1U;
      if (quotation) page_.Quote(-1);
    }
  }

  void OpenQuote(std::string_view inside) {
    const bool quotation = quotes_ < 60 && IsQuotation(inside);
    ++quotes_;
    quotation_bits_ = quotation_bits_ << 1U | (quotation ? 1U : 0U);
    if (quotation) page_.Quote(1);
  }

  void BreakFor(const std::string& name) {
    if (Contains(kParagraphs, name)) {
      page_.Break(true);
    } else if (name != "br" && Contains(kLines, name)) {
      page_.Break(false);
    }
  }

  // "our shop <https://shop.example/>", but never an address twice.
  void CloseLink() {
    const std::string_view shown = Trim(page_.Since(std::min(link_start_, page_.size())));
    const bool web = link_.starts_with("http://") || link_.starts_with("https://");
    if (web && !shown.empty() && link_.size() <= kLongestLink && shown.find("://") == std::string_view::npos) {
      std::string_view place = link_;
      place.remove_prefix(place.find("://") + 3);
      if (place.ends_with('/')) place.remove_suffix(1);
      if (shown.find(place) == std::string_view::npos) page_.Put(" <" + link_ + ">", false);
    }
    link_.clear();
  }

  HtmlTokens tokens_;
  Page page_;
  bool obey_hiding_;
  int hidden_ = 0;  // how many elements of that name are open, the hidden one included
  std::string hidden_name_;
  int preformatted_ = 0;
  int quotes_ = 0;
  std::uint64_t quotation_bits_ = 0;  // of each open blockquote, the innermost lowest: whether it quotes
  std::string link_;
  std::size_t link_start_ = 0;
};

}  // namespace

std::string HtmlToText(std::string_view html) {
  std::string text = Writer(html, true).Write();
  // A hidden element that nothing closes would hide all the rest.
  return Trim(text).empty() ? Writer(html, false).Write() : text;
}

}  // namespace tr::intake
