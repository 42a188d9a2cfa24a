#pragma once
// A mail server that keeps what it was handed and fails when it is told to.

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "channels/mailer.h"

namespace tr::testing {

class FakeMailTransport : public channels::MailTransport {
 public:
  struct Sent {
    std::string from;
    std::string to;
    std::string raw;
  };

  Result<std::string> Send(const std::string& from, const std::string& to, const std::string& raw,
                           const Call&) override {
    const std::lock_guard lock(mutex_);
    if (fault_) return *fault_;
    sent_.push_back({from, to, raw});
    return std::string();
  }

  // Every mail is refused from now on; nothing: no longer.
  void Break(std::optional<Fault> fault) {
    const std::lock_guard lock(mutex_);
    fault_ = std::move(fault);
  }

  std::vector<Sent> sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
  }

 private:
  mutable std::mutex mutex_;
  std::optional<Fault> fault_;
  std::vector<Sent> sent_;
};

}  // namespace tr::testing
