#include "channels/log_channel.h"

namespace tr::channels {

Result<std::string> LogChannel::Post(const handoff::Notice& notice, const Call&) {
  const handoff::Card& card = notice.card;
  log_.Info("posted", {{"delivery", notice.id},
                       {"kind", Name(notice.kind)},
                       {"team", card.team},
                       {"person", card.person},
                       {"move", Name(card.move)},
                       {"rank", Name(card.rank)},
                       {"topic", card.tags.topic},
                       {"pings", notice.person.empty() ? notice.role : notice.person},
                       {"subject", CustomerText(card.subject)}});
  return "log:" + notice.id;
}

}  // namespace tr::channels
