#include <array>
#include <cstdint>

#include "base/redact_cursor.h"
#include "base/redact_parts.h"

namespace tr {
namespace {

struct Spelling {
  std::string_view name;  // lower case; a space stands for one blank, "_", "-" or nothing
  SecretName::Kind kind = SecretName::Kind::kPlain;
};

constexpr std::array kNames = {Spelling{"access key"},
                               Spelling{"api key"},
                               Spelling{"api schl\u00fcssel"},
                               Spelling{"api schl\u00dcssel"},
                               Spelling{"authorization", SecretName::Kind::kHeader},
                               Spelling{"bearer", SecretName::Kind::kBearer},
                               Spelling{"cle api"},
                               Spelling{"cl\u00e9 api"},
                               Spelling{"cl\u00c9 api"},
                               Spelling{"clave api"},
                               Spelling{"contrasena"},
                               Spelling{"contrase\u00f1a"},
                               Spelling{"contrase\u00d1a"},
                               Spelling{"contrasen\u0303a"},
                               Spelling{"hooks.slack.com/services/", SecretName::Kind::kHook},
                               Spelling{"kennwort"},
                               Spelling{"mot de passe"},
                               Spelling{"pass", SecretName::Kind::kShort},
                               Spelling{"passcode"},
                               Spelling{"passphrase"},
                               Spelling{"passwd"},
                               Spelling{"password"},
                               Spelling{"passwort"},
                               Spelling{"pw", SecretName::Kind::kShort},
                               Spelling{"pwd"},
                               Spelling{"secret"},
                               Spelling{"secret access key"},
                               Spelling{"senha"},
                               Spelling{"token"}};

// Which second letters follow which first ones, both by their lowest five bits (so in either case): what rules out
// nearly every place of a text at once.
constexpr std::array<std::uint32_t, 32> kBeginnings = [] {
  std::array<std::uint32_t, 32> seconds{};
  for (const Spelling& one : kNames) seconds[one.name[0] & 31] |= 1U << (one.name[1] & 31);
  return seconds;
}();

bool TakeSeparator(Cursor& cursor) { return cursor.TakeAny({" ", "_", "-", "\u00A0"}); }

bool TakeSpelling(Cursor& cursor, std::string_view name) {
  while (true) {
    const std::size_t part = std::min(name.find(' '), name.size());
    if (!cursor.Take(name.substr(0, part))) return false;
    if (part == name.size()) return true;
    TakeSeparator(cursor);
    name.remove_prefix(part + 1);
  }
}

// A plural, and "key", "token" or "id" after it.
void TakeEnding(Cursor& cursor) {
  cursor.Take("s");
  Cursor more = cursor;
  TakeSeparator(more);
  if (more.TakeAny({"key", "token", "id"})) cursor = more;
}

}  // namespace

bool MayBeSecretName(std::string_view text) {
  return text.size() >= 2 && (kBeginnings[text[0] & 31] >> (text[1] & 31) & 1U) != 0;
}

SecretName SecretNameAt(std::string_view text) {
  for (const Spelling& one : kNames) {
    if (one.name.front() != (text.front() | 0x20)) continue;
    Cursor cursor(text, 0);
    if (!TakeSpelling(cursor, one.name)) continue;
    if (one.kind == SecretName::Kind::kPlain) TakeEnding(cursor);
    if (one.kind == SecretName::Kind::kHook || !IsKeyChar(cursor.Next())) return {cursor.at(), one.kind};
  }
  return {};
}

}  // namespace tr
