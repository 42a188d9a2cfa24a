#include "local/smtp_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <string_view>
#include <utility>

#include "channels/mail_encoding.h"

namespace tr::local {
namespace {

// What is left to be read of the mail that is being sent.
struct Unsent {
  std::string_view bytes;
};

std::size_t ReadMail(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& unsent = *static_cast<Unsent*>(user);
  const std::size_t taken = std::min(size * count, unsent.bytes.size());
  std::memcpy(buffer, unsent.bytes.data(), taken);
  unsent.bytes.remove_prefix(taken);
  return taken;
}

std::size_t DropAnswer(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// RFC 4954 section 6: these say that we may not come in, not that the mail is bad.
bool IsAboutLogin(long code) { return code == 530 || code == 534 || code == 535 || code == 538; }

std::string_view Advice(CURLcode code, long reply) {
  if (code == CURLE_LOGIN_DENIED || IsAboutLogin(reply)) return "; check smtp.user and the password";
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
    return "; its certificate is not trusted here: set smtp.ca_file, or smtp.host as the certificate names it";
  if (code == CURLE_USE_SSL_FAILED) return "; it offers no STARTTLS: set smtp.tls to \"tls\" or \"none\"";
  if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST) return "; check smtp.host and smtp.port";
  return "";
}

}  // namespace

class SmtpTransport::Connection {
 public:
  Connection() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    easy_ = curl_easy_init();
  }
  ~Connection() { curl_easy_cleanup(easy_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Result<void> Send(const SmtpOptions& options, const std::string& from, const std::string& to, const std::string& raw,
                    Duration timeout) {
    const std::lock_guard lock(mutex_);
    if (easy_ == nullptr) return Transient("no memory for a connection");
    Prepare(options, timeout);
    Unsent unsent{raw};
    curl_slist* recipients = curl_slist_append(nullptr, ("<" + to + ">").c_str());
    curl_easy_setopt(easy_, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(easy_, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &ReadMail);
    curl_easy_setopt(easy_, CURLOPT_READDATA, &unsent);
    curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
    Result<void> sent = Perform(options);
    curl_slist_free_all(recipients);
    return sent;
  }

  Result<void> Probe(const SmtpOptions& options, Duration timeout) {
    const std::lock_guard lock(mutex_);
    if (easy_ == nullptr) return Transient("no memory for a connection");
    Prepare(options, timeout);
    curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, "NOOP");
    return Perform(options);
  }

 private:
  void Prepare(const SmtpOptions& options, Duration timeout) {
    curl_easy_reset(easy_);  // keeps the connection
    const std::string scheme = options.tls == SmtpTls::kTls ? "smtps://" : "smtp://";
    curl_easy_setopt(easy_, CURLOPT_URL, (scheme + options.host + ":" + std::to_string(options.port)).c_str());
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy_, CURLOPT_PROXY, "");  // a web proxy of the environment carries no mail
    curl_easy_setopt(easy_, CURLOPT_USE_SSL,
                     static_cast<long>(options.tls == SmtpTls::kNone ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!options.ca_file.empty()) curl_easy_setopt(easy_, CURLOPT_CAINFO, options.ca_file.c_str());
    if (!options.user.empty()) {
      curl_easy_setopt(easy_, CURLOPT_USERNAME, options.user.c_str());
      curl_easy_setopt(easy_, CURLOPT_PASSWORD, options.password.Reveal().c_str());
    }
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(std::min(timeout, options.connect_timeout).count()));
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &DropAnswer);
  }

  Result<void> Perform(const SmtpOptions& options) {
    const CURLcode code = curl_easy_perform(easy_);
    if (code == CURLE_OK) return Ok();
    long reply = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &reply);
    std::string text = "the mail server " + options.host + " says ";
    text += reply >= 400 ? std::to_string(reply) : std::string(curl_easy_strerror(code));
    text += Advice(code, reply);
    const bool refused = reply >= 500 && reply < 600 && code != CURLE_LOGIN_DENIED && !IsAboutLogin(reply);
    return refused ? Permanent(text) : Transient(text);
  }

  std::mutex mutex_;
  CURL* easy_ = nullptr;
};

SmtpTransport::SmtpTransport(SmtpOptions options, const Clock& clock)
    : options_(std::move(options)), clock_(clock), connection_(std::make_unique<Connection>()) {}
SmtpTransport::~SmtpTransport() = default;

Result<std::string> SmtpTransport::Send(const std::string& from, const std::string& to, const std::string& raw,
                                        const Call& call) {
  if (!channels::IsPlainAddress(from) || !channels::IsPlainAddress(to)) {
    return Invalid("only plain addresses can be written to");
  }
  const Duration left = std::min(options_.timeout, call.deadline - clock_.Now());
  if (left <= Duration(0)) return Transient("no time was left to send it");
  TR_TRY(connection_->Send(options_, from, to, raw, left));
  return std::string();
}

Result<void> SmtpTransport::Probe(const Call& call) {
  const Duration left = std::min(options_.timeout, call.deadline - clock_.Now());
  if (left <= Duration(0)) return Transient("no time was left to ask");
  return connection_->Probe(options_, left);
}

}  // namespace tr::local
