// Any bytes as what was signed here: no input passes for a card's link, a card's Message-ID or a form's token.

#include "api/form_token.h"
#include "channels/link_token.h"
#include "fuzz_target.h"
#include "ticket/card_id.h"

TR_FUZZ_TARGET(token) {
  const tr::Secret key("no input knows this one");
  const tr::Time now{tr::Duration(1'772'442'000'000)};
  tr::fuzz::Require(!tr::channels::ReadLinkToken(key, input, now).ok());
  tr::fuzz::Require(!tr::TicketOfCardId(key, input));
  tr::fuzz::Require(!tr::api::CheckFormToken(key, input, now));
}
