#pragma once
// What must not leave: types that print as "[redacted]", and the replacement of numbers and keys inside a text.

#include <string>
#include <string_view>

namespace tr {

// A customer's words or address on their way into a log: they go no further.
class CustomerText {
 public:
  explicit CustomerText(std::string_view text) : size_(text.size()) {}
  std::size_t size() const { return size_; }

 private:
  std::size_t size_;
};

// A password, token or key. Its value is taken out in one place only, by name.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

// A copy in which payment card numbers (13 to 19 digits that pass the Luhn check; spaces of any kind and dashes
// allowed, between groups of 3 to 6 digits also dots and one line break) become [card], IBANs that pass ISO 7064 mod 97
// become [iban] (digits of Glyph in redact_parts.h in both), and what follows "password", "passwort", "contraseña",
// "mot de passe", "api key", "token", "secret", "bearer" or an Authorization header's scheme, with a sign after "pass"
// and "pw", a URL's password, and what looks like a key (known prefixes such as sk-, ghp_, AKIA, xox?-, or a JWT)
// becomes [secret]. Idempotent; linear in the text.
std::string RedactText(std::string_view utf8);

}  // namespace tr
