#pragma once
// How commands reach an installation: through the running `serve`, else by the same API inside this process.

#include <boost/json/value.hpp>
#include <memory>
#include <string>

#include "base/result.h"
#include "cli/commands.h"

namespace tr::cli {

class Client {
 public:
  virtual ~Client() = default;

  // Finds `serve` by DATA/serve.json and the token in DATA/admin.token. Where none answers, locks the data folder (so
  // that no `serve` starts meanwhile) and opens the store itself, as it does for an installation on AWS. Faults: as
  // opening the store; kTransient: a `serve` that is just starting or ending holds the folder.
  static Result<std::unique_ptr<Client>> Connect(const wiring::Config& config);

  struct Reply {
    int status = 0;
    boost::json::value body;  // null where the answer is no JSON
  };
  // `if_match` and `idempotency_key` may be empty; `body` null sends none.
  virtual Result<Reply> Ask(const std::string& method, const std::string& target, const boost::json::value& body,
                            const std::string& if_match, const std::string& idempotency_key) = 0;

  // GET; any status but 2xx is a fault with the problem's text.
  Result<boost::json::value> Get(const std::string& target);
  Result<boost::json::value> Post(const std::string& target, const boost::json::value& body);
};

// The reply's body, or the problem document's text as a fault.
Result<boost::json::value> BodyOf(Client::Reply reply);

}  // namespace tr::cli
