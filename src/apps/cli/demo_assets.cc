#include "cli/demo_assets.h"

#include <array>

// TR_DEMO_DATA is the folder of the files, as a string literal: set by CMake, which also rebuilds this file when one
// changes.
#define TR_EMBED(symbol, file)                                                                       \
  __asm__(".section .rodata\n.global " #symbol "_begin\n.global " #symbol "_end\n" #symbol           \
          "_begin:\n.incbin \"" TR_DEMO_DATA "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n"); \
  extern "C" const char symbol##_begin[];                                                            \
  extern "C" const char symbol##_end[]

TR_EMBED(tr_demo_topics, "rules/topics.csv");
TR_EMBED(tr_demo_teams, "rules/teams.csv");
TR_EMBED(tr_demo_rules, "rules/rules.md");
TR_EMBED(tr_demo_tests, "rules/rules.tests.csv");
TR_EMBED(tr_demo_tickets, "tickets.txt");

namespace tr::cli {
namespace {

std::string_view Between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::span<const DemoFile> DemoRules() {
  static const std::array<DemoFile, 4> files = {{
      {"topics.csv", Between(tr_demo_topics_begin, tr_demo_topics_end)},
      {"teams.csv", Between(tr_demo_teams_begin, tr_demo_teams_end)},
      {"rules.md", Between(tr_demo_rules_begin, tr_demo_rules_end)},
      {"rules.tests.csv", Between(tr_demo_tests_begin, tr_demo_tests_end)},
  }};
  return files;
}

std::string_view DemoTickets() { return Between(tr_demo_tickets_begin, tr_demo_tickets_end); }

}  // namespace tr::cli
