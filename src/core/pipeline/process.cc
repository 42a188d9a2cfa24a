#include "pipeline/process.h"

#include <algorithm>
#include <utility>

#include "pipeline/scene.h"
#include "route/decide.h"
#include "rules/match.h"
#include "ticket/steps.h"

namespace tr::pipeline {
namespace {

// So often an item whose ticket changed under it is tried anew before it goes back to the queue.
constexpr int kMaxRaces = 5;

// So many of a customer's newest tickets are looked at for one that is open, and for one that this repeats.
constexpr int kMaxOpenLooked = 50;
constexpr int kMaxRecent = 20;

// A human took back that it repeats another ticket.
bool WasSeparated(const Ticket& ticket) {
  return std::any_of(ticket.links.begin(), ticket.links.end(),
                     [](const Link& link) { return link.kind == "separated_from"; });
}

// Something of it is worked again, so the sweeper looks after all of it again. Its landing says so by itself: until
// then it stands in triage.
void Revive(store::Step& step, const std::string& id) {
  for (store::TicketWrite& write : step.tickets) {
    if (write.ticket.id == id && !IsUnlanded(write.ticket)) write.ticket.dead_lettered = false;
  }
}

// A human said that it is a ticket after all.
bool WasRestored(const Ticket& ticket) { return !ticket.set_aside_why.empty(); }

}  // namespace

Process::Process(ProcessPorts ports, ProcessSettings settings, std::function<rules::RuleBookPtr()> book)
    : ports_(ports), settings_(std::move(settings)), book_(std::move(book)) {}

bool Process::NeverCameToAnEnd(const queue::Lease& lease) const {
  return settings_.most_receives > 0 && lease.attempts > settings_.most_receives && book_() != nullptr;
}

std::vector<Processed> Process::Work(std::span<const queue::Lease> leases) {
  std::vector<Result<Planned>> plans;
  plans.reserve(leases.size());
  for (std::size_t i = 0; i < leases.size(); ++i) {
    // A ticket's second message waits for the first to be done: it may be done with it.
    const bool again = std::any_of(leases.begin(), leases.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const queue::Lease& one) { return one.item.ticket == leases[i].item.ticket; });
    if (NeverCameToAnEnd(leases[i])) {
      plans.push_back(Bug("whoever worked it ended with it, each time"));
    } else {
      plans.push_back(again ? Conflict("an item before it is of the same ticket") : Plan(leases[i]));
    }
  }
  std::vector<Result<Processed>> done = CommitAll(plans);
  std::vector<Processed> settled;
  settled.reserve(leases.size());
  for (std::size_t i = 0; i < leases.size(); ++i) {
    for (int race = 1; race < kMaxRaces && !done[i] && done[i].fault().kind == FaultKind::kConflict; ++race) {
      plans.assign(1, Plan(leases[i]));
      done[i] = std::move(CommitAll(plans).front());
    }
    settled.push_back(Settle(leases[i], std::move(done[i])));
  }
  return settled;
}

std::vector<Result<Processed>> Process::CommitAll(std::vector<Result<Planned>>& plans) {
  std::vector<const store::Step*> steps;
  for (const Result<Planned>& plan : plans) {
    if (plan && plan->step) steps.push_back(&*plan->step);
  }
  std::vector<Result<void>> committed = ports_.ledger.CommitEach(steps, ports_.clock.Now());
  std::vector<Result<Processed>> done;
  std::size_t next = 0;
  for (Result<Planned>& plan : plans) {
    if (!plan) {
      done.push_back(plan.fault());
    } else if (const Result<void> stored = plan->step ? std::move(committed[next++]) : Ok(); !stored) {
      done.push_back(stored.fault());
    } else {
      done.push_back(Finish(*plan));
    }
  }
  return done;
}

Result<Processed> Process::Finish(Planned& planned) {
  for (const queue::Item& item : planned.sends) TR_TRY(ports_.queue.Send(item, Duration(0)));
  if (planned.count != nullptr) ++*planned.count;
  if (planned.held) ++counts_.held;
  return std::move(planned.processed);
}

Processed Process::Settle(const queue::Lease& lease, Result<Processed> done) {
  if (done) return *std::move(done);
  Fault fault = done.fault();
  const bool may_pass = fault.kind == FaultKind::kTransient || fault.kind == FaultKind::kConflict;
  const bool worn_out = lease.attempts >= queue::kMaxAttempts && book_() != nullptr;
  if (!may_pass || worn_out) {
    const Result<void> marked = MarkDead(lease, fault);
    if (marked) {
      ++counts_.dead;
      ports_.log.Error("item_dead",
                       {{"ticket", lease.item.ticket}, {"attempts", lease.attempts}, {"trouble", fault.text}});
      return {Outcome::kDead, std::string(Name(fault.kind)) + ": " + fault.text, {}, {}, State::kReceived};
    }
    // A letter is not buried before triage can see it: the item comes again until then.
    fault = marked.fault();
  }
  ++counts_.again;
  ports_.log.Warning("item_again",
                     {{"ticket", lease.item.ticket}, {"attempt", lease.attempts}, {"trouble", fault.text}});
  return {Outcome::kAgain, fault.text, fault.retry_after, {}, State::kReceived};
}

Result<Process::Planned> Process::Plan(const queue::Lease& lease) {
  TR_ASSIGN(Scene scene, Load(lease));
  TR_ASSIGN(Planned planned, Follow(scene));
  if (planned.step) Revive(*planned.step, scene.ticket.id);
  return planned;
}

