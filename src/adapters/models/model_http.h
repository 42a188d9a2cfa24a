#pragma once
// In: a question to a model, as the core asks it. Out: one HTTP exchange with a vendor. Never: a retry, a second
// question, a customer's word or a vendor's in a fault. Start at: anthropic_model.h, openai_model.h.
//
// What the vendors' adapters share.

#include <boost/json/object.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "net/http_client.h"
#include "read/model.h"

namespace tr::models {

// What came back: `body` is a success's object; or, with `lost`, what read::ModelAnswer::lost says.
struct Posted {
  boost::json::object body;
  std::optional<Fault> lost;
};

// A vendor that is asked by POST with JSON. Thread-safe: as many connections as there are callers at once.
class ModelHttp {
 public:
  // `vendor` stands in faults: "Anthropic". `clock` outlives it.
  ModelHttp(std::string vendor, const Clock& clock) : vendor_(std::move(vendor)), clock_(clock) {}

  // Posts the body. Waits until the call's deadline, at most 60 s. Faults, none of which is billed: FaultOfModel; those
  // of net::HttpClient where not a byte was sent.
  Result<Posted> Post(const std::string& url, net::Headers headers, const boost::json::object& body, const Call& call);

 private:
  const std::string vendor_;
  const Clock& clock_;
  std::mutex mutex_;
  std::vector<net::HttpClient> idle_;
};

// What a status orders. kTransient: 408, 409, 425, 429, and 500 and above (Anthropic's 529 "overloaded" among them),
// not before Retry-After where it is given in seconds. kPermanent: every other, with what to look at: the key (401,
// 403), the address or the model's name (404), the vendor's account (402), the request (400, 413, 422). The vendor's
// own text is not repeated: it may quote what was sent.
Fault FaultOfModel(std::string_view vendor, const net::HttpResponse& answer);

// How long a call may still take: until its deadline, at most 60 s. kTransient: less than 2 s are left, in which
// nothing would be read of what is paid for.
Result<Duration> TimeFor(const Call& call, Time now);

// A member's number of tokens, or 0.
std::int64_t TokensAt(const boost::json::value& answer, std::string_view object, std::string_view member);

}  // namespace tr::models
