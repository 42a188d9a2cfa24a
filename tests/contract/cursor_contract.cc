// Corrections and Audit: rows in the order in which they were stored, each given once along a chain of cursors.

#include <atomic>
#include <type_traits>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::AuditRow;
using store::Correction;
using store::Step;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testing::SampleCorrection;
using testing::SampleId;
using testing::SampleTicket;

std::vector<std::string> Marks(const std::vector<Correction>& rows) {
  std::vector<std::string> marks;
  for (const Correction& row : rows) marks.push_back(row.reason);
  return marks;
}
std::vector<std::string> Marks(const std::vector<AuditRow>& rows) {
  std::vector<std::string> marks;
  for (const AuditRow& row : rows) marks.push_back(row.kind);
  return marks;
}

// A step with one correction and one audit row, both marked; ids descend, so that only the order of storing can help.
Step Marked(const std::string& mark, int n, Time at) {
  const Ticket ticket = SampleTicket(SampleId(at, 1), at);
  Step step;
  step.corrections = {SampleCorrection(SampleId(at, 100'000 - n), ticket, at - Duration(n))};
  step.corrections[0].reason = mark;
  step.audit = {{ticket.id, 1, at - Duration(n), "router", mark, "{}"}};
  return step;
}

// Follows the cursors from `cursor` to the end.
template <typename Port>
std::vector<std::string> Follow(Port& port, std::string& cursor, int limit) {
  std::vector<std::string> marks;
  for (;;) {
    const auto page = Must(port.Since(cursor, limit));
    EXPECT_LE(page.rows.size(), static_cast<std::size_t>(limit));
    if (page.rows.empty()) {
      if constexpr (std::is_same_v<Port, store::Corrections>) {
        EXPECT_EQ(page.cursor, cursor) << "nothing came later";
      }
      return marks;
    }
    EXPECT_NE(page.cursor, cursor);
    for (const std::string& mark : Marks(page.rows)) marks.push_back(mark);
    cursor = page.cursor;
  }
}

TEST_P(CursorContract, NothingIsThereAtFirst) {
  const auto corrections = Must(store_->corrections().Since("", 10));
  EXPECT_THAT(corrections.rows, IsEmpty());
  EXPECT_EQ(corrections.cursor, "");
  EXPECT_THAT(Must(store_->audit().Since("", 10)).rows, IsEmpty());
  EXPECT_THAT(Must(store_->audit().Since("now", 10)).rows, IsEmpty());
}

TEST_P(CursorContract, RowsComeInTheOrderInWhichTheyWereStored) {
  const std::vector<std::string> stored = {"a", "b", "c", "d", "e"};
  for (std::size_t i = 0; i < stored.size(); ++i) Must(Commit(Marked(stored[i], static_cast<int>(i), now())));
  for (const int limit : {1, 2, 4, 5, 100}) {
    std::string cursor;
    EXPECT_THAT(Follow(store_->corrections(), cursor, limit), ElementsAreArray(stored)) << limit;
    cursor.clear();
    EXPECT_THAT(Follow(store_->audit(), cursor, limit), ElementsAreArray(stored)) << limit;
  }
}

TEST_P(CursorContract, ACursorGoesOnWhereItStopped) {
  Must(Commit(Marked("a", 1, now())));
  std::string corrections;
  std::string audit;
  EXPECT_THAT(Follow(store_->corrections(), corrections, 10), ElementsAre("a"));
  EXPECT_THAT(Follow(store_->audit(), audit, 10), ElementsAre("a"));
  Must(Commit(Marked("b", 2, now())));
  EXPECT_THAT(Follow(store_->corrections(), corrections, 10), ElementsAre("b"));
  EXPECT_THAT(Follow(store_->audit(), audit, 10), ElementsAre("b"));
  EXPECT_THAT(Follow(store_->audit(), audit, 10), IsEmpty());
}

TEST_P(CursorContract, NowIsTheEndOfTheAudit) {
  std::string at_the_beginning = Must(store_->audit().Since("now", 10)).cursor;
  Must(Commit(Marked("a", 1, now())));
  std::string cursor = Must(store_->audit().Since("now", 10)).cursor;
  EXPECT_THAT(Must(store_->audit().Since("now", 10)).rows, IsEmpty());
  Must(Commit(Marked("b", 2, now())));
  EXPECT_THAT(Follow(store_->audit(), cursor, 10), ElementsAre("b"));
  EXPECT_THAT(Follow(store_->audit(), at_the_beginning, 10), ElementsAre("a", "b"));
}

TEST_P(CursorContract, RowsOfOneTicketComeOldestFirst) {
  const std::string ticket = SampleTicket(SampleId(now(), 1), now()).id;
  for (int i = 0; i < 3; ++i) Must(Commit(Marked("m" + std::to_string(i), i, now())));
  Step other = Marked("other", 7, now());
  other.corrections[0].ticket = other.audit[0].ticket = "T2";
  Must(Commit(other));
  EXPECT_THAT(Marks(Must(store_->corrections().OfTicket(ticket))), ElementsAre("m0", "m1", "m2"));
  EXPECT_THAT(Marks(Must(store_->audit().OfTicket(ticket))), ElementsAre("m0", "m1", "m2"));
  EXPECT_THAT(Must(store_->corrections().OfTicket("T9")), IsEmpty());
  EXPECT_THAT(Must(store_->audit().OfTicket("T9")), IsEmpty());
}

TEST_P(CursorContract, ACursorThatNobodyGaveHarmsNothing) {
  Must(Commit(Marked("a", 1, now())));
  for (const std::string& cursor : HostileTexts()) {
    EXPECT_THAT(Outcome(store_->corrections().Since(cursor, 10)), ::testing::AnyOf("ok", "invalid"));
    EXPECT_THAT(Outcome(store_->audit().Since(cursor, 10)), ::testing::AnyOf("ok", "invalid"));
  }
}

TEST_P(CursorContract, EachRowIsGivenOnceWhileWritersRun) {
  constexpr int kWriters = 4;
  constexpr int kRows = 50;
  std::atomic<int> writing = kWriters;
  std::vector<std::string> corrections;
  std::vector<std::string> audit;
  InThreads(kWriters + 1, [&](int i) {
    if (i < kWriters) {
      for (int row = 0; row < kRows; ++row) {
        const int n = i * kRows + row;
        EXPECT_EQ(Outcome(Commit(Marked(std::to_string(n), n, now()))), "ok");
      }
      --writing;
      return;
    }
    std::string from;
    std::string audit_from;
    for (bool last = false; !last;) {
      last = writing == 0;  // read before the pages: what was stored until then must be in them
      for (const std::string& mark : Follow(store_->corrections(), from, 7)) corrections.push_back(mark);
      for (const std::string& mark : Follow(store_->audit(), audit_from, 7)) audit.push_back(mark);
    }
  });
  std::vector<std::string> expected;
  for (int i = 0; i < kWriters * kRows; ++i) expected.push_back(std::to_string(i));
  EXPECT_THAT(corrections, ::testing::UnorderedElementsAreArray(expected));
  EXPECT_THAT(audit, ::testing::UnorderedElementsAreArray(expected));
}

}  // namespace
}  // namespace tr::contract
