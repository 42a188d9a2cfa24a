#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "base/redact_parts.h"
#include "base/text.h"

namespace tr {
namespace {

// Lower case.
constexpr std::array<std::string_view, 26> kNames = {"access key",
                                                     "api key",
                                                     "api-key",
                                                     "api_key",
                                                     "apikey",
                                                     "api-schl\u00fcssel",
                                                     "cle api",
                                                     "cl\u00e9 api",
                                                     "clave api",
                                                     "contrasena",
                                                     "contrase\u00f1a",
                                                     "contrase\u00d1a",
                                                     "contrasen\u0303a",
                                                     "hooks.slack.com/services/",
                                                     "kennwort",
                                                     "mot de passe",
                                                     "mot-de-passe",
                                                     "passcode",
                                                     "passphrase",
                                                     "passwd",
                                                     "password",
                                                     "passwort",
                                                     "pwd",
                                                     "secret",
                                                     "senha",
                                                     "token"};

// Which second letters follow which first ones, both by their lowest five bits (so in either case): what rules out
// nearly every place of a text at once.
constexpr std::array<std::uint32_t, 32> kBeginnings = [] {
  std::array<std::uint32_t, 32> seconds{};
  for (const std::string_view name : kNames) seconds[name[0] & 31] |= 1U << (name[1] & 31);
  return seconds;
}();

// Words that stand where a value could stand: "my password is wrong".
constexpr std::array<std::string_view, 58> kNoSecrets = {
    "a",           "abgelaufen", "actif",      "already",   "always",
    "an",          "being",      "blocked",    "bloqueada", "broken",
    "caducada",    "correct",    "correcta",   "da",        "der",
    "die",         "ein",        "eine",       "empty",     "encore",
    "expir\u00e9", "expirada",   "expired",    "falsch",    "gesperrt",
    "gone",        "gut",        "has",        "immer",     "in",
    "incorrect",   "incorrecta", "incorrecto", "invalid",   "inv\u00e1lida",
    "invalide",    "kaputt",     "leer",       "lost",      "missing",
    "needed",      "nicht",      "no",         "not",       "now",
    "ok",          "old",        "on",         "pas",       "perdue",
    "required",    "still",      "the",        "too",       "ung\u00fcltig",
    "very",        "weg",        "wrong"};

constexpr std::string_view kSlackHook = "hooks.slack.com/services/";
constexpr std::size_t kMaxQuoted = 256;  // bytes
constexpr int kMaxGap = 8;               // characters between a name and its value

enum class Bond { kNone, kSpace, kVerb, kSign };

// Reads on from a place in a text.
class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}
  std::size_t at() const { return at_; }
  std::string_view rest() const { return text_.substr(at_); }
  bool AtEnd() const { return at_ == text_.size(); }
  char Next() const { return AtEnd() ? '\0' : text_[at_]; }

