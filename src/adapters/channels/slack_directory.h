#pragma once
// Who is who and what is where in the workspace, asked once and remembered for a while: channels by name, people by
// address and by id.

#include <boost/json/object.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "channels/slack_client.h"

namespace tr::channels {

struct SlackPlace {
  std::string id;
  bool archived = false;
  bool shared = false;  // with another company (is_ext_shared, or about to be)
  bool member = false;  // the app is in it
};

struct SlackPerson {
  std::string id;
  std::string address;    // lower case; empty where the workspace does not show it
  bool outsider = false;  // of another company, a bot, or deactivated: never one of ours
};

// "#name" or an id of a channel ("C…", "G…"); a person's id would open a private talk with anybody.
bool IsSlackAddress(std::string_view address);

// Thread-safe. Remembers answers for ten minutes (that there is no such channel: one), at most 10,000 of a kind.
// Faults: the client's; kPermanent: there is no such channel, as far as the app sees.
class SlackDirectory {
 public:
  SlackDirectory(SlackClient& client, const Clock& clock) : client_(client), clock_(clock) {}

  // REQUIRES: IsSlackAddress.
  Result<SlackPlace> FindPlace(const std::string& address, Duration timeout);

  // The Slack id of the person with that e-mail address; empty: there is none.
  Result<std::string> FindUser(const std::string& address, Duration timeout);

  Result<SlackPerson> FindPerson(const std::string& user, Duration timeout);

  // Whether the person is a member of the channel (an id).
  Result<bool> IsMember(const std::string& channel, const std::string& user, Duration timeout);

 private:
  template <typename Value>
  struct Known {
    Value value;
    Time until{};
  };
  template <typename Value>
  using Memory = std::map<std::string, Known<Value>>;

  template <typename Value>
  std::optional<Value> Recall(const Memory<Value>& memory, const std::string& key);
  template <typename Value>
  void Keep(Memory<Value>& memory, const std::string& key, const Value& value, Duration span);
  Result<void> ListPlaces(Duration timeout);

  SlackClient& client_;
  const Clock& clock_;
  std::mutex mutex_;
  Memory<SlackPlace> places_;  // by "#name" and by id
  Memory<std::string> users_;  // by address
  Memory<SlackPerson> people_;
  Memory<bool> members_;  // by "CHANNEL USER"
};

}  // namespace tr::channels
