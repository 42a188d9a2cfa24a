// Any text of a mail: what its author wrote now is a part of it, and never nothing where there was something.

#include <string>

#include "fuzz_target.h"
#include "intake/normalise.h"
#include "intake/reply_text.h"

TR_FUZZ_TARGET(reply) {
  const std::string text = tr::RepairUtf8(input);
  for (const bool forwarded : {false, true}) {
    const std::string now = tr::intake::NewText(text, forwarded);
    tr::fuzz::RequireText(now, text.size());
    tr::fuzz::Require(tr::Trim(now).empty() == tr::Trim(text).empty());
    tr::fuzz::RequireText(tr::intake::NormaliseNewText(now));
  }
}
