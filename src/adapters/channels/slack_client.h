#pragma once
// Slack's Web API: one call, one answer, no retry. What Slack says no with becomes a Fault: an order.

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/redact.h"
#include "base/result.h"
#include "net/http_client.h"

namespace tr::channels {

// How requests leave: net::HttpClient in the program, a stand-in in tests. Thread-safe.
using SendHttp = std::function<Result<net::HttpResponse>(const net::ClientRequest&)>;

// A client that keeps a connection per thread.
SendHttp ThreadClients();

struct SlackApi {
  Secret token;                                    // xoxb-…
  std::string base_url = "https://slack.com/api";  // without a final slash
};

class SlackClient {
 public:
  SlackClient(SlackApi api, SendHttp send) : api_(std::move(api)), send_(std::move(send)) {}

  // Methods that write take JSON, methods that read a form (docs.slack.dev, Using the Web API: each method's "Content
  // types"). The answer is the whole object with "ok": true.
  //   kTransient: no answer, 429 (with Fault::retry_after, 1 s to 1 h) and 5xx, and the errors that Slack says may
  //   pass. kPermanent: every other error. The text says what to do and begins with Slack's word for it: see
  //   SlackError().
  Result<boost::json::object> Write(std::string_view method, const boost::json::object& body, Duration timeout);
  Result<boost::json::object> Read(std::string_view method, const net::Fields& form, Duration timeout);

  // The token's scopes, as the header x-oauth-scopes lists them: "chat:write,users:read". Faults as above.
  struct Identity {
    std::string bot_user;  // "U…"
    std::string team;      // "T…", the workspace
    std::string team_name;
    std::string scopes;
  };
  Result<Identity> WhoAmI(Duration timeout);

 private:
  Result<net::HttpResponse> Send(std::string_view method, std::string_view content_type, std::string body,
                                 Duration timeout);

  SlackApi api_;
  SendHttp send_;
};

// Slack's word in the text of a fault of this client: "channel_not_found"; empty where there is none.
std::string_view SlackError(const Fault& fault);

// What an operator does about an error: "invite the app to the channel (/invite @…)"; empty for an unknown one.
std::string_view SlackAdvice(std::string_view error);

}  // namespace tr::channels
