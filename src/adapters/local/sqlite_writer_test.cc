#include "local/sqlite_writer.h"

#include <gmock/gmock.h>

#include <latch>
#include <thread>

#include "local/local_test_folder.h"

namespace tr::local {
namespace {

using ::testing::HasSubstr;

const SqlText kInsert("INSERT INTO t(x) VALUES(?)");
const SqlText kCount("SELECT count(*) FROM t WHERE x >= ? AND x < ?");
const SqlText kPad("INSERT INTO pad(bytes) VALUES(zeroblob(100000))");

class WriterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto database = Database::Open(folder_.File("x.db"), {});
    ASSERT_TRUE(database.ok()) << database.fault().text;
    ASSERT_TRUE(
        (*database)
            ->Run("CREATE TABLE t(x INTEGER UNIQUE); CREATE TABLE pad(bytes); CREATE TABLE tr_texts(key);"
                  "CREATE TABLE tr_counters(name TEXT PRIMARY KEY, n); INSERT INTO tr_counters VALUES('landed', 0)")
            .ok());
    raw_ = database->get();
    writer_ = std::make_unique<Writer>(*std::move(database), Writer::Watch{});
  }

  int CountIn(int begin, int end) {
    auto reader = Database::Open(folder_.File("x.db"), {.use = Use::kRead});
    EXPECT_TRUE(reader.ok());
    Query query(**reader, kCount);
    EXPECT_TRUE(query.Bind(begin).Bind(end).Next().ok());
    return static_cast<int>(query.Int(0));
  }

  // Holds the writer until `go` is counted down, so that what is submitted meanwhile becomes one group.
  std::thread Hold(std::latch& held, std::latch& go) {
    return std::thread([this, &held, &go] {
      auto work = [&](Session&) {
        held.count_down();
        go.wait();
        return Ok();
      };
      EXPECT_TRUE(writer_->Submit(work).ok());
    });
  }

  TestFolder folder_;
  Database* raw_ = nullptr;
  std::unique_ptr<Writer> writer_;
};

// Inserts x and x + 1; fails afterwards if told so.
Result<void> InsertTwo(Session& session, int x, bool fail) {
  TR_TRY(Query(session.database(), kInsert).Bind(x).Run());
  session.tally().AddLanded();
  TR_TRY(Query(session.database(), kInsert).Bind(x + 1).Run());
  if (fail) return Conflict("told to fail");
  return Ok();
}

TEST_F(WriterTest, WorksOfOneGroupShareACommit) {
  std::latch held(1);
  std::latch go(1);
  std::thread holder = Hold(held, go);
  held.wait();
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([this, i] {
      auto work = [i](Session& session) { return InsertTwo(session, 10 * i, false); };
      EXPECT_TRUE(writer_->Submit(work).ok());
    });
  }
  while (writer_->waiting() < 8) std::this_thread::yield();
  go.count_down();
  holder.join();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(CountIn(0, 80), 16);
  EXPECT_EQ(writer_->figures().groups, 2u);
}

// Each work is all or nothing, whatever its neighbours in the group do: fail before or after a change, or break a
// constraint half-way.
TEST_F(WriterTest, AFailingWorkTakesBackItselfAlone) {
  ASSERT_TRUE(raw_ != nullptr);
  std::latch held(1);
  std::latch go(1);
  std::thread holder = Hold(held, go);
  held.wait();
  std::vector<std::thread> callers;
  std::vector<Result<void>> results(12, Ok());
  for (int i = 0; i < 12; ++i) {
    callers.emplace_back([this, i, &results] {
      auto work = [i](Session& session) -> Result<void> {
        if (i % 4 == 1) return Conflict("before any change");
        if (i % 4 == 2) {
          TR_TRY(InsertTwo(session, 10 * i, false));
          return Query(session.database(), kInsert).Bind(10 * i).Run();  // there already
        }
        return InsertTwo(session, 10 * i, i % 4 == 3);
      };
      results[static_cast<std::size_t>(i)] = writer_->Submit(work);
    });
  }
  while (writer_->waiting() < 12) std::this_thread::yield();
  go.count_down();
  holder.join();
  for (std::thread& caller : callers) caller.join();
  for (int i = 0; i < 12; ++i) {
    const Result<void>& result = results[static_cast<std::size_t>(i)];
    EXPECT_EQ(CountIn(10 * i, 10 * i + 10), i % 4 == 0 ? 2 : 0) << i;
    EXPECT_EQ(result.ok(), i % 4 == 0) << i;
    if (result.ok()) continue;
    EXPECT_EQ(result.fault().kind, i % 4 == 2 ? FaultKind::kBug : FaultKind::kConflict) << i;
  }
  static const SqlText landed("SELECT n FROM tr_counters");
  auto reader = Database::Open(folder_.File("x.db"), {.use = Use::kRead});
  Query query(**reader, landed);
  ASSERT_TRUE(query.Next().ok());
  EXPECT_EQ(query.Int(0), 3) << "what failed is not counted";
}

