#pragma once
// What `doctor` says of mail.

#include <string>
#include <vector>

#include "base/clock.h"
#include "rules/book.h"
#include "wiring/config.h"

namespace tr::wiring {

// One line for each thing that keeps cards from going out by e-mail, with what to do; nothing when all is well, or
// where no mail is set up. Asks the mail server: connection, TLS and login, at most the settings' time-out. `book` may
// be null.
std::vector<std::string> CheckMail(const Config& config, const rules::RuleBook* book, const Clock& clock);

}  // namespace tr::wiring
