#pragma once
// What RedactText() looks for, each as a question about one place in a text. Each answer costs a bounded number of
// steps, or no more than the bytes that it claims, so that the whole stays linear.

#include <cstddef>
#include <string_view>

namespace tr {

inline bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One character as numbers are looked for: `c` is its ASCII digit or letter, also for full-width ones and for the
// digits of Arabic, Persian and Devanagari; '\0' for any other.
struct Glyph {
  char c = '\0';
  std::size_t length = 1;  // bytes
};

// The first character. REQUIRES: not empty.
Glyph GlyphAt(std::string_view text);

// The last character's Glyph::c; '\0' for an empty text as well.
char LastGlyph(std::string_view text);

// What tokens of the known makers are made of.
inline bool IsKeyChar(char c) { return IsAsciiDigit(c) || IsAsciiLetter(c) || c == '_' || c == '-'; }

// The bytes of the card number that `text` begins with; 0: none. REQUIRES: a digit (Glyph) at the front, none before
// it.
std::size_t CardLength(std::string_view text);

// The bytes of the IBAN that `text` begins with; 0: none. REQUIRES: no letter or digit (Glyph)
// before it.
std::size_t IbanLength(std::string_view text);

// The bytes of the key, JWT or private key block that `text` begins with; 0: none. REQUIRES: no key character before
// it.
std::size_t KeyLength(std::string_view text);

// A word after which a secret stands.
struct SecretName {
  enum class Kind {
    kPlain,   // "password": what it is said to be is one
    kShort,   // "pass", "pw": mostly something else
    kBearer,  // "bearer"
    kHeader,  // "authorization"
    kHook,    // Slack's webhooks: the URL itself
  };
  std::size_t length = 0;  // bytes; "key" and a plural after it included
  Kind kind = Kind::kPlain;
};

// Whether SecretNameAt() has to be asked: rules out nearly every place of a text.
bool MayBeSecretName(std::string_view text);

// The name that `text` begins with; length 0: none. REQUIRES: not empty.
SecretName SecretNameAt(std::string_view text);

// The name at the beginning of `text` and what it gives away: `keep` bytes up to the value, then `hide` bytes of value;
// hide is 0 when there is none. `before` is what is written of the text before it.
struct NamedSecret {
  std::size_t keep = 0;
  std::size_t hide = 0;
};
NamedSecret FindNamedSecret(std::string_view before, std::string_view text);

// The bytes of the password after the ":" that `text` begins with, where `before` ends in a URL's user
// ("postgres://user"); 0: none.
std::size_t UrlPasswordLength(std::string_view before, std::string_view text);

// Whether a part of it was replaced already, or somebody wrote what looks so.
bool HoldsPlaceholder(std::string_view value);

}  // namespace tr
