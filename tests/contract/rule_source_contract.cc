// RuleSource: all pieces of one moment, or which one is missing.

#include "contract/rule_source_contract.h"

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"
#include "testing/fake_rule_source.h"

namespace tr::contract {
namespace {

using rules::RuleFiles;
using Piece = RuleSourceUnderTest::Piece;

RuleFiles Pieces(const std::string& mark) { return {"topics " + mark, "teams " + mark, "rules " + mark, "tests"}; }

TEST_P(RuleSourceContract, ThePiecesComeAsTheyStand) {
  place_->Lay(Pieces("a"));
  EXPECT_EQ(Must(place_->source().Load()), Pieces("a"));
  place_->Lay(Pieces("b"));
  EXPECT_EQ(Must(place_->source().Load()), Pieces("b")) << "a change is seen by the next Load";
}

TEST_P(RuleSourceContract, TestsMayBeMissing) {
  RuleFiles files = Pieces("a");
  files.tests.reset();
  place_->Lay(files);
  EXPECT_EQ(Must(place_->source().Load()).tests, std::nullopt);
}

TEST_P(RuleSourceContract, AMissingPieceIsNamed) {
  struct Case {
    Piece piece;
    const char* name;
  };
  for (const Case& one : {Case{Piece::kTopics, "topics"}, {Piece::kTeams, "teams"}, {Piece::kRules, "rules"}}) {
    place_->Lay(Pieces("a"));
    place_->Remove(one.piece);
    const auto loaded = place_->source().Load();
    ASSERT_EQ(Outcome(loaded), "not_found") << one.name;
    EXPECT_THAT(loaded.fault().text, ::testing::HasSubstr(one.name));
  }
}

TEST_P(RuleSourceContract, AnyTextIsLoadedAsItIs) {
  for (const std::string& text : HostileTexts()) {
    const RuleFiles files{text, text, text, text};
    place_->Lay(files);
    EXPECT_TRUE(Must(place_->source().Load()) == files) << text.substr(0, 60);
  }
}

class FakePlace : public RuleSourceUnderTest {
 public:
  rules::RuleSource& source() override { return source_; }
  void Lay(const RuleFiles& files) override { source_.Set(files_ = files); }
  void Remove(Piece piece) override {
    switch (piece) {
      case Piece::kTopics: files_.topics.clear(); break;
      case Piece::kTeams: files_.teams.clear(); break;
      case Piece::kRules: files_.rules.clear(); break;
    }
    source_.Set(files_);
  }

 private:
  RuleFiles files_;
  testing::FakeRuleSource source_;
};

std::unique_ptr<RuleSourceUnderTest> MakeFake() { return std::make_unique<FakePlace>(); }
INSTANTIATE_TEST_SUITE_P(Fake, RuleSourceContract, ::testing::Values(&MakeFake));

}  // namespace
}  // namespace tr::contract
