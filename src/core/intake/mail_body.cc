#include "intake/mail_body.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "intake/charset.h"
#include "intake/html_text.h"
#include "intake/transfer.h"

namespace tr::intake {
namespace {

// Text that is data to a program, not words to a reader.
constexpr std::array<std::string_view, 8> kDataTexts = {"text/calendar", "text/csv",       "text/vcard",
                                                        "text/x-vcard",  "text/directory", "text/rfc822-headers",
                                                        "text/xml",      "text/css"};

// Other shapes of a text that stands beside them.
constexpr std::array<std::string_view, 2> kTwins = {"text/x-amp-html", "text/watch-html"};

// HTML and encodings take several bytes for one of text.
constexpr std::size_t kMarkup = 8;

enum class Role { kContainer, kPlain, kHtml, kTwin, kAttachment };

template <std::size_t N>
bool Contains(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// U+00A0 alone is what programs put into a text that they leave empty.
bool HasWords(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) <= ' ') continue;
    if (text.substr(i, 2) != "\xC2\xA0") return true;
    ++i;
  }
  return false;
}

bool IsTextType(const Part& part) {
  if (part.media.type.starts_with("multipart/")) return part.disposition.kind != "attachment";
  return part.media.type.starts_with("text/") && !Contains(kDataTexts, part.media.type);
}

class BodyReader {
 public:
  BodyReader(const MimeTree& tree, std::size_t max_text)
      : parts_(tree.parts), nodes_(tree.parts.size()), max_text_(max_text), unread_(max_text * kMarkup) {}

  MailBody Read() {
    bool first = true;
    for (std::size_t i = 0; i < parts_.size(); ++i) nodes_[i].role = RoleOf(parts_[i], first);
    // Forwards, so that what stands first has the first claim on what may be read.
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (nodes_[i].role == Role::kPlain) nodes_[i].text = Decode(parts_[i]);
    }
    Choose();
    for (std::size_t i = 0; i < parts_.size(); ++i) Take(i);
    return std::move(body_);
  }

 private:
  struct Node {
    Role role = Role::kContainer;
    std::string text;        // of a plain text: decoded
    bool has_plain = false;  // a plain text with words in it, here or below
    bool has_html = false;
    bool dropped = false;            // an alternative that was not chosen, or inside one
    std::size_t chosen = kNoParent;  // of an alternative
  };

  static Role RoleOf(const Part& part, bool& first) {
    if (part.is_multipart) return Role::kContainer;
    if (part.disposition.kind == "attachment" || !IsTextType(part)) return Role::kAttachment;
    if (Contains(kTwins, part.media.type)) return Role::kTwin;
    if (!part.filename.empty() && !first) return Role::kAttachment;
    first = false;
    return part.media.type == "text/html" ? Role::kHtml : Role::kPlain;
  }

  // Parts come before their own parts, so walking backwards meets every part after all that it holds.
  void Choose() {
    for (std::size_t i = parts_.size(); i-- > 0;) {
      Node& node = nodes_[i];
      node.has_plain = node.has_plain || (node.role == Role::kPlain && HasWords(node.text));
      node.has_html = node.has_html || node.role == Role::kHtml;
      if (parts_[i].parent != kNoParent) Report(i, nodes_[parts_[i].parent]);
    }
    for (std::size_t i = 1; i < parts_.size(); ++i) {
      const Node& parent = nodes_[parts_[i].parent];
      const bool other = IsAlternative(parts_[i].parent) && parent.chosen != kNoParent && parent.chosen != i;
      nodes_[i].dropped = parent.dropped || other;
    }
  }

  void Report(std::size_t i, Node& parent) const {
    const Node& node = nodes_[i];
    // Backwards, so the last to report is the first of its kind; among HTML texts the last is the richest (RFC
    // 2046 5.1.4).
    if (node.has_plain || (node.has_html && !parent.has_plain && parent.chosen == kNoParent)) parent.chosen = i;
    parent.has_plain = parent.has_plain || node.has_plain;
    parent.has_html = parent.has_html || node.has_html;
  }

  bool IsAlternative(std::size_t i) const { return parts_[i].media.type == "multipart/alternative"; }

  void Take(std::size_t i) {
    Node& node = nodes_[i];
    switch (node.role) {
      case Role::kContainer:
      case Role::kTwin: return;
      case Role::kAttachment: return Attach(i);
      case Role::kPlain:
        if (!node.dropped) Append(node.text);
        return;
      case Role::kHtml:
        if (!node.dropped) Append(HtmlToText(Decode(parts_[i])));
        return;
    }
  }

  std::string Decode(const Part& part) {
    const std::string_view body = part.body.substr(0, unread_);
    body_.cut = body_.cut || body.size() < part.body.size();
    unread_ -= body.size();
    const std::string bytes = DecodeTransfer(body, part.headers.FirstFilled("content-transfer-encoding"));
    std::string charset = part.media.charset;
    if (charset.empty() && part.media.type == "text/html") charset = CharsetOfHtml(bytes);
    return WithLineFeeds(ToUtf8(bytes, charset));
  }

  static std::string WithLineFeeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\r') {
        out += text[i];
      } else if (i + 1 == text.size() || text[i + 1] != '\n') {
        out += '\n';
      }
    }
    return out;
  }

  void Attach(std::size_t i) {
    const Part& part = parts_[i];
    Attachment attachment;
    attachment.filename = part.filename;
    attachment.content_type = part.media.type;
    attachment.size = DecodeTransfer(part.body, part.headers.FirstFilled("content-transfer-encoding")).size();
    body_.attachments.push_back(std::move(attachment));
    body_.attachment_parts.push_back(i);
  }

  void Append(std::string_view text) {
    if (Trim(text).empty() || body_.text.size() >= max_text_) return;
    if (!body_.text.empty()) body_.text += body_.text.ends_with('\n') ? "\n" : "\n\n";
    body_.text += text;
    if (body_.text.size() <= max_text_) return;
    body_.text = CutText(body_.text, max_text_);
    body_.cut = true;
  }

  const std::vector<Part>& parts_;
  std::vector<Node> nodes_;
  std::size_t max_text_;
  std::size_t unread_;  // so many more encoded bytes are read for the text
  MailBody body_;
};

}  // namespace

MailBody ReadBody(const MimeTree& tree, std::size_t max_text) { return BodyReader(tree, max_text).Read(); }

}  // namespace tr::intake
