#include "net/request_parser.h"

#include <algorithm>
#include <boost/beast/http/error.hpp>

#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::net {
namespace {

namespace http = boost::beast::http;

// What may be reserved on the word of a Content-Length alone.
constexpr std::uint64_t kMaxReserve = 64 * 1024;

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// "http://host/path?query" (RFC 9112 section 3.2.2) → "/path?query"; an origin form stays as it is.
std::string_view OriginForm(std::string_view target) {
  if (target.starts_with('/')) return target;
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

}  // namespace

RequestParser::RequestParser(std::size_t max_header_bytes, std::size_t max_body_bytes)
    : max_header_bytes_(max_header_bytes), max_body_bytes_(max_body_bytes) {
  header_limit(static_cast<std::uint32_t>(max_header_bytes));
  body_limit(max_body_bytes);
  eager(true);
}

std::size_t RequestParser::Feed(std::string_view bytes) {
  Error error;
  const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
  // Beast bounds neither chunk extensions nor trailers: whatever it keeps asking for in one piece is a header to us.
  if (error == http::error::need_more && bytes.size() - used > max_header_bytes_) error = http::error::header_limit;
  if (error && error != http::error::need_more && !refusal_) refusal_ = Explain(error);
  return used;
}

void RequestParser::Refuse(int status, std::string detail, Error& error) {
  refusal_ = ProblemResponse(status, detail);
  error = http::error::bad_value;
}

HttpResponse RequestParser::Explain(Error error) const {
  if (error == http::error::body_limit) {
    return ProblemResponse(413, "the body is larger than " + std::to_string(max_body_bytes_) + " bytes");
  }
  if (error == http::error::header_limit) {
    return ProblemResponse(431, "the header is larger than " + std::to_string(max_header_bytes_) + " bytes");
  }
  return ProblemResponse(400, "this is not a well-formed HTTP request: " + error.message());
}

void RequestParser::on_request_impl(Verb, Text method, Text target, int version, Error& error) {
  http11_ = version == 11;
  header_bytes_ = method.size() + target.size();
  request_.method = View(method);
  std::string_view query = OriginForm(View(target));
  if (query.empty()) return Refuse(400, "the request target is neither a path nor a URL", error);
  const std::size_t mark = std::min(query.find('?'), query.size());
  request_.path = query.substr(0, mark);
  query.remove_prefix(std::min(mark + 1, query.size()));
  auto fields = ParseForm(query);
  if (!fields) return Refuse(400, "the query has too many fields", error);
  request_.query = *std::move(fields);
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Error& error) {
  // Beast's own limit starts anew with every piece that arrives.
  header_bytes_ += name.size() + value.size() + 4;
  if (header_bytes_ > max_header_bytes_) {
    error = http::error::header_limit;
    return;
  }
  // A trailer cannot change what was already decided on the header (RFC 9110 section 6.5.1).
  if (is_header_done()) return;
  if (field == Field::transfer_encoding && !EqualsIgnoreCaseAscii(View(value), "chunked")) {
    return Refuse(501, "the only transfer encoding understood here is chunked", error);
  }
  if (field == Field::host) ++hosts_;
  if (field == Field::expect) expects_continue_ = EqualsIgnoreCaseAscii(View(value), "100-continue");
  request_.headers.Add(std::string(View(name)), std::string(View(value)));
}

void RequestParser::on_header_impl(Error& error) {
  if (http11_ && hosts_ != 1) Refuse(400, "a request needs exactly one Host field", error);
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) {
  if (length) request_.body.reserve(static_cast<std::size_t>(std::min(*length, kMaxReserve)));
}

std::size_t RequestParser::on_body_impl(Text bytes, Error&) {
  request_.body.append(bytes.data(), bytes.size());
  return bytes.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text bytes, Error& error) {
  return on_body_impl(bytes, error);
}

}  // namespace tr::net
