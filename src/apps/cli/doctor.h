#pragma once
// What `ticket-router doctor` looks at: one function a check, in one list. A check says what is wrong and what to do
// about it, one line each; nothing where all is well.

#include <span>
#include <string>
#include <vector>

#include "rules/book.h"
#include "wiring/config.h"

namespace tr::cli {

struct Examined {
  wiring::Config config;           // on AWS, with what the secret has once the rules were looked at
  rules::RuleBookPtr book;         // as the manager has written it now; null where it has errors
  std::vector<std::string> found;  // one line each
};

struct Check {
  std::string_view name;
  void (*examine)(Examined& examined);
};

// Every check, in the order in which they are made.
std::span<const Check> Checks();

// doctor_slack.cc: token, scopes, channels of the rules, people.
void CheckSlack(Examined& examined);

// doctor_model.cc: whether the model that reads tickets answers.
void CheckModel(Examined& examined);

}  // namespace tr::cli
