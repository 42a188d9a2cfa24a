#include "handoff/gates.h"

namespace tr::handoff {

ContextGate PassContext(const Ticket& ticket, const std::vector<Message>& messages, const Reading* reading,
                        const Decision& decision, const std::string& base_url) {
  ContextGate gate;
  gate.card = BuildCard(ticket, messages, reading, decision.reasons, base_url);
  std::string missing;
  const auto note = [&missing](bool absent, std::string_view what) {
    if (!absent) return;
    missing += missing.empty() ? "complete but for " : ", ";
    missing += what;
  };
  note(gate.card.customer.address.empty(), "the customer's address");
  note(gate.card.messages.empty(), "the original message");
  note(reading == nullptr, "a reading");
  note(gate.card.link.empty(), "a link");
  gate.result = {"context", missing.empty() ? "complete" : missing};
  return gate;
}

}  // namespace tr::handoff
