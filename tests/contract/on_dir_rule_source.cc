// The contract of a rule source, run on a folder.

#include <fstream>

#include "contract/folder.h"
#include "contract/rule_source_contract.h"
#include "local/dir_rule_source.h"

namespace tr::contract {
namespace {

class DirPlace : public RuleSourceUnderTest {
 public:
  rules::RuleSource& source() override { return source_; }

  void Lay(const rules::RuleFiles& files) override {
    Put("topics.csv", files.topics);
    Put("teams.csv", files.teams);
    Put("rules.md", files.rules);
    if (files.tests) Put("rules.tests.csv", *files.tests);
    if (!files.tests) std::filesystem::remove(Path("rules.tests.csv"));
  }

  void Remove(Piece piece) override {
    switch (piece) {
      case Piece::kTopics: std::filesystem::remove(Path("topics.csv")); break;
      case Piece::kTeams: std::filesystem::remove(Path("teams.csv")); break;
      case Piece::kRules: std::filesystem::remove(Path("rules.md")); break;
    }
  }

 private:
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  void Put(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  Folder folder_;
  local::DirRuleSource source_{folder_.path()};
};

std::unique_ptr<RuleSourceUnderTest> MakeDir() { return std::make_unique<DirPlace>(); }
INSTANTIATE_TEST_SUITE_P(Dir, RuleSourceContract, ::testing::Values(&MakeDir));

}  // namespace
}  // namespace tr::contract
