#pragma once
// The port to where teams read: Slack, a mailbox, a log.

#include <string>

#include "base/call.h"
#include "base/result.h"
#include "handoff/card.h"
#include "store/step.h"

namespace tr::handoff {

// One thing to say, complete: the channel needs nothing else.
struct Notice {
  std::string id;  // the delivery's id: the same notice sent twice has the same
  store::DeliveryKind kind = store::DeliveryKind::kCard;
  std::string address;   // inside the channel: "#help-billing", "billing@shop.example"; never a customer's
  Card card;             // kCard, kCardUpdate, kPing, kThread
  std::string card_ref;  // what Post gave for the ticket's card here; empty for the card itself
  bool moved = false;    // the ticket left this channel's team: what stands here says where it went
  std::string detour;    // why it comes here and not to the team's own channel; empty where it does
  std::string person;    // kPing: who is named; empty: nobody by name
  std::string role;      // kPing
  int message = 0;       // kThread: which of the card's messages
  std::string subject;   // kDigest, kAnnouncement
  std::string text;      // kDigest, kAnnouncement; kPing: why now, where it is not the ticket's first
  int attempt = 1;       // 2 and more: it may have been said already; a channel that can look, looks first
};

class Channel {
 public:
  virtual ~Channel() = default;

  // Says it, at least once: after a transient fault nobody knows whether it was said. Gives what the channel calls the
  // result (a Slack ts, a Message-ID). Thread-safe; tries once.
  //   kTransient: again later, not before Fault::retry_after where given.
  //   kPermanent: never here (no such channel, no right to write): the delivery falls back.
  //   kInvalid:   the address is not one that this channel may write to; the delivery falls back.
  virtual Result<std::string> Post(const Notice& notice, const Call& call) = 0;

  // The least time between two notices to one address, updates of a card not counted; 0: none. The outbox keeps to it.
  virtual Duration pace() const { return Duration(0); }
};

// Finds the channel for "slack:#help-billing", "mail:billing@…", "log:": by the part before the colon.
class Channels {
 public:
  virtual ~Channels() = default;
  // Null: there is none of that kind here.
  virtual Channel* Find(const std::string& kind) = 0;
};

}  // namespace tr::handoff
