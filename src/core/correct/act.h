#pragma once
// What the actions share. Internal to correct/.

#include <string>
#include <vector>

#include "correct/command.h"
#include "store/step.h"

namespace tr::correct {

// Everything that an action looks at.
struct Scene {
  Command command;
  Ticket ticket;
  std::vector<Message> messages;
  std::optional<Reading> reading;  // the latest, as urgent, angry and alarming as any before it
  rules::RuleBookPtr book;
  Time now{};
  std::optional<std::string> head;  // of a ticket that has not landed: what its customer's landing key stands for
};

// An action's answer: the step to commit, its deliveries, and the tickets to queue afterwards.
struct Act {
  handoff::Landing landing;                // its step is what is committed
  store::Correction correction;            // id, kind, ticket, by, at, before and after_version are filled in by Apply
  std::vector<store::Correction> lessons;  // further examples: one per part of a split
  std::vector<std::string> made;           // queued after the commit
  bool silent = false;                     // no correction row: undoing what the router did by itself
};

Result<Act> DoReassign(const Scene& scene, const Reassign& action, const handoff::Settings& settings);
Result<Act> DoBump(const Scene& scene, const Bump& action, const handoff::Settings& settings);
Result<Act> DoSplit(const Scene& scene, const Split& action, const handoff::Settings& settings, IdSource& ids);
Result<Act> DoMerge(const Scene& scene, const Merge& action, const handoff::Settings& settings,
                    store::Tickets& tickets);
Result<Act> DoTake(const Scene& scene, const handoff::Settings& settings);
Result<Act> DoRelease(const Scene& scene, const handoff::Settings& settings);
Result<Act> DoDone(const Scene& scene, const handoff::Settings& settings);
Result<Act> DoRestore(const Scene& scene);
Result<Act> DoUndo(const Scene& scene, const handoff::Settings& settings, const CorrectPorts& ports);

// The ticket as a human's values decide it, landed or moved, with its card.
Act Redecide(const Scene& scene, Ticket after, const handoff::Settings& settings);

// Only the ticket's own state changed: its card shows it.
Act Mark(const Scene& scene, Ticket after, const handoff::Settings& settings);

// What may be kept of a text as an example: what a person sees of it, redacted.
std::string LessonText(std::string_view text);

// What a reader may learn from: LessonText of subject and the customer's first words.
std::string LessonOf(const Ticket& ticket, const std::vector<Message>& messages);

}  // namespace tr::correct
