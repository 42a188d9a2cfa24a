#pragma once
// Bytes of a connection → HttpRequest, on Beast's parser. Inside this room only.

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_types.h"

namespace tr::net {

// Reads one request. Beast checks the syntax, Content-Length and chunks; what RFC 9112 asks beyond that is checked
// here.
class RequestParser : private boost::beast::http::basic_parser<true> {
 public:
  RequestParser(std::size_t max_header_bytes, std::size_t max_body_bytes);

  // Takes bytes that follow those taken before, and says how many it took: the rest has to come again with more behind
  // it. REQUIRES: !done() and no refusal.
  std::size_t Feed(std::string_view bytes);

  bool header_done() const { return is_header_done(); }
  bool done() const { return is_done(); }
  // REQUIRES: header_done().
  bool keep_alive() const { return basic_parser::keep_alive(); }
  bool http11() const { return http11_; }
  // The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const { return expects_continue_; }
  // The answer to a request that must not be read further; the connection then ends.
  const std::optional<HttpResponse>& refusal() const { return refusal_; }

  HttpRequest& request() { return request_; }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;
  using Verb = boost::beast::http::verb;
  using Field = boost::beast::http::field;

  void on_request_impl(Verb, Text method, Text target, int version, Error& error) override;
  void on_response_impl(int, Text, int, Error&) override {}
  void on_field_impl(Field field, Text name, Text value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error& error) override;
  std::size_t on_body_impl(Text bytes, Error& error) override;
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) override;
  void on_finish_impl(Error&) override {}

  void Refuse(int status, std::string detail, Error& error);
  HttpResponse Explain(Error error) const;

  const std::size_t max_header_bytes_;
  const std::size_t max_body_bytes_;
  std::size_t header_bytes_ = 0;
  int hosts_ = 0;
  bool http11_ = false;
  bool expects_continue_ = false;
  std::optional<HttpResponse> refusal_;
  HttpRequest request_;
};

}  // namespace tr::net