  // Case-blind in ASCII; `lower` is lower case.
  bool Take(std::string_view lower) {
    if (!EqualsIgnoreCaseAscii(rest().substr(0, lower.size()), lower)) return false;
    at_ += lower.size();
    return true;
  }
  bool TakeAny(std::initializer_list<std::string_view> lower) {
    return std::any_of(lower.begin(), lower.end(), [this](std::string_view one) { return Take(one); });
  }
  // Up to kMaxGap blanks and marks of emphasis or quotation that do not begin a value. True when a blank was there.
  bool SkipGap(std::initializer_list<std::string_view> others) {
    bool blank = false;
    for (int i = 0; i < kMaxGap; ++i) {
      if (TakeAny({" ", "\t", "\u00A0"})) {
        blank = true;
      } else if (!TakeAny(others)) {
        break;
      }
    }
    return blank;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool IsWordChar(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '_' || c == '-'; }

// The name that `text` begins with, "key" and a plural after it included; 0: none.
std::size_t NameLength(std::string_view text) {
  if (text.size() < 2 || (kBeginnings[text[0] & 31] >> (text[1] & 31) & 1U) == 0) return 0;
  for (const std::string_view name : kNames) {
    if (name.front() != (text.front() | 0x20)) continue;
    Cursor cursor(text, 0);
    if (!cursor.Take(name)) continue;
    if (name == kSlackHook) return cursor.at();
    cursor.Take("s");
    cursor.TakeAny({" key", "_key", "-key", "key", " token", "_token", "-token", "_id"});
    return IsWordChar(cursor.Next()) ? 0 : cursor.at();
  }
  return 0;
}

// What ties a value to the name before the cursor; moves to where the value begins.
Bond TakeBond(Cursor& cursor) {
  const bool spaced = cursor.SkipGap({"\"", "'", "*", "`"});
  Bond bond = spaced ? Bond::kSpace : Bond::kNone;
  if (spaced && cursor.TakeAny({"ist", "is", "lautet", "est", "es", "was", "war", "\u00e9"})) {
    if (IsWordChar(cursor.Next())) return Bond::kNone;
    cursor.SkipGap({});
    bond = Bond::kVerb;
  }
  if (cursor.TakeAny({":", "=>", "=", "->", "\uFF1A"})) {
    cursor.SkipGap({"*", "\r", "\n", "`", "="});
    bond = Bond::kSign;
  }
  return bond;
}

// The bytes of the value that `text` begins with: up to a blank, without the punctuation of the sentence around it.
std::size_t ValueLength(std::string_view text) {
  constexpr std::string_view kEnds = " \t\r\n\v\f\"&";
  std::size_t length = 0;
  while (length < text.size() && kEnds.find(text[length]) == std::string_view::npos &&
         text.substr(length, 2) != "\u00A0") {
    ++length;
  }
  while (length > 0 && std::string_view(".,;:!?)]}>'`*").find(text[length - 1]) != std::string_view::npos) --length;
  return length;
}

bool LooksSecret(std::string_view value) {
  return value.size() >= 4 && std::any_of(value.begin(), value.end(), [](char c) {
           return IsAsciiDigit(c) || std::string_view("!#$%^&*+=~|<>\\").find(c) != std::string_view::npos;
         });
}

bool IsNoSecret(std::string_view value) {
  return std::find(kNoSecrets.begin(), kNoSecrets.end(), ToLowerAscii(value.substr(0, 16))) != kNoSecrets.end();
}

bool IsRedacted(std::string_view text) {
  return text.starts_with("[card]") || text.starts_with("[iban]") || text.starts_with("[secret]");
}

// Whether `value` is what the name before it names, as far as their bond tells.
bool GivesAway(Bond bond, std::string_view value) {
  switch (bond) {
    case Bond::kNone: return false;
    case Bond::kSpace: return LooksSecret(value);
    case Bond::kVerb: return !IsNoSecret(value);
    case Bond::kSign: return !value.empty();
  }
  return false;
}

}  // namespace

NamedSecret FindNamedSecret(std::string_view text) {
  Cursor cursor(text, NameLength(text));
  if (cursor.at() == 0) return {};
  const Bond bond = cursor.at() == kSlackHook.size() && text[5] == '.' ? Bond::kSign : TakeBond(cursor);
  if (bond == Bond::kNone) return {};
  const char quote = cursor.Next();
  if (quote == '"' || quote == '\'') {
    cursor.Take(std::string_view(&quote, 1));
    const std::string_view line = cursor.rest().substr(0, kMaxQuoted);
    const std::size_t close = line.find_first_of(std::string_view(&quote, 1));
    const std::string_view value = line.substr(0, std::min(close, line.find('\n')));
    const bool closed = close != std::string_view::npos && value.size() == close;
    if (closed && !IsRedacted(value) && GivesAway(bond, value)) return {cursor.at(), value.size()};
    if (closed) return {};
  }
  if (IsRedacted(cursor.rest())) return {};
  const std::string_view value = cursor.rest().substr(0, ValueLength(cursor.rest()));
  if (value.empty() || !GivesAway(bond, value)) return {};
  return {cursor.at(), value.size()};
}

}  // namespace tr
