#pragma once
// How each chat tool signs, so that a preset's name and a secret are all that a config needs.

#include "channels/webhook_signature.h"
#include "intake/chat_lane.h"

namespace tr::wiring {

// Without a secret; of kGeneric WebhookScheme's own defaults. Sources: the tools' own pages on verifying webhooks
// (developer.tawk.to/webhooks, developers.intercom.com, developer.zendesk.com/documentation/webhooks/verifying).
channels::WebhookScheme SchemeOf(intake::ChatPreset preset);

}  // namespace tr::wiring
