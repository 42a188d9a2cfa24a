#include "base/redact.h"

#include "base/redact_parts.h"

namespace tr {
namespace {

// Walks once through a text. Every question about what came before a place is asked of the output, so that a second
// walk over the result sees the same and changes nothing.
class Redactor {
 public:
  explicit Redactor(std::string_view text) : text_(text) { redacted_.reserve(text.size()); }

  std::string Run() && {
    while (at_ < text_.size()) {
      const Glyph glyph = GlyphAt(text_.substr(at_));
      if (IsAsciiDigit(glyph.c)) {
        TakeDigit(glyph);
      } else if (IsAsciiLetter(glyph.c) || text_[at_] == '-') {
        TakeLetter(glyph);
      } else if (text_[at_] == ':') {
        TakeColon();
      } else {
        at_ += glyph.length;
      }
    }
    redacted_ += text_.substr(copied_);
    return std::move(redacted_);
  }

 private:
  // Of what came before, as much as holds its last character.
  std::string_view Before() const {
    return at_ > copied_ ? text_.substr(copied_, at_ - copied_) : std::string_view(redacted_);
  }

  // All that came before.
  std::string_view Written() {
    redacted_ += text_.substr(copied_, at_ - copied_);
    copied_ = at_;
    return redacted_;
  }

  void TakeDigit(const Glyph& digit) {
    if (!IsAsciiDigit(LastGlyph(Before()))) {
      if (const std::size_t length = CardLength(text_.substr(at_))) return Replace(length, "[card]");
    }
    at_ += digit.length;
  }

  void TakeLetter(const Glyph& letter) {
    const std::string_view rest = text_.substr(at_);
    const char before = LastGlyph(Before());
    const char last = Before().empty() ? '\0' : Before().back();
    if (!IsKeyChar(last)) {
      if (const std::size_t length = KeyLength(rest)) return Replace(length, "[secret]");
    }
    if (!IsAsciiDigit(before) && !IsAsciiLetter(before)) {
      if (const std::size_t length = IbanLength(rest)) return Replace(length, "[iban]");
    }
    if (MayBeSecretName(rest)) {
      if (const NamedSecret secret = FindNamedSecret(Written(), rest); secret.hide > 0) {
        at_ += secret.keep;
        return Replace(secret.hide, "[secret]");
      }
    }
    at_ += letter.length;
  }

  void TakeColon() {
    const std::size_t length = UrlPasswordLength(Written(), text_.substr(at_));
    ++at_;
    if (length > 0) Replace(length, "[secret]");
  }

  void Replace(std::size_t length, std::string_view by) {
    redacted_ += text_.substr(copied_, at_ - copied_);
    redacted_ += by;
    at_ += length;
    copied_ = at_;
  }

  std::string_view text_;
  std::string redacted_;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;  // what stands before this is in redacted_
};

}  // namespace

std::string RedactText(std::string_view utf8) { return Redactor(utf8).Run(); }

}  // namespace tr
