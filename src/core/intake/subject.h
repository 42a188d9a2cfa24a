#pragma once
// What stands around the words of a subject line.

#include <optional>
#include <string>
#include <string_view>

namespace tr::intake {

// Without the reply and forward marks that mail programs put in front ("Re:", "AW:", "RE[2]:", "Fwd:", "Antwort:",
// "回复:"). Points into `subject`.
std::string_view BareSubject(std::string_view subject);

// Whether the subject is marked as forwarded ("Fwd:", "WG:", "TR:", …) in front.
bool IsForwarded(std::string_view subject);

// What stands in the last "[TR-…]" of the subject: 1 to 32 letters and digits, as written; absent where there is none.
std::optional<std::string> TicketTag(std::string_view subject);

}  // namespace tr::intake
