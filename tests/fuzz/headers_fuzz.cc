// Any bytes as the value of each structured header, and as an unstructured one.

#include <string>

#include "fuzz_target.h"
#include "intake/encoded_words.h"
#include "intake/structured_headers.h"
#include "intake/transfer.h"

TR_FUZZ_TARGET(headers) {
  using tr::fuzz::Require;
  using tr::fuzz::RequireText;
  const std::string text = tr::intake::DecodeHeaderText(input);
  RequireText(text);
  Require(text.find('\n') == std::string::npos);
  for (const std::string& id : tr::intake::ParseIds(input)) RequireText(id);
  const auto mailboxes = tr::intake::ParseAddresses(input, 50);
  Require(mailboxes.size() <= 50);
  for (const tr::Mailbox& mailbox : mailboxes) {
    RequireText(mailbox.name);
    RequireText(mailbox.address);
  }
  RequireText(tr::intake::ParseMediaType(input).name);
  RequireText(tr::intake::ParseDisposition(input).filename);
  if (const auto date = tr::intake::ParseMailDate(input)) RequireText(tr::FormatTime(*date));
  Require(tr::intake::DecodeBase64(input).size() <= input.size());
  Require(tr::intake::DecodeQuotedPrintable(input, true).size() <= input.size());
}
