#pragma once
// What a service's refusal orders: the one place where codes of AWS become faults.

#include <string>
#include <string_view>

#include "base/result.h"
#include "net/http_types.h"

namespace tr::aws {

// The service's word for what went wrong: "ThrottlingException", "NoSuchKey", "HTTP403" where it gives none. "" for an
// answer that is no failure (2xx). Bounded, of letters, digits and ".-_" only.
std::string ErrorCode(const net::HttpResponse& answer);

// kTransient: throttled, broken inside, or the signature's time or keys ran out; with retry_after where the service
// says it. kConflict: a condition did not hold, or somebody else was writing. kNotFound: no such object; never a
// missing table, queue, bucket or secret, which are kPermanent like everything else: an operator has to act. The text
// names the call, the code and the status; never the service's own text, which may quote what was sent.
Fault FaultOf(std::string_view service, std::string_view operation, const net::HttpResponse& answer);

// The signature was refused for its time: the two clocks differ.
bool IsAboutTime(std::string_view code);
// The session token has run out.
bool IsAboutExpiredKeys(std::string_view code);

}  // namespace tr::aws
