#include "local/dir_rule_source.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "local/local_test_folder.h"

namespace tr::local {
namespace {

using rules::RuleFiles;
using ::testing::HasSubstr;

RuleFiles Files(const std::string& mark, bool tests = true) {
  RuleFiles files{"topics " + mark, "teams " + mark, "rules " + mark, std::nullopt};
  if (tests) files.tests = "tests " + mark;
  return files;
}

void Lay(const TestFolder& folder, const RuleFiles& files) {
  folder.Write("topics.csv", files.topics);
  folder.Write("teams.csv", files.teams);
  folder.Write("rules.md", files.rules);
  if (files.tests) folder.Write("rules.tests.csv", *files.tests);
}

TEST(DirRuleSource, LoadsThePieces) {
  const TestFolder folder;
  Lay(folder, Files("a", false));
  auto loaded = DirRuleSource(folder.path()).Load();
  ASSERT_TRUE(loaded.ok()) << loaded.fault().text;
  EXPECT_EQ(*loaded, Files("a", false));
  Lay(folder, Files("b"));
  loaded = DirRuleSource(folder.path()).Load();
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(*loaded, Files("b"));
}

TEST(DirRuleSource, RefusesWhatIsMissingTooLargeOrNoFile) {
  const TestFolder folder;
  DirRuleSource source(folder.path());
  EXPECT_EQ(source.Load().fault().kind, FaultKind::kNotFound);
  Lay(folder, Files("a"));
  std::filesystem::remove(folder.File("teams.csv"));
  EXPECT_THAT(source.Load().fault().text, HasSubstr("teams.csv is missing"));
  folder.Write("teams.csv", std::string(1 << 20, 'x'));
  EXPECT_TRUE(source.Load().ok());
  folder.Write("teams.csv", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(source.Load().fault().kind, FaultKind::kInvalid);
  std::filesystem::remove(folder.File("teams.csv"));
  std::filesystem::create_directory(folder.File("teams.csv"));
  EXPECT_EQ(source.Load().fault().kind, FaultKind::kInvalid);
}

TEST(DirRuleSource, WritesAllPiecesOverWhatIsExpected) {
  const TestFolder folder;
  Lay(folder, Files("a"));
  DirRuleSource source(folder.path());
  const auto refused = source.Write(Files("c"), Files("b"));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.fault().kind, FaultKind::kConflict);
  EXPECT_EQ(*source.Load(), Files("a"));
  ASSERT_TRUE(source.Write(Files("b", false), Files("a")).ok());
  EXPECT_EQ(*source.Load(), Files("b", false)) << "without tests, their file goes";
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path() << " is left over";
  }
}

// Every place where a Write can die: before its journal nothing has happened, after it Load completes it.
TEST(DirRuleSource, CompletesAWriteThatDied) {
  for (int renamed = -1; renamed <= 3; ++renamed) {
    const TestFolder folder;
    Lay(folder, Files("a"));
    const RuleFiles fresh = Files("b");
    const std::pair<const char*, std::string> pieces[] = {{"topics.csv", fresh.topics},
                                                          {"teams.csv", fresh.teams},
                                                          {"rules.md", fresh.rules},
                                                          {"rules.tests.csv", *fresh.tests}};
    for (const auto& [name, text] : pieces) folder.Write(std::string(".") + name + ".new", text);
    if (renamed >= 0) folder.Write(".publish", "+topics.csv\n+teams.csv\n+rules.md\n+rules.tests.csv\n");
    for (int i = 0; i < renamed; ++i) {
      std::filesystem::rename(folder.File(std::string(".") + pieces[i].first + ".new"), folder.File(pieces[i].first));
    }
    const auto loaded = DirRuleSource(folder.path()).Load();
    ASSERT_TRUE(loaded.ok()) << loaded.fault().text;
    EXPECT_EQ(*loaded, renamed < 0 ? Files("a") : Files("b")) << renamed << " pieces were renamed";
  }
}

TEST(DirRuleSource, AJournalNamesNothingButPieces) {
  const TestFolder folder;
  Lay(folder, Files("a"));
  folder.Write("precious", "keep");
  folder.Write(".publish", "-precious\n-../precious\n-/etc/passwd\n\n+\n");
  EXPECT_EQ(*DirRuleSource(folder.path()).Load(), Files("a"));
  EXPECT_TRUE(std::filesystem::exists(folder.File("precious")));
}

// Pieces of two writes are never mixed, whoever reads in between.
TEST(DirRuleSource, NeverGivesAMixture) {
  const TestFolder folder;
  Lay(folder, Files("0"));
  std::atomic<bool> done{false};
  std::thread writer([&] {
    DirRuleSource source(folder.path());
    for (int i = 0; i < 50; ++i) {
      EXPECT_TRUE(source.Write(Files(std::to_string(i + 1)), Files(std::to_string(i))).ok()) << i;
    }
    done = true;
  });
  DirRuleSource source(folder.path());
  while (!done) {
    const auto loaded = source.Load();
    if (!loaded.ok()) {
      EXPECT_EQ(loaded.fault().kind, FaultKind::kTransient) << loaded.fault().text;
      continue;
    }
    EXPECT_EQ(*loaded, Files(loaded->topics.substr(7)));
  }
  writer.join();
}

TEST(DirWatch, NoticesEveryKindOfEdit) {
  const TestFolder folder;
  Lay(folder, Files("a"));
  DirWatch watch(folder.path());
  EXPECT_FALSE(watch.Changed());
  folder.Write("rules.md", "rules, longer");
  EXPECT_TRUE(watch.Changed());
  EXPECT_FALSE(watch.Changed()) << "said once";
  folder.Write("rules.md~", "rules, LONGER");
  EXPECT_FALSE(watch.Changed()) << "not a piece";
  std::filesystem::rename(folder.File("rules.md~"), folder.File("rules.md"));
  EXPECT_TRUE(watch.Changed()) << "renamed into place";
  std::filesystem::remove(folder.File("rules.tests.csv"));
  EXPECT_TRUE(watch.Changed());
  std::filesystem::remove_all(folder.path());
  EXPECT_TRUE(watch.Changed());
  EXPECT_FALSE(watch.Changed());
}

}  // namespace
}  // namespace tr::local
