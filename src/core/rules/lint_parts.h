#pragma once
// The parts of Lint, by what they look at. Each reports warnings and never errors.

#include "rules/book.h"
#include "rules/cover.h"
#include "rules/problems.h"

namespace tr::rules {

void LintTeams(const RuleBook& book, Problems& problems);
void LintWords(const RuleBook& book, Effort& effort, Problems& problems);
void LintVips(const RuleBook& book, Problems& problems);
void LintNotTickets(const RuleBook& book, Effort& effort, Problems& problems);
void LintSpecialRoutes(const RuleBook& book, Effort& effort, Problems& problems);
void LintPriorityRules(const RuleBook& book, Effort& effort, Problems& problems);
void LintSettings(const RuleBook& book, Problems& problems);

// Whether a condition asks for a VIP where nobody is listed, or two conditions exclude one another; reports it.
bool ReportImpossible(const Bullet& bullet, const std::vector<Condition>& conditions, const RuleBook& book,
                      Effort& effort, Problems& problems);

}  // namespace tr::rules
