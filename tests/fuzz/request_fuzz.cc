// Any bytes on a connection: a request, a refusal or more to come, and the same whether they come at once or one by
// one.

#include <string>

#include "fuzz_target.h"
#include "net/http_encoding.h"
#include "net/request_parser.h"

namespace {

struct Outcome {
  bool done = false;
  int refused = 0;
  std::string method, path, body;
  std::size_t fields = 0;
  bool operator==(const Outcome&) const = default;
};

// What is left untaken is fed again with more behind it, as the connection does.
Outcome Feed(std::string_view input, std::size_t piece) {
  tr::net::RequestParser parser(2048, 4096);
  std::string waiting;
  while (!input.empty() && !parser.done() && !parser.refusal()) {
    const std::string_view next = input.substr(0, piece);
    input.remove_prefix(next.size());
    waiting += next;
    std::size_t used = 1;
    while (used > 0 && !waiting.empty() && !parser.done() && !parser.refusal()) {
      used = parser.Feed(waiting);
      tr::fuzz::Require(used <= waiting.size());
      waiting.erase(0, used);
    }
  }
  Outcome outcome;
  outcome.done = parser.done();
  if (parser.refusal()) outcome.refused = parser.refusal()->status;
  if (!parser.header_done() || parser.refusal()) return outcome;
  const tr::net::HttpRequest& request = parser.request();
  outcome.method = request.method;
  outcome.path = request.path;
  outcome.body = request.body;
  outcome.fields = request.headers.size();
  return outcome;
}

}  // namespace

TR_FUZZ_TARGET(request) {
  const Outcome whole = Feed(input, input.size());
  const Outcome bitten = Feed(input, 1);
  tr::fuzz::Require(whole.body.size() <= 4096);
  if (whole.done && bitten.done) tr::fuzz::Require(whole == bitten);
  tr::net::PathSegments(whole.path);
  tr::net::ParseContentType(input);
  tr::net::FindCookie(input, "session");
}
