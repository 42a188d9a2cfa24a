#include "cli/demo_show.h"

#include <algorithm>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"

namespace tr::cli {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

// So long a human has before the demo corrects the misroute itself.
constexpr auto kPatience = std::chrono::seconds(20);
// News of the rules are told no later than this.
constexpr milliseconds kSlice{200};

bool IsVipOutage(const Ticket& ticket) {
  return ticket.tags.vip && ticket.tags.signals.Has(Signal::kOutage) && ticket.rank == Rank::kEscalate;
}

}  // namespace

Show::Show(wiring::App& app, Feed& feed, Attention& attention, std::function<std::vector<std::string>()> news,
           std::ostream& out, ShowOptions options)
    : app_(app),
      feed_(feed),
      attention_(attention),
      news_(std::move(news)),
      out_(out),
      options_(options),
      lesson_(app) {}

Result<void> Show::Run(const std::vector<Sample>& samples) {
  for (const Sample& sample : samples) {
    if (sample.learned && lesson_.open()) Correct("Nobody did, so the demo corrects it");
    TR_TRY(Give(sample));
    if (!WaitFor(options_.pace)) return Ok();
  }
  if (lesson_.open()) Correct("Nobody did, so the demo corrects it");
  if (options_.once) return Ok();
  Say(Ink::kNews,
      "That was all. It keeps running: look at the queues in the browser, change the rules; Ctrl-C ends it.");
  while (WaitFor(kSlice)) {
  }
  return Ok();
}

// False: the end. Whatever happens meanwhile is told at once.
bool Show::WaitFor(milliseconds span) {
  const Steady::time_point until = Steady::now() + span;
  do {
    const auto left = std::chrono::ceil<milliseconds>(until - Steady::now());
    const Waited waited = attention_.Wait(std::clamp(left, milliseconds(0), kSlice));
    if (waited.what == Waited::For::kStop) stopped_ = true;
    if (waited.what == Waited::For::kKey && waited.key == 'c' && lesson_.open()) Correct("You correct it");
    Hear();
    if (!out_) stopped_ = true;  // nobody looks any more
  } while (!stopped_ && Steady::now() < until);
  return !stopped_;
}

void Show::Hear() {
  TellNews();
  if (lesson_.open() && Steady::now() - lesson_.since() >= kPatience)
    Correct("20 seconds are over: the demo corrects it");
}

void Show::TellNews() {
  for (const std::string& text : news_()) {
    for (const std::string_view line : SplitText(Trim(text), '\n')) Say(Ink::kNews, "» " + std::string(line));
  }
}

Result<void> Show::Give(const Sample& sample) {
  TR_ASSIGN(const Fed fed, feed_.Give(sample));
  out_ << TicketLine(options_.paper, sample, fed, app_.ports().clock.Now()) << std::endl;
  TellMore(sample, fed);
  if (!lesson_.Notice(sample, fed, Steady::now())) return Ok();
  Invite();
  if (!attention_.HasKeys()) Correct("No keys here, so the demo corrects it");
  return Ok();
}

void Show::TellMore(const Sample& sample, const Fed& fed) {
  if (IsVipOutage(fed.ticket) && fed.on_top) {
    Say(Ink::kAlarm, "▲ a VIP's outage: jumps to the top of " + fed.ticket.team);
  }
  if (sample.learned && lesson_.corrected() && fed.outcome == sample.expected) {
    Say(Ink::kNews,
        "✓ right, as learned from " + lesson_.customer() + "'s ticket: without the correction it goes wrong");
  }
}

void Show::Invite() {
  Say(Ink::kAlarm, "✗ that is wrong: it is about \"" + lesson_.topic() + "\", which is for " + lesson_.team() + ".");
  if (attention_.HasKeys()) Say(Ink::kNews, "  Press c to correct it (in 20 seconds the demo does it itself).");
}

void Show::Correct(const std::string& who) {
  const Result<bool> by_another = lesson_.Correct();
  if (!by_another) {
    Say(Ink::kAlarm, "It could not be corrected: " + Printable(by_another.fault().text));
    return;
  }
  const std::string done = *by_another ? "Somebody corrected it already" : who;
  Say(Ink::kNews,
      "✓ " + done + ": " + lesson_.customer() + "'s ticket → " + lesson_.team() + ". Watch the next two like it.");
}

void Show::Say(Ink ink, const std::string& text) {
  out_ << "         " << Inked(options_.paper, ink, Printable(text)) << std::endl;
}

}  // namespace tr::cli
