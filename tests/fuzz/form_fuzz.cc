// Any bytes as a posted form: the fields survive being written and read again, and become an arrival or a refusal that
// says nothing of what the customer wrote.

#include <string>

#include "fuzz_target.h"
#include "intake/form_lane.h"
#include "net/http_encoding.h"

namespace {

std::string Written(const tr::net::Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + tr::net::PercentEncode(name) + "=" + tr::net::PercentEncode(value);
  }
  return text;
}

std::string Field(const tr::net::Fields& fields, std::string_view name) {
  return tr::RepairUtf8(tr::net::FindField(fields, name));
}

}  // namespace

TR_FUZZ_TARGET(form) {
  const auto fields = tr::net::ParseForm(input);
  if (!fields) return;
  const auto again = tr::net::ParseForm(Written(*fields));
  tr::fuzz::Require(again && *again == *fields);
  const auto arrival =
      tr::intake::ReadForm({Field(*fields, "email"), Field(*fields, "name"), Field(*fields, "subject"),
                            Field(*fields, "message"), Field(*fields, "submission"), Field(*fields, "website")});
  if (!arrival) return tr::fuzz::RequireText(arrival.fault().text, 200);
  tr::fuzz::Require(arrival->identity.size() == 64);
  tr::fuzz::RequireText(arrival->customer.address, tr::intake::kMaxAddressBytes);
  tr::fuzz::RequireText(arrival->subject);
  tr::fuzz::RequireText(arrival->new_text);
}
