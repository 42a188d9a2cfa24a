#pragma once
// In: a folder in Google Drive and a service account's key. Out: the manager's pieces as the RuleSource port gives
// them. Never: a write to Drive, a rule's meaning. Start at: drive_rule_source.h.
//
// Calls of Google's services with a service account's token.

#include <mutex>
#include <string>

#include "google/service_account.h"
#include "net/http_client.h"

namespace tr::google {

// Thread-safe: one call at a time. `clock` outlives it.
class GoogleClient {
 public:
  GoogleClient(ServiceAccount account, const Clock& clock) : account_(std::move(account)), clock_(clock) {}

  // The body that a GET gives. The token is asked for when there is none or it is about to end, and once more when it
  // is refused. kTransient: no answer, 429, 500 and above, a 403 about rates or the day's quota (says when to come
  // again), a tab that is there no more. kNotFound: 404, which also means "not shared with this account". kInvalid: the
  // document is too large to export. kPermanent: everything else; says what to do.
  Result<std::string> Get(const std::string& url);

 private:
  Result<net::HttpResponse> Ask(const std::string& url);
  Result<std::string> Token();

  const ServiceAccount account_;
  const Clock& clock_;
  std::mutex mutex_;
  net::HttpClient http_;
  Secret token_;
  Time token_ends_{};
};

}  // namespace tr::google
