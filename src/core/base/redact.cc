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
      const char c = text_[at_];
      if (IsAsciiDigit(c)) {
        TakeDigit();
      } else if (IsAsciiLetter(c) || c == '-') {
        TakeLetter();
      } else {
        ++at_;
      }
    }
    redacted_ += text_.substr(copied_);
    return std::move(redacted_);
  }

 private:
  // The character before, '\0' at the beginning.
  char Before() const {
    if (at_ > copied_) return text_[at_ - 1];
    return redacted_.empty() ? '\0' : redacted_.back();
  }

  void TakeDigit() {
    if (!IsAsciiDigit(Before())) {
      if (const std::size_t length = CardLength(text_.substr(at_))) return Replace(length, "[card]");
    }
    ++at_;
  }

  void TakeLetter() {
    const std::string_view rest = text_.substr(at_);
    const char before = Before();
    if (!IsKeyChar(before)) {
      if (const std::size_t length = KeyLength(rest)) return Replace(length, "[secret]");
    }
    if (!IsAsciiDigit(before) && !IsAsciiLetter(before)) {
      if (const std::size_t length = IbanLength(rest)) return Replace(length, "[iban]");
    }
    if (const NamedSecret secret = FindNamedSecret(rest); secret.hide > 0) {
      at_ += secret.keep;
      return Replace(secret.hide, "[secret]");
    }
    ++at_;
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
