#pragma once
// In: an App and a request. Out: the answer: form, chat, JSON API, health, metrics, the page at `/`. Never: a socket, a
// thread. The embedded server and the Lambda Function URLs call the same functions. Start at: Api::Handle in api.cc.

#include <memory>
#include <string>

#include "net/http_types.h"
#include "wiring/app.h"

namespace tr::api {

class Api {
 public:
  explicit Api(wiring::App& app);
  ~Api();

  // Total: every request gets an answer; faults become RFC 9457 problem documents in one place. Thread-safe; may block
  // on a commit.
  net::HttpResponse Handle(const net::HttpRequest& request);

 private:
  class Routes;
  std::unique_ptr<Routes> routes_;
};

}  // namespace tr::api
