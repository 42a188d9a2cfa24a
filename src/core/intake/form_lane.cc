#include "intake/form_lane.h"

#include "base/hash.h"
#include "base/text.h"
#include "intake/normalise.h"

namespace tr::intake {
namespace {

// One "@" with something on both sides and no blank: a typing check, not RFC 5321.
bool LooksLikeAddress(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos && text.size() <= kMaxAddressBytes;
}

}  // namespace

Result<Arrival> ReadForm(const FormFields& fields) {
  const std::string email = ToLowerAscii(Trim(fields.email));
  const std::string subject = Squeeze(RepairUtf8(fields.subject));
  const std::string text(Trim(RepairUtf8(fields.message)));
  if (!LooksLikeAddress(email)) return Invalid("field email: this is no e-mail address; write it as name@shop.example");
  if (subject.empty() && text.empty()) return Invalid("field message: it is empty; write what the matter is");
  Arrival arrival;
  arrival.lane = Lane::kForm;
  arrival.customer = {Squeeze(RepairUtf8(fields.name)), email, Verification::kUnverified};
  arrival.from = {arrival.customer.name, email};
  arrival.subject = subject;
  arrival.text = text;
  arrival.new_text = text;
  if (fields.submission.empty()) {
    arrival.identity = ToHex(HashFields({"form", email, NormaliseNewText(subject), NormaliseNewText(text)}));
    arrival.identity_life = kFormIdentityLife;
  } else {
    arrival.identity = ToHex(HashFields({"form-key", fields.submission}));
  }
  if (!Trim(fields.website).empty()) arrival.suspect_why = "the form's honeypot was filled in";
  return arrival;
}

}  // namespace tr::intake