TEST_F(WriterTest, AFullDiskIsTransientAndPasses) {
  auto limit = [](Session& session) { return session.database().Run("PRAGMA max_page_count=40"); };
  auto release = [](Session& session) { return session.database().Run("PRAGMA max_page_count=1073741823"); };
  auto pad = [](Session& session) { return Query(session.database(), kPad).Run(); };
  ASSERT_TRUE(writer_->SubmitAlone(limit).ok());
  Result<void> full = Ok();
  for (int i = 0; i < 10 && full.ok(); ++i) full = writer_->Submit(pad);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.fault().kind, FaultKind::kTransient);
  EXPECT_THAT(full.fault().text, HasSubstr("free space in the data folder"));
  ASSERT_TRUE(writer_->SubmitAlone(release).ok());
  EXPECT_TRUE(writer_->Submit(pad).ok());
}

TEST_F(WriterTest, WorksSubmittedTogetherEndEachByItself) {
  const auto insert = [](int x, bool fail) { return [=](Session& session) { return InsertTwo(session, x, fail); }; };
  auto good = insert(0, false);
  auto bad = insert(10, true);
  auto last = insert(20, false);
  const std::vector<WorkRef> works = {good, bad, last};
  const std::vector<Result<void>> results = writer_->SubmitEach(works);
  ASSERT_EQ(results.size(), 3u);
  EXPECT_TRUE(results[0].ok() && !results[1].ok() && results[2].ok());
  EXPECT_EQ(CountIn(0, 30), 4);
  EXPECT_TRUE(writer_->SubmitEach({}).empty());
}

TEST_F(WriterTest, PostedWorkRunsBeforeWhatComesAfterItAndTellsItsFault) {
  std::vector<std::string> faults;  // the writer's thread's, until a Submit has returned
  Writer::Watch watch;
  watch.post_failed = [&faults](const Fault& fault) { faults.push_back(fault.text); };
  auto database = Database::Open(folder_.File("x.db"), {});
  ASSERT_TRUE(database.ok());
  Writer writer(*std::move(database), watch);
  writer.Post([](Session& session) { return InsertTwo(session, 10, false); });
  writer.Post([](Session& session) { return InsertTwo(session, 20, true); });
  int seen = 0;
  auto count = [&seen](Session& session) -> Result<void> {
    Query query(session.database(), kCount);
    TR_ASSIGN(const bool found, query.Bind(0).Bind(100).Next());
    seen = found ? static_cast<int>(query.Int(0)) : -1;
    return Ok();
  };
  ASSERT_TRUE(writer.Submit(count).ok());
  EXPECT_EQ(seen, 2);
  EXPECT_THAT(faults, ::testing::ElementsAre("told to fail"));
}

TEST_F(WriterTest, OnlySyncedWorksAreSynced) {
  auto work = [x = 0](Session& session) mutable { return Query(session.database(), kInsert).Bind(++x).Run(); };
  ASSERT_TRUE(writer_->Submit(work, Durability::kSoon).ok());
  EXPECT_EQ(writer_->figures().synced, 0u);
  ASSERT_TRUE(writer_->Submit(work, Durability::kSynced).ok());
  EXPECT_EQ(writer_->figures().synced, 1u);
}

TEST_F(WriterTest, ManyCallersAllGetTheirAnswer) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([this, i] {
      for (int j = 0; j < 100; ++j) {
        const int x = (100 * i + j) * 2;
        auto work = [x, j](Session& session) { return InsertTwo(session, x, j % 10 == 0); };
        EXPECT_EQ(writer_->Submit(work).ok(), j % 10 != 0);
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(CountIn(0, 1'000'000), 16 * 90 * 2);
}

}  // namespace
}  // namespace tr::local
