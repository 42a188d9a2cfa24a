#pragma once
// The doc as lists of bullets, and what each list makes of them.

#include <string>
#include <string_view>
#include <vector>

#include "rules/book.h"
#include "rules/names.h"
#include "rules/problems.h"

namespace tr::rules {

enum class DocList {
  kUrgencyWords,
  kSignalWords,
  kVips,
  kNotTickets,
  kSpecialRoutes,
  kPriorityRules,
  kHoldLimits,
  kHours,
};

// "Urgency words", as the manual spells it.
std::string_view Name(DocList list);

struct DocBullet {
  DocList list = DocList::kUrgencyWords;
  Bullet bullet;
};

// The bullets that are rules or entries, in the order of the doc; notes are left out. Reports what stands under no or
// an unknown heading, tables, nested bullets and what looks like a rule without being a bullet.
std::vector<DocBullet> ReadDoc(std::string_view text, Problems& problems);

// Adds every list to the book. REQUIRES: the sheet's names are known.
void ParseDoc(std::string_view text, RuleBook& book, Names& names, Problems& problems);

// One bullet of its list each; the part of ParseDoc that lives in doc_*.cc.
void ParseUrgencyWords(const Bullet& bullet, RuleBook& book, Problems& problems);
void ParseSignalWords(const Bullet& bullet, RuleBook& book, Problems& problems);
void ParseVip(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems);
void ParseNotTicket(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems);
void ParseSpecialRoute(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems);
void ParsePriorityRule(const Bullet& bullet, RuleBook& book, Names& names, Problems& problems);

// Settings may stand once each: they remember where.
struct SettingsSeen {
  int vip_floor = 0;
  int less_sure = 0;
  int shorter = 0;
  int ping_lead = 0;
  int ping_manager = 0;
  int priority_outside = 0;
  int escalate_outside = 0;
};
// False when the line was already set: reports it.
bool SetOnce(int& seen, const Bullet& bullet, Problems& problems);
void ParseVipFloor(const Bullet& bullet, RuleBook& book, SettingsSeen& seen, Problems& problems);
bool IsVipFloor(const Bullet& bullet);
void ParseHoldLimit(const Bullet& bullet, RuleBook& book, SettingsSeen& seen, Problems& problems);
void ParseHours(const Bullet& bullet, RuleBook& book, const Names& names, SettingsSeen& seen, Problems& problems);

}  // namespace tr::rules
