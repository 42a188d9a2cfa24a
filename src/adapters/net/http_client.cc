#include "net/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "net/http_encoding.h"

namespace tr::net {
namespace {

// Header fields and their bytes together: more than any honest server sends.
constexpr std::size_t kMaxHeaderBytes = 64 * 1024;

struct Receiving {
  HttpResponse response;
  std::size_t header_bytes = 0;
  std::size_t max_answer = 0;
  bool too_long = false;
};

std::size_t TakeBody(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& receiving = *static_cast<Receiving*>(user);
  if (receiving.response.body.size() + size * count > receiving.max_answer) {
    receiving.too_long = true;
    return 0;
  }
  receiving.response.body.append(bytes, size * count);
  return size * count;
}

std::size_t TakeHeader(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& receiving = *static_cast<Receiving*>(user);
  const std::string_view line(bytes, size * count);
  receiving.header_bytes += line.size();
  if (receiving.header_bytes > kMaxHeaderBytes) {
    receiving.too_long = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) receiving.response.headers = {};  // a further answer, after 100 Continue
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    receiving.response.headers.Add(std::string(line.substr(0, colon)), std::string(Trim(line.substr(colon + 1))));
  }
  return size * count;
}

// This machine, or what its own link alone reaches: the metadata and runtime services of a cloud.
bool IsLocal(std::string_view host) {
  return host.starts_with("127.") || host.starts_with("169.254.") || host.starts_with("localhost:") ||
         host == "localhost" || host.starts_with("[::1]");
}

// A line break would begin a field that nobody meant to send.
bool IsOneLine(std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) == text.npos; }

bool MaySend(const ClientRequest& request) {
  return IsOneLine(request.method) && IsOneLine(request.url) &&
         std::all_of(request.headers.begin(), request.headers.end(),
                     [](const auto& field) { return IsOneLine(field.first) && IsOneLine(field.second); });
}

Fault FaultOf(CURLcode code, const ClientRequest& request, const Receiving& receiving) {
  const std::string host(AuthorityOf(request.url));
  if (receiving.too_long) return Permanent("the answer of " + host + " is too long");
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) return Invalid("this URL cannot be read");
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
    return Permanent("the certificate of " + host + " is not trusted here");
  }
  return Transient("no answer from " + host + ": " + curl_easy_strerror(code));
}

}  // namespace

class HttpClient::Handle {
 public:
  Handle() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    easy_ = curl_easy_init();
  }
  ~Handle() {
    curl_slist_free_all(fields_);
    curl_easy_cleanup(easy_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Result<HttpResponse> Send(const ClientRequest& request) {
    if (!MaySend(request)) return Invalid("a URL or header field with a line break cannot be sent");
    if (easy_ == nullptr) return Transient("no memory for a connection");
    Receiving receiving;
    receiving.max_answer = request.max_answer;
    Prepare(request, receiving);
    const CURLcode code = curl_easy_perform(easy_);
    long sent = 0;
    curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &sent);
    if (request.sent != nullptr && sent > 0) *request.sent = true;
    if (code != CURLE_OK) return FaultOf(code, request, receiving);
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    receiving.response.status = static_cast<int>(status);
    return std::move(receiving.response);
  }

 private:
  void Prepare(const ClientRequest& request, Receiving& receiving) {
    curl_easy_reset(easy_);  // keeps the connection
    curl_slist_free_all(std::exchange(fields_, nullptr));
    for (const auto& [name, value] : request.headers) {
      std::string field = name;
      field.append(value.empty() ? ";" : ": ").append(value);
      fields_ = curl_slist_append(fields_, field.c_str());
    }
    fields_ = curl_slist_append(fields_, "Expect:");  // our bodies are small: do not wait for 100 Continue
    curl_easy_setopt(easy_, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy_, CURLOPT_PATH_AS_IS, 1L);  // a path that is signed must not be tidied
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, fields_);
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
      curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
      curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (request.method == "HEAD") curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    if (IsLocal(AuthorityOf(request.url))) curl_easy_setopt(easy_, CURLOPT_PROXY, "");  // whatever the environment says
    curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, request.only_once ? 1L : 0L);
    curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &TakeBody);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &receiving);
    curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &TakeHeader);
    curl_easy_setopt(easy_, CURLOPT_HEADERDATA, &receiving);
  }

  CURL* easy_ = nullptr;
  curl_slist* fields_ = nullptr;
};

HttpClient::HttpClient() : handle_(std::make_unique<Handle>()) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<HttpResponse> HttpClient::Send(const ClientRequest& request) { return handle_->Send(request); }

}  // namespace tr::net
