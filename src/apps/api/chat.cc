// The chat lane over HTTP: a chat tool's webhook, verified by its source's settings.

#include <boost/json.hpp>

#include "api/routes.h"
#include "channels/webhook_signature.h"
#include "intake/chat_lane.h"

namespace tr::api {

// Intercom asks so whether the address is there before it takes it for a webhook.
Answer HeadChat(const Context& context) {
  if (!context.app.config().chat.contains(context.params[0])) return NotFound("no such chat source");
  return net::MakeResponse(200, "text/plain", "");
}

Answer PostChat(const Context& context) {
  const std::string& source = context.params[0];
  const auto chat = context.app.config().chat.find(source);
  if (chat == context.app.config().chat.end())
    return NotFound("no such chat source; name it in the config as [chat.NAME]");
  if (context.request.body.size() > intake::kMaxChatBytes)
    return net::ProblemResponse(413, "the conversation is larger than 1 MiB");
  if (!channels::VerifyWebhook(chat->second.scheme, context.request, context.app.ports().clock.Now())) {
    return net::ProblemResponse(401, "the signature does not fit");
  }
  TR_ASSIGN(std::optional<intake::Arrival> arrival,
            intake::ReadChat(chat->second.preset, source, context.request.body));
  if (!arrival) return JsonResponse(202, boost::json::object{{"ticket_id", nullptr}, {"ignored", true}});
  TR_ASSIGN(const intake::Accepted accepted, context.app.gate().Accept(*std::move(arrival)));
  return JsonResponse(202, boost::json::object{{"ticket_id", accepted.ticket}});
}

}  // namespace tr::api