// The whole way, by the state in which the ticket is.
Result<Process::Planned> Process::Follow(Scene& scene) {
  if (scene.message.state == MessageState::kHandled) return Planned{{Outcome::kDone, "", {}, {}, scene.ticket.state}};
  if (scene.message.author != Author::kCustomer) return TeamAnswer(scene);
  switch (scene.ticket.state) {
    case State::kReceived:
    case State::kRead: return First(scene);
    case State::kLanded:
    case State::kTaken:
    case State::kDone: return Later(scene);
    case State::kMerged: return Forward(scene);
    case State::kSplit:  // whatever came before the split stands in its parts; later messages never join it
    case State::kSetAside:
    case State::kSuspect: return MarkHandled(scene, "kept");
  }
  return Bug("a ticket in no state");
}

Result<Process::Scene> Process::Load(const queue::Lease& lease) {
  Scene scene;
  scene.book = book_();
  if (scene.book == nullptr) return Transient("there is no rule book in force yet: mend the rules folder");
  TR_ASSIGN(store::TicketWithMessages whole, ports_.tickets.GetWithMessages(lease.item.ticket));
  scene.ticket = std::move(whole.ticket);
  scene.messages = std::move(whole.messages);
  const auto message = std::find_if(scene.messages.begin(), scene.messages.end(),
                                    [&](const Message& one) { return one.n == lease.item.message; });
  if (message == scene.messages.end()) return NotFound("the ticket has no such message");
  scene.message = *message;
  scene.attempts = lease.attempts;
  scene.now = ports_.clock.Now();
  return scene;
}

// A ticket that has not landed: set aside, or read, decided, and landed with everything that came so far.
Result<Process::Planned> Process::First(Scene& scene) {
  TR_ASSIGN(const std::optional<std::string> why_no_ticket, WhyNoTicket(scene));
  if (why_no_ticket) return SetAside(scene, *why_no_ticket);
  handoff::LandingInput input;
  TR_ASSIGN(input.reading, ReadFirst(scene));
  const Reading* reading = input.reading ? &*input.reading : nullptr;
  input.decision = route::Decide(Ask(scene.ticket, scene.AllNewText(), reading), *scene.book, scene.now);
  input.may_join = scene.ticket.lane != Lane::kSplit && !scene.ticket.fixed_place && !WasSeparated(scene.ticket);
  if (!scene.ticket.customer.address.empty()) {
    TR_ASSIGN(input.head, ports_.lookups.ByKey(handoff::LandingKey(scene.ticket.customer.address), scene.now));
    if (input.head && input.may_join) {
      TR_ASSIGN(input.recent, FindRecent(scene, input.decision.tags.topic));
    }
  }
  input.ticket = scene.ticket;
  input.messages = scene.messages;
  return Land(scene, handoff::PlanLanding(input, *scene.book, settings_.handoff, scene.now));
}

// Machine mail, and what the rules' Not tickets name; never a VIP nor a customer with an open ticket.
Result<std::optional<std::string>> Process::WhyNoTicket(const Scene& scene) {
  const Message& first = scene.messages.front();
  if (scene.ticket.fixed_place || scene.ticket.lane == Lane::kSplit) return std::optional<std::string>{};
  if (WasRestored(scene.ticket)) return std::optional<std::string>{};
  if (first.machine != Machine::kNone) return std::optional<std::string>(Name(first.machine));
  const rules::SearchText text(scene.ticket.subject, first.new_text);
  rules::Facts facts;
  facts.lane = scene.ticket.lane;
  facts.from = scene.ticket.customer.address;
  facts.sender_failed = scene.ticket.customer.verification == Verification::kFailed;
  facts.text = &text;
  const rules::NotTicket* entry = rules::FindNotTicket(*scene.book, facts);
  if (entry == nullptr) return std::optional<std::string>{};
  TR_ASSIGN(const std::vector<Ticket> others,
            ports_.lookups.OfCustomer(scene.ticket.customer.address, Time{}, kMaxOpenLooked));
  const bool has_open = std::any_of(others.begin(), others.end(), [&](const Ticket& other) {
    return other.id != scene.ticket.id && IsOpen(other.state);
  });
  if (has_open) return std::optional<std::string>{};
  return std::optional<std::string>("rules.md line " + std::to_string(entry->bullet.line) + ": " + entry->bullet.text);
}

// The customer's landed tickets of the window that have the same topic, with what they are compared by.
Result<std::vector<handoff::Recent>> Process::FindRecent(const Scene& scene, const std::string& topic) {
  std::vector<handoff::Recent> recent;
  const Time since = scene.now - settings_.handoff.duplicate_window;
  TR_ASSIGN(std::vector<Ticket> tickets, ports_.lookups.OfCustomer(scene.ticket.customer.address, since, kMaxRecent));
  for (Ticket& ticket : tickets) {
    if (ticket.id == scene.ticket.id || !IsQueued(ticket.state) || ticket.tags.topic != topic) continue;
    TR_ASSIGN(const std::vector<Message> messages, ports_.tickets.Messages(ticket.id));
    handoff::Recent one;
    one.ticket = std::move(ticket);
    if (!messages.empty()) one.new_text = messages.front().new_text;
    for (const Message& message : messages) one.message_ids.push_back(message.message_id);
    recent.push_back(std::move(one));
  }
  return recent;
}

Process::Planned Process::Land(const Scene& scene, handoff::Landing landing) {
  Planned planned{{Outcome::kDone, "", {}, std::move(landing.begun), landing.after.state}, std::move(landing.step)};
  for (const int n : landing.joined_messages) planned.sends.push_back({*landing.joined, n});
  if (landing.joined) {
    planned.count = &counts_.merged;
  } else if (IsQueued(scene.ticket.state) || scene.ticket.state == State::kDone) {
    planned.count = &counts_.followed_up;
  } else {
    planned.count = &counts_.landed;
    planned.held = landing.after.move == Move::kHold;
  }
  return planned;
}

}  // namespace tr::pipeline
