// Any bytes as what a chat tool posts, by every preset: an arrival in which every line says who spoke, nothing, or a
// refusal.

#include "fuzz_target.h"
#include "intake/chat_lane.h"

namespace {

// A turn begins with its speaker, and its further lines are indented: nobody's words pass for another's.
bool SaysWho(std::string_view line) {
  for (const std::string_view begin : {"[visitor]", "[agent]", "[bot]", "  ", "[the beginning is left out]"}) {
    if (line.starts_with(begin)) return true;
  }
  return line.empty();
}

void RequireHarmless(tr::intake::ChatPreset preset, std::string_view body) {
  const auto arrival = tr::intake::ReadChat(preset, "widget", body);
  if (!arrival) return tr::fuzz::RequireText(arrival.fault().text, 300);
  if (!*arrival) return;
  const tr::intake::Arrival& chat = **arrival;
  for (const std::string* text : {&chat.text, &chat.new_text, &chat.subject, &chat.customer.name}) {
    tr::fuzz::RequireText(*text);
  }
  for (const std::string_view line : tr::SplitText(chat.text, '\n')) tr::fuzz::Require(SaysWho(line));
  tr::fuzz::Require(chat.text.find("[visitor]") != std::string::npos);
  tr::fuzz::Require(!chat.new_text.empty() && chat.identity.size() == 64);
  tr::fuzz::Require(chat.customer.address.find_first_of(" \r\n\t<>,") == std::string::npos);
}

}  // namespace

TR_FUZZ_TARGET(chat) {
  if (input.size() > tr::intake::kMaxChatBytes) return;
  using tr::intake::ChatPreset;
  for (const ChatPreset preset :
       {ChatPreset::kGeneric, ChatPreset::kTawk, ChatPreset::kIntercom, ChatPreset::kZendesk}) {
    RequireHarmless(preset, input);
  }
}
