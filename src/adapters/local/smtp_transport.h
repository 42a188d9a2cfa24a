#pragma once
// Hands mail to a submission server: SMTP with TLS and login (RFC 5321, 3207, 4954), by libcurl.

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/redact.h"
#include "channels/mailer.h"

namespace tr::local {

enum class SmtpTls : std::uint8_t {
  kNone,      // in the clear: for a server on this machine
  kStartTls,  // the connection begins in the clear and must become TLS before anything is said (port 587)
  kTls,       // TLS from the first byte (port 465)
};

struct SmtpOptions {
  std::string host;
  int port = 587;
  SmtpTls tls = SmtpTls::kStartTls;
  std::string user;  // empty: no login
  Secret password;
  std::string ca_file;  // PEM of the authorities to trust instead of the machine's; empty: the machine's
  Duration connect_timeout = std::chrono::seconds(10);
  Duration timeout = std::chrono::seconds(30);  // of one whole mail; a call's deadline cuts it
};

class SmtpTransport : public channels::MailTransport {
 public:
  SmtpTransport(SmtpOptions options, const Clock& clock);
  ~SmtpTransport() override;

  // One at a time; the connection is kept for the next mail. kTransient: no connection, no TLS, a certificate or a
  // login that is refused (that mends itself when a human has mended it; the mails wait), any 4xx. kPermanent: a 5xx
  // for this mail. kInvalid: an address that is no plain address.
  Result<std::string> Send(const std::string& from, const std::string& to, const std::string& raw,
                           const Call& call) override;

  // Goes as far as a mail would, without one: connects, turns TLS on, logs in, asks NOOP. Faults as Send.
  Result<void> Probe(const Call& call);

 private:
  class Connection;

  SmtpOptions options_;
  const Clock& clock_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tr::local
