#include <algorithm>
#include <array>

#include "base/redact_cursor.h"
#include "base/redact_parts.h"

namespace tr {
namespace {

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

constexpr std::size_t kMaxQuoted = 256;  // bytes
constexpr std::size_t kMaxJudged = 64;
constexpr std::size_t kLeastBearer = 8;    // of a token that no header announces
constexpr std::size_t kLeastOpaque = 16;   // of a header's value without a scheme
constexpr std::size_t kSurelyOpaque = 20;  // longer than a word of prose

// How a name's left side looks. A compound, such as DB_PASS, smtpPass or "pass" in quotes, is no prose.
enum class Left { kInWord, kFree, kCompound };

// What ties a value to the name before it. kLine: the name is a line of its own, the value is in the next one.
enum class Bond { kNone, kSpace, kLine, kVerb, kSign };

struct Tie {
  SecretName::Kind kind;
  Left left;
  Bond bond;
  bool scheme = false;  // of a header: "Basic" or "Bearer" was there
};

Left LeftOf(std::string_view before, char first) {
  if (before.empty()) return Left::kFree;
  if (std::string_view("_\"'").find(before.back()) != std::string_view::npos) return Left::kCompound;
  const char last = LastGlyph(before);
  if (!IsAsciiDigit(last) && !IsAsciiLetter(last)) return Left::kFree;
  return last >= 'a' && last <= 'z' && first >= 'A' && first <= 'Z' ? Left::kCompound : Left::kInWord;
}

// Whether a line begins here, marks of quotation and lists aside.
bool BeginsLine(std::string_view before) {
  for (int i = 0; i < 8 && !before.empty() && std::string_view(" \t*>-").find(before.back()) != before.npos; ++i) {
    before.remove_suffix(1);
  }
  return before.empty() || before.back() == '\n' || before.back() == '\r';
}

// Moves to where the value begins.
Bond TakeBond(Cursor& cursor, bool line_begins) {
  const bool spaced = cursor.SkipGap({"\"", "'", "*", "`"});
  if (line_begins && cursor.TakeAny({"\r", "\n"})) {
    cursor.SkipGap({"\r", "\n"});
    return Bond::kLine;
  }
  Bond bond = spaced ? Bond::kSpace : Bond::kNone;
  if (spaced && cursor.TakeAny({"ist", "is", "lautet", "est", "es", "was", "war", "\u00e9"})) {
    if (IsKeyChar(cursor.Next())) return Bond::kNone;
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

// Long, or mixed as base64 is and words are not.
bool LooksOpaque(std::string_view value) {
  if (value.size() >= kSurelyOpaque || LooksSecret(value)) return true;
  for (std::size_t i = 1; value.size() >= kLeastBearer && i < value.size(); ++i) {
    if (value[i - 1] >= 'a' && value[i - 1] <= 'z' && value[i] >= 'A' && value[i] <= 'Z') return true;
  }
  return false;
}

bool PlainGivesAway(Bond bond, std::string_view value) {
  switch (bond) {
    case Bond::kNone: return false;
    case Bond::kSpace: return LooksSecret(value);
    case Bond::kLine: return LooksSecret(value) && !HoldsPlaceholder(value);
    case Bond::kVerb: return !IsNoSecret(value);
    case Bond::kSign: return !value.empty();
  }
  return false;
}

bool HeaderGivesAway(const Tie& tie, std::string_view value) {
  if (tie.scheme) return LooksOpaque(value);
  return tie.bond == Bond::kSign && value.size() >= kLeastOpaque && LooksSecret(value);
}

// Whether `value` is what the name before it names, as far as their tie tells.
bool GivesAway(const Tie& tie, std::string_view value) {
  if (value.empty()) return false;
  if (tie.kind == SecretName::Kind::kHook) return true;
  if (tie.kind == SecretName::Kind::kPlain) return PlainGivesAway(tie.bond, value);
  if (tie.left == Left::kInWord || HoldsPlaceholder(value)) return false;
  switch (tie.kind) {
    case SecretName::Kind::kShort:
      return tie.bond == Bond::kSign && (tie.left == Left::kCompound || LooksSecret(value));
    case SecretName::Kind::kBearer:
      return (tie.bond == Bond::kSpace || tie.bond == Bond::kSign) && value.size() >= kLeastBearer &&
             LooksSecret(value);
    case SecretName::Kind::kHeader: return HeaderGivesAway(tie, value);
    case SecretName::Kind::kPlain:
    case SecretName::Kind::kHook: break;
  }
  return false;
}

}  // namespace

bool HoldsPlaceholder(std::string_view value) {
  return value.find("[secret") != value.npos || value.find("[card") != value.npos || value.find("[iban") != value.npos;
}

NamedSecret FindNamedSecret(std::string_view before, std::string_view text) {
  const SecretName name = SecretNameAt(text);
  if (name.length == 0) return {};
  Cursor cursor(text, name.length);
  Tie tie{name.kind, LeftOf(before, text.front()), Bond::kSign};
  if (name.kind != SecretName::Kind::kHook) tie.bond = TakeBond(cursor, BeginsLine(before));
  if (tie.bond == Bond::kNone) return {};
  const char quote = cursor.Next();
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted) cursor.Take(std::string_view(&quote, 1));
  tie.scheme = name.kind == SecretName::Kind::kHeader && cursor.TakeAny({"basic ", "bearer "});
  if (quoted) {
    const std::string_view line = cursor.rest().substr(0, kMaxQuoted);
    const std::size_t close = line.find_first_of(std::string_view(&quote, 1));
    const std::string_view value = line.substr(0, std::min(close, line.find('\n')));
    const bool closed = close != std::string_view::npos && value.size() == close;
    if (closed && !IsRedacted(value) && GivesAway(tie, value)) return {cursor.at(), value.size()};
    if (closed) return {};
  }
  if (IsRedacted(cursor.rest())) return {};
  // What may be refused is looked at in part, so that names without blanks between them cost no more than they claim.
  const bool surely = tie.kind == SecretName::Kind::kHook ||
                      (tie.kind == SecretName::Kind::kPlain && (tie.bond == Bond::kVerb || tie.bond == Bond::kSign));
  const std::string_view seen = surely ? cursor.rest() : cursor.rest().substr(0, kMaxJudged);
  if (!GivesAway(tie, seen.substr(0, ValueLength(seen)))) return {};
  return {cursor.at(), ValueLength(cursor.rest())};
}

}  // namespace tr
