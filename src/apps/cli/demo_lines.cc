#include "cli/demo_lines.h"

#include <array>
#include <ctime>

#include "base/text.h"
#include "base/utf8.h"
#include "cli/commands.h"

namespace tr::cli {
namespace {

constexpr std::size_t kName = 18;
constexpr std::size_t kSubject = 28;
constexpr std::size_t kPlace = 22;
constexpr std::size_t kMove = 9;
constexpr std::size_t kBeforeWhy = 8 + 3 + kName + 1 + kSubject + 3 + kPlace + 1 + kMove + 1;
constexpr std::size_t kLeastWhy = 20;

std::string_view CodeOf(Ink ink) {
  switch (ink) {
    case Ink::kPlain: return "";
    case Ink::kQuiet: return "2";
    case Ink::kGood: return "32";
    case Ink::kWarm: return "33";
    case Ink::kAlarm: return "1;31";
    case Ink::kHeld: return "35";
    case Ink::kNews: return "1;36";
  }
  return "";
}

Ink InkOf(const Ticket& ticket) {
  switch (ticket.move) {
    case Move::kRoute: return Ink::kGood;
    case Move::kPriority: return Ink::kWarm;
    case Move::kEscalate: return Ink::kAlarm;
    case Move::kHold: return Ink::kHeld;
  }
  return Ink::kPlain;
}

std::string_view IconOf(Lane lane) {
  switch (lane) {
    case Lane::kMail: return "✉";
    case Lane::kForm: return "✎";
    case Lane::kChat: return "❝";
    case Lane::kSplit: return "⑂";
  }
  return " ";
}

// On the user's own clock.
std::string ClockText(Time now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &local)};
}

bool IsKeptApart(const Ticket& ticket) { return ticket.state == State::kSetAside || ticket.state == State::kSuspect; }

std::string PlaceOf(const Ticket& ticket) {
  if (IsKeptApart(ticket)) return "nobody";
  if (ticket.person.empty()) return ticket.team;
  return ticket.team + ", " + ticket.person.substr(0, ticket.person.find('@'));
}

std::string_view MoveOf(const Ticket& ticket) {
  if (ticket.state == State::kSuspect) return "suspect";
  return ticket.state == State::kSetAside ? "set aside" : Name(ticket.move);
}

}  // namespace

std::string Inked(const Paper& paper, Ink ink, const std::string& text) {
  if (!paper.colours || ink == Ink::kPlain) return text;
  return "\x1b[" + std::string(CodeOf(ink)) + "m" + text + "\x1b[0m";
}

std::string Fit(std::string_view text, std::size_t characters) {
  const std::string line = Squeeze(Printable(text));
  std::string fitted;
  std::size_t taken = 0;
  std::size_t at = 0;
  while (at < line.size() && taken < characters) {
    const std::size_t length = DecodeChar(std::string_view(line).substr(at)).length;
    const bool last = taken + 1 == characters && at + length < line.size();
    fitted += last ? "…" : line.substr(at, length);
    at += length;
    ++taken;
  }
  return fitted + std::string(characters - taken, ' ');
}

std::string TicketLine(const Paper& paper, const Sample& sample, const Fed& fed, Time now) {
  const Ticket& ticket = fed.ticket;
  const Ink ink = IsKeptApart(ticket) ? Ink::kQuiet : InkOf(ticket);
  const std::string& name = ticket.customer.name.empty() ? ticket.customer.address : ticket.customer.name;
  std::string line = Inked(paper, Ink::kQuiet, ClockText(now)) + " " + std::string(IconOf(sample.lane)) + " " +
                     Fit(name, kName) + " " + Fit(ticket.subject, kSubject) + " → " +
                     Inked(paper, ink, Fit(PlaceOf(ticket), kPlace) + " " + Fit(MoveOf(ticket), kMove)) + " ";
  const auto columns = static_cast<std::size_t>(paper.columns);
  if (columns == 0) return line + Squeeze(Printable(fed.why));
  const std::size_t room = columns > kBeforeWhy + kLeastWhy ? columns - kBeforeWhy : kLeastWhy;
  return line + Inked(paper, Ink::kQuiet, std::string(Trim(Fit(fed.why, room))));
}

}  // namespace tr::cli
