#pragma once
// Which messages may stand in Slack though nobody heard of it, and when they were tried: what a further try looks for,
// and where. A retry may come behind thousands of other cards, more than anybody would read.
//
// It is memory only: of a try that another process made nothing is known, so its message is looked for from now back to
// when its ticket came.

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "handoff/channel.h"

namespace tr::channels {

struct SlackDoubt {
  bool may_stand = false;
  // Slack's ts between which it stands, if it does; empty: nothing is known.
  std::string after;
  std::string before;
};

// Thread-safe; remembers at most 10,000 notices.
class SlackDoubts {
 public:
  // What the tries before this one left.
  SlackDoubt Before(const handoff::Notice& notice);
  // After a try that failed.
  void Keep(const handoff::Notice& notice, SlackDoubt doubt);
  void Forget(const handoff::Notice& notice);

  // The newest message that Slack confirmed in the channel (its id); empty: none since the start.
  std::string Newest(const std::string& channel);
  // It confirms one now.
  void Confirm(const std::string& channel, const std::string& ts, Time now);
  // A try that began after the message `after`, and of whose end nobody knows now.
  SlackDoubt DoubtNow(std::string after, Time now);

 private:
  struct Kept {
    int attempt = 0;
    SlackDoubt doubt;
  };

  std::mutex mutex_;
  std::map<std::string, Kept> kept_;           // by the notice's id
  std::map<std::string, std::string> newest_;  // by channel
  std::optional<Duration> ahead_;              // Slack's clock, of ours
};

// Whether a message may stand in spite of this fault of chat.postMessage. Slack's own refusals say that it does not,
// but for the two that "some aspect of the operation" may have survived (docs.slack.dev, chat.postMessage, Errors).
bool MayHavePosted(const Fault& fault);

}  // namespace tr::channels
