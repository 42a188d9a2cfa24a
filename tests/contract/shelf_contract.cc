// RuleShelf: every book that was ever in force.

#include <atomic>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using rules::RuleFiles;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RuleFiles Book(const std::string& mark) {
  return {"topics " + mark, "teams " + mark, "rules " + mark, "tests " + mark};
}

TEST_P(ShelfContract, AnEmptyShelfHasNoNewest) {
  EXPECT_EQ(Outcome(store_->shelf().Get(0)), "not_found");
  EXPECT_EQ(Outcome(store_->shelf().Get(1)), "not_found");
  EXPECT_THAT(Must(store_->shelf().History()), IsEmpty());
}

TEST_P(ShelfContract, BooksAreNumberedFromOneAndKept) {
  auto& shelf = store_->shelf();
  EXPECT_EQ(Must(shelf.Keep(Book("a"), 0, "lena@shop.example", "first", now())), 1);
  EXPECT_EQ(Must(shelf.Keep(Book("b"), 1, "", "1 bullet added", now() + Duration(5))), 2);
  EXPECT_EQ(Must(shelf.Get(1)).second, Book("a"));
  EXPECT_EQ(Must(shelf.Get(2)).second, Book("b"));
  const auto [newest, files] = Must(shelf.Get(0));
  EXPECT_EQ(newest.number, 2);
  EXPECT_EQ(files, Book("b"));
  EXPECT_EQ(Outcome(shelf.Get(3)), "not_found");
  EXPECT_EQ(Outcome(shelf.Get(-1)), "not_found");
}

TEST_P(ShelfContract, HistoryTellsWhoAndWhatNewestFirst) {
  auto& shelf = store_->shelf();
  Must(shelf.Keep(Book("a"), 0, "lena@shop.example", "first", now()));
  Must(shelf.Keep(Book("b"), 1, "", "1 bullet added", now() + Duration(5)));
  const auto history = Must(shelf.History());
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0].number, 2);
  EXPECT_EQ(history[0].at, now() + Duration(5));
  EXPECT_EQ(history[0].who, "");
  EXPECT_EQ(history[0].difference, "1 bullet added");
  EXPECT_EQ(history[1].number, 1);
  EXPECT_EQ(history[1].who, "lena@shop.example");
}

TEST_P(ShelfContract, ABookOnAnOlderOneIsAConflict) {
  auto& shelf = store_->shelf();
  EXPECT_EQ(Outcome(shelf.Keep(Book("a"), 1, "", "", now())), "conflict");
  Must(shelf.Keep(Book("a"), 0, "", "", now()));
  EXPECT_EQ(Outcome(shelf.Keep(Book("b"), 0, "", "", now())), "conflict");
  EXPECT_THAT(Must(shelf.History()), SizeIs(1));
  EXPECT_EQ(Must(shelf.Get(0)).second, Book("a"));
}

TEST_P(ShelfContract, OfManyWhoPublishOnOneBookOneWins) {
  std::atomic<int> won = 0;
  InThreads(6, [&](int i) { won += store_->shelf().Keep(Book(std::to_string(i)), 0, "", "", now()).ok() ? 1 : 0; });
  EXPECT_EQ(won, 1);
  EXPECT_THAT(Must(store_->shelf().History()), SizeIs(1));
}

TEST_P(ShelfContract, MissingTestsAreNotEmptyTests) {
  auto& shelf = store_->shelf();
  RuleFiles without = Book("a");
  without.tests.reset();
  RuleFiles empty = Book("a");
  empty.tests = "";
  Must(shelf.Keep(without, 0, "", "", now()));
  Must(shelf.Keep(empty, 1, "", "", now()));
  EXPECT_EQ(Must(shelf.Get(1)).second.tests, std::nullopt);
  EXPECT_EQ(Must(shelf.Get(2)).second.tests, "");
}

TEST_P(ShelfContract, HostileTextsComeBackByteForByte) {
  int version = 0;
  for (const std::string& text : HostileTexts()) {
    const RuleFiles files{text, text, text, text};
    Must(store_->shelf().Keep(files, version, text, text, now()));
    ++version;
    const auto [kept, read] = Must(store_->shelf().Get(0));
    EXPECT_TRUE(read == files);
    EXPECT_TRUE(kept.who == text && kept.difference == text);
  }
}

TEST_P(ShelfContract, TheAnnouncedTroubleIsRemembered) {
  auto& shelf = store_->shelf();
  EXPECT_EQ(Must(shelf.AnnouncedTrouble()), "");
  Must(shelf.SetAnnouncedTrouble("abc"));
  EXPECT_EQ(Must(shelf.AnnouncedTrouble()), "abc");
  Must(shelf.SetAnnouncedTrouble("def"));
  EXPECT_EQ(Must(shelf.AnnouncedTrouble()), "def");
  Must(shelf.SetAnnouncedTrouble(""));
  EXPECT_EQ(Must(shelf.AnnouncedTrouble()), "");
}

}  // namespace
}  // namespace tr::contract
