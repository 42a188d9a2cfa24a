#pragma once
// The form lane: from the fields of a web form to an Arrival.

#include <string>

#include "base/result.h"
#include "intake/accept.h"

namespace tr::intake {

// The fields as they were sent, decoded but otherwise untouched.
struct FormFields {
  std::string email;
  std::string name;
  std::string subject;
  std::string message;
  std::string submission;  // the page's own key for this submission, or the Idempotency-Key header; may be empty
  std::string website;     // the honeypot: people do not see it
};

inline constexpr std::size_t kMaxFormBytes = 256 * 1024;

// kInvalid: an address that is none, or neither subject nor message; says which field. An empty message with a subject
// is taken (and held). A filled honeypot makes it suspect, never refused: a bot is told nothing.
Result<Arrival> ReadForm(const FormFields& fields);

}  // namespace tr::intake
