#pragma once
// What every source of rules must keep of the promises in rules/shelf.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "rules/shelf.h"

namespace tr::contract {

// A source, and the place where the manager writes.
class RuleSourceUnderTest {
 public:
  virtual ~RuleSourceUnderTest() = default;
  virtual rules::RuleSource& source() = 0;
  // The manager's pieces are these from now on; a tests piece that is absent is taken away.
  virtual void Lay(const rules::RuleFiles& files) = 0;
  enum class Piece { kTopics, kTeams, kRules };
  virtual void Remove(Piece piece) = 0;
};

using MakeRuleSource = std::unique_ptr<RuleSourceUnderTest> (*)();

class RuleSourceContract : public ::testing::TestWithParam<MakeRuleSource> {
 protected:
  std::unique_ptr<RuleSourceUnderTest> place_ = GetParam()();
};

}  // namespace tr::contract
