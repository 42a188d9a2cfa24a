#pragma once
// In: bytes from a socket or a URL to ask. Out: plain requests and answers that know no library.
// Never: a decision about a ticket, a retry, an exception that leaves the room.
// Start at: HttpRequest; then http_server.h and http_client.h.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tr::net {

class EventStream;

// Names and decoded values in the order in which they came; a name may stand more than once.
using Fields = std::vector<std::pair<std::string, std::string>>;

// The first value of that name (exact spelling), or "".
std::string_view FindField(const Fields& fields, std::string_view name);

// Header fields in their order. Names are compared without regard to the case of ASCII letters.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  void Add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  // Replaces every field of that name by one.
  void Set(std::string_view name, std::string value);
  // The value of the first field of that name, or "".
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;

  Fields::const_iterator begin() const { return fields_.begin(); }
  Fields::const_iterator end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }

 private:
  Fields fields_;
};

struct HttpRequest {
  std::string method;  // as sent: "GET", "POST"
  std::string path;    // as sent, still percent-encoded, without the query: "/api/v1/tickets/01J…"; see PathSegments
  Fields query;        // decoded
  Headers headers;
  std::string body;  // transfer decoding undone, nothing else
  std::string peer;  // the address of the other end of the connection, without the port: "127.0.0.1", "::1"
};

struct HttpResponse {
  int status = 200;
  Headers headers;  // Content-Length, Connection and Date are the server's and ignored here
  std::string body;
  // When set, `body` is only the beginning: the connection then belongs to the stream until one side closes it.
  std::shared_ptr<EventStream> events;
};

// "Not Found" for 404; "Unknown" for a status that has no name here.
std::string_view StatusText(int status);

// An answer with that body and Content-Type.
HttpResponse MakeResponse(int status, std::string_view content_type, std::string body);

// RFC 9457 problem document (application/problem+json): `detail` is one sentence for the caller. REQUIRES: UTF-8.
HttpResponse ProblemResponse(int status, std::string_view detail);

}  // namespace tr::net
