#include "wiring/mail_check.h"

#include "base/text.h"
#include "channels/mail_encoding.h"
#include "wiring/mail_out.h"

namespace tr::wiring {
namespace {

void CheckTeam(const rules::Team& team, const SmtpConfig& smtp, std::vector<std::string>& found) {
  const std::string named = "mail: the team " + team.name;
  if (team.inbox.empty()) return;
  if (!channels::IsPlainAddress(team.inbox)) {
    found.push_back(named + " has an inbox that no mail can be sent to: write one plain address into the teams tab");
  } else if (EqualsIgnoreCaseAscii(team.inbox, smtp.from)) {
    found.push_back(named +
                    "'s inbox is smtp.from too: its mail would be taken for the router's own; set another smtp.from");
  }
}

}  // namespace

std::vector<std::string> CheckMail(const Config& config, const rules::RuleBook* book, const Clock& clock) {
  std::vector<std::string> found;
  if (config.smtp.host.empty()) return found;
  local::SmtpTransport transport(SmtpOptionsOf(config.smtp), clock);
  const Call call{clock.Now() + std::chrono::seconds(config.smtp.timeout_seconds), "doctor"};
  if (const Result<void> asked = transport.Probe(call); !asked) found.push_back("mail: " + asked.fault().text);
  if (config.smtp.tls == local::SmtpTls::kNone && !config.smtp.user.empty()) {
    found.emplace_back(
        "mail: smtp.tls is \"none\", so the password travels in the clear; set it to \"starttls\" or \"tls\"");
  }
  if (config.http.base_url.empty()) {
    found.emplace_back("mail: http.base_url is not set, so links in cards work on this machine alone");
  }
  if (config.mail.addresses.empty()) {
    found.emplace_back("mail: mail.addresses is empty, so replies to cards go to smtp.from; name the intake's address");
  }
  if (book == nullptr) return found;
  for (const rules::Team& team : book->teams) CheckTeam(team, config.smtp, found);
  return found;
}

}  // namespace tr::wiring
