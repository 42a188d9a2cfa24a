// Any bytes as the body of POST /slack/interactions, and as the payload in it: a click whose every part is whole, or a
// refusal.

#include <variant>

#include "channels/slack_actions.h"
#include "fuzz_target.h"
#include "net/http_encoding.h"

namespace {

using tr::channels::SlackClick;
using tr::channels::SlackDoing;
using tr::fuzz::Require;

void RequireWhole(const SlackClick& click) {
  Require(!click.user.empty() && click.user.size() <= 50);
  Require(!click.idempotency_key.empty() && click.idempotency_key.size() <= 255);
  Require((click.doing == SlackDoing::kAct) == click.action.has_value());
  if (click.doing == SlackDoing::kNothing) return;
  Require(click.spot.key.ticket.size() == 26 && click.spot.key.version > 0);
  if (!click.action) return;
  const auto* split = std::get_if<tr::correct::Split>(&*click.action);
  if (split == nullptr) return;
  Require(split->parts.size() >= 2 && split->parts.size() <= 5);
  for (const tr::correct::Part& part : split->parts) {
    tr::fuzz::RequireText(part.topic);
    tr::fuzz::RequireText(part.text);
  }
}

void RequireHarmless(std::string_view payload) {
  const auto click = tr::channels::ReadClick(payload);
  if (!click) return tr::fuzz::RequireText(click.fault().text, 300);
  RequireWhole(*click);
}

}  // namespace

TR_FUZZ_TARGET(click) {
  RequireHarmless(input);
  if (const auto form = tr::net::ParseForm(input, 10)) RequireHarmless(tr::net::FindField(*form, "payload"));
}
