// What only SQLite does: groups, migrations, full disks, other processes, files. The ports' promises are tested in
// tests/contract/.
#include "local/sqlite_store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "local/local_test_folder.h"
#include "local/sqlite_codec.h"
#include "local/sqlite_schema.h"

namespace tr::local {
namespace {

using ::testing::HasSubstr;

std::unique_ptr<SqliteStore> MustOpen(const std::string& path, const SqliteOptions& options = {}) {
  auto store = SqliteStore::Open(path, options);
  if (!store.ok()) {
    ADD_FAILURE() << store.fault().text;
    std::abort();
  }
  return *std::move(store);
}

std::string Outcome(const Result<void>& result) { return result.ok() ? "ok" : std::string(Name(result.fault().kind)); }

int ModeOf(const std::string& path) {
  struct stat what = {};
  return ::stat(path.c_str(), &what) == 0 ? static_cast<int>(what.st_mode & 0777) : -1;
}

std::int64_t CountOf(const std::string& folder, const std::string& name) {
  auto database = Database::Open(folder + "/" + kDatabaseName, {.use = Use::kRead});
  if (!database.ok()) return -1;
  static const SqlText sql("SELECT n FROM tr_counters WHERE name = ?");
  Query query(**database, sql);
  const Result<bool> found = query.Bind(name).Next();
  return found.ok() && *found ? query.Int(0) : -1;
}

TEST(SqliteStore, KeepsWhatItWasGivenWhenItIsOpenedAgain) {
  const TestFolder folder;
  ASSERT_EQ(Outcome(MustOpen(folder.path())->ledger().Commit(AcceptStep(1), kTestTime)), "ok");
  const auto store = MustOpen(folder.path());
  const auto ticket = store->tickets().Get(TestId(1));
  ASSERT_TRUE(ticket.ok()) << ticket.fault().text;
  EXPECT_EQ(*ticket, TestTicket(1));
}

TEST(SqliteStore, FolderAndFilesAreTheOwnersAlone) {
  const TestFolder folder;
  const std::string data = folder.File("some/data");
  const auto store = MustOpen(data);
  EXPECT_EQ(ModeOf(data), 0700);
  for (const char* name : {"", "-wal", "-shm"}) EXPECT_EQ(ModeOf(data + "/" + kDatabaseName + name), 0600) << name;
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
  const TestFolder folder;
  folder.Write(kDatabaseName, std::string(8192, 'x'));
  const auto store = SqliteStore::Open(folder.path());
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.fault().kind, FaultKind::kPermanent);
  EXPECT_THAT(store.fault().text, HasSubstr("not a database"));
}

TEST(SqliteStore, RefusesAFileOfANewerVersion) {
  const TestFolder folder;
  const std::size_t mine = Migrations().size();
  MustOpen(folder.path()).reset();
  {
    auto database = Database::Open(folder.File(kDatabaseName), {});
    ASSERT_TRUE(database.ok());
    ASSERT_EQ(Outcome((*database)->Run(("PRAGMA user_version=" + std::to_string(mine + 7)).c_str())), "ok");
  }
  const auto store = SqliteStore::Open(folder.path());
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.fault().kind, FaultKind::kPermanent);
  EXPECT_THAT(store.fault().text, HasSubstr("its version " + std::to_string(mine + 7)));
  EXPECT_THAT(store.fault().text, HasSubstr("this program's " + std::to_string(mine)));
}

// A file as version 1 wrote it, kept as text: every later version must still read it.
TEST(SqliteStore, OpensAFileOfVersion1) {
  const char* source = std::getenv("TR_SOURCE");
  ASSERT_NE(source, nullptr) << "TR_SOURCE is the folder of the sources";
  std::ifstream file(std::string(source) + "/tests/data/local/version-1.sql");
  const std::string sql{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  ASSERT_FALSE(sql.empty());
  const TestFolder folder;
  {
    auto database = Database::Open(folder.File(kDatabaseName), {});
    ASSERT_TRUE(database.ok());
    ASSERT_EQ(Outcome((*database)->Run(sql.c_str())), "ok");
  }
  const auto store = MustOpen(folder.path());
  const auto ticket = store->tickets().Get(TestId(1));
  ASSERT_TRUE(ticket.ok()) << ticket.fault().text;
  EXPECT_EQ(ticket->subject, "My order");
  const auto messages = store->tickets().Messages(TestId(1));
  ASSERT_TRUE(messages.ok() && messages->size() == 1);
  EXPECT_EQ(messages->front().new_text, "Where is my order?");
  EXPECT_EQ(Outcome(store->ledger().Commit(AcceptStep(2), kTestTime)), "ok");
}

// Version 2 knew of an original's tickets only the latest.
TEST(SqliteStore, FindsEveryOwnerOfAnOriginalOfVersion2) {
  const TestFolder folder;
  {
    const auto store = MustOpen(folder.path());
    ASSERT_EQ(Outcome(store->originals().Put("shared", "raw", kTestTime)), "ok");
    for (int i = 1; i <= 2; ++i) {
      store::Step step = AcceptStep(i, "");
      step.messages[0].original = "shared";
      ASSERT_EQ(Outcome(store->ledger().Commit(step, kTestTime)), "ok");
    }
  }
  {
    auto database = Database::Open(folder.File(kDatabaseName), {});
    ASSERT_TRUE(database.ok());
    ASSERT_EQ(Outcome((*database)->Run("ALTER TABLE tr_originals ADD COLUMN num INTEGER;"
                                       "UPDATE tr_originals SET num = (SELECT max(num) FROM tr_owners);"
                                       "DROP TABLE tr_owners; PRAGMA user_version=2")),
              "ok");
  }
  const auto store = MustOpen(folder.path());
  ASSERT_EQ(Outcome(store->eraser().Vacuum(kTestTime + std::chrono::hours(1), kTestTime)), "ok");
  EXPECT_TRUE(store->originals().Get("shared").ok());
  auto database = Database::Open(folder.File(kDatabaseName), {});
  ASSERT_TRUE(database.ok());
  static const SqlText kOwners("SELECT count(*) FROM tr_owners");
  Query query(**database, kOwners);
  ASSERT_TRUE(query.Next().ok());
  EXPECT_EQ(query.Int(0), 2);
}

TEST(SqliteMigrate, RunsEachStepOnceAndAllOfItOrNothing) {
  const TestFolder folder;
  auto database = Database::Open(folder.File("x.db"), {});
  ASSERT_TRUE(database.ok());
  const char* const one[] = {"CREATE TABLE a(x)"};
  const char* const broken[] = {"CREATE TABLE a(x)", "CREATE TABLE b(x); CREATE TABLE a(x)"};
  const char* const two[] = {"CREATE TABLE a(x)", "CREATE TABLE b(x)"};
  EXPECT_EQ(Outcome(Migrate(**database, one)), "ok");
  EXPECT_EQ(Outcome(Migrate(**database, broken)), "bug") << "table a is there already";
  EXPECT_EQ(Outcome((*database)->Run("SELECT * FROM b")), "bug") << "nothing of the failed step is left";
  EXPECT_EQ(Outcome(Migrate(**database, two)), "ok");
  EXPECT_EQ(Outcome((*database)->Run("SELECT * FROM b")), "ok");
  EXPECT_EQ(Outcome(Migrate(**database, two)), "ok") << "again: nothing to do";
}

TEST(SqliteStore, CountsForWhoeverPolls) {
  const TestFolder folder;
  const auto store = MustOpen(folder.path());
  for (int i = 1; i <= 3; ++i) ASSERT_EQ(Outcome(store->ledger().Commit(AcceptStep(i), kTestTime)), "ok");
  EXPECT_EQ(Outcome(store->ledger().Commit(AcceptStep(3), kTestTime)), "conflict");
  Ticket landed = TestTicket(1);
  landed.state = State::kLanded;
  landed.team = "Billing";
  landed.landed_at = kTestTime;
  store::Step step;
  store::AddTicket(step, TestTicket(1), landed);
  ASSERT_EQ(Outcome(store->ledger().Commit(step, kTestTime)), "ok");
  EXPECT_EQ(CountOf(folder.path(), "tickets"), 3);
  EXPECT_EQ(CountOf(folder.path(), "landed"), 1);
}

// The kept counts must be those of the rows, whatever became of the steps.
TEST(SqliteStore, TeamCountsFollowEntries) {
  const TestFolder folder;
  const auto store = MustOpen(folder.path());
  store::Step put;
  for (int i = 1; i <= 3; ++i)
    put.entries_put.push_back({"Billing", Rank::kNormal, kTestTime + Duration(i), TestId(i)});
  ASSERT_EQ(Outcome(store->ledger().Commit(put, kTestTime)), "ok");
  ASSERT_EQ(Outcome(store->ledger().Commit(put, kTestTime)), "ok") << "the same entries again";
  store::Step move;
  move.entries_removed.push_back(put.entries_put[0]);
  move.entries_removed.push_back({"Billing", Rank::kEscalate, kTestTime, TestId(1)});  // never there
  move.entries_put.push_back({"Billing", Rank::kEscalate, kTestTime + Duration(1), TestId(1)});
  ASSERT_EQ(Outcome(store->ledger().Commit(move, kTestTime)), "ok");
  const auto counts = store->queues().Counts();
  ASSERT_TRUE(counts.ok() && counts->size() == 1);
  EXPECT_EQ(counts->front().escalate, 1);
  EXPECT_EQ(counts->front().normal, 2);
  EXPECT_EQ(counts->front().oldest, kTestTime + Duration(1));
}

TEST(SqliteStore, TwoStoresOnOneFolderSeeEachOther) {
  const TestFolder folder;
  const auto one = MustOpen(folder.path());
  const auto two = MustOpen(folder.path(), {.readers = 1, .background_checkpoints = false});
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(Outcome(one->ledger().Commit(AcceptStep(2 * i), kTestTime)), "ok");
    ASSERT_EQ(Outcome(two->ledger().Commit(AcceptStep(2 * i + 1), kTestTime)), "ok");
    EXPECT_TRUE(one->tickets().Get(TestId(2 * i + 1)).ok());
    EXPECT_TRUE(two->tickets().Get(TestId(2 * i)).ok());
  }
  EXPECT_EQ(CountOf(folder.path(), "tickets"), 40);
}

TEST(SqliteStore, ManyMayOpenANewFolderAtOnce) {
  for (int round = 0; round < 10; ++round) {
    const TestFolder folder;
    std::vector<std::thread> openers;
    for (int i = 1; i <= 4; ++i) {
      openers.emplace_back([&folder, i] {
        const auto store = MustOpen(folder.path());
        EXPECT_EQ(Outcome(store->ledger().Commit(AcceptStep(i), kTestTime)), "ok");
      });
    }
    for (std::thread& opener : openers) opener.join();
    EXPECT_EQ(CountOf(folder.path(), "tickets"), 4);
  }
}

TEST(SqliteStore, AnItemOfAnotherProcessWakesTheOneWhoWaits) {
  const TestFolder folder;
  const auto one = MustOpen(folder.path());
  const auto two = MustOpen(folder.path(), {.background_checkpoints = false});
  Result<std::vector<queue::Lease>> got = std::vector<queue::Lease>();
  std::thread worker([&] { got = one->queue().Receive(8, std::chrono::seconds(30), std::chrono::seconds(20)); });
  const auto began = std::chrono::steady_clock::now();
  ASSERT_EQ(Outcome(two->queue().Send({TestId(1), 1}, Duration(0))), "ok");
  worker.join();
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->size(), 1u);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

// Two processes write at once, then one of them is killed.
TEST(SqliteStore, AProcessThatIsKilledLeavesWholeSteps) {
  const TestFolder folder;
  int pipes[2];
  ASSERT_EQ(::pipe(pipes), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = MustOpen(folder.path());
    for (int i = 1;; ++i) {
      if (!store->ledger().Commit(AcceptStep(i), kTestTime).ok()) ::_exit(1);
      if (::write(pipes[1], &i, sizeof i) != sizeof i) ::_exit(1);
    }
  }
  int acknowledged = 0;
  const auto store = MustOpen(folder.path());
  while (acknowledged < 200) {
    ASSERT_EQ(::read(pipes[0], &acknowledged, sizeof acknowledged), static_cast<ssize_t>(sizeof acknowledged));
    ASSERT_EQ(Outcome(store->ledger().Commit(AcceptStep(1'000'000 + acknowledged), kTestTime)), "ok");
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(pipes[0]);
  ::close(pipes[1]);
  for (int i = 1; i <= acknowledged + 2; ++i) {
    const bool stored = store->tickets().Get(TestId(i)).ok();
    const auto messages = store->tickets().Messages(TestId(i));
    const auto audit = store->audit().OfTicket(TestId(i));
    ASSERT_TRUE(messages.ok() && audit.ok());
    EXPECT_EQ(messages->size(), stored ? 1u : 0u) << i;
    EXPECT_EQ(audit->size(), stored ? 1u : 0u) << i;
    EXPECT_TRUE(stored || i > acknowledged) << i;
  }
}

TEST(SqliteStore, TheLogDoesNotGrowWithoutEnd) {
  const TestFolder folder;
  const auto store = MustOpen(folder.path(), {.checkpoint_pages = 64});
  const std::string text(2000, 'x');
  int i = 0;
  while (store->figures().checkpoints < 3 && i < 100'000) {
    ASSERT_EQ(Outcome(store->ledger().Commit(AcceptStep(++i, text), kTestTime)), "ok");
  }
  EXPECT_GE(store->figures().checkpoints, 3u) << "after " << i << " steps";
  EXPECT_GT(std::filesystem::file_size(folder.File(kDatabaseName)), 64u * 4096u);
}

// After forget and Vacuum the words are in none of the files.
TEST(SqliteStore, ErasedWordsCannotBeFoundInTheFiles) {
  const TestFolder folder;
  const auto store = MustOpen(folder.path());
  const std::string secret = "xyzzy-plugh-plover";
  for (int i = 1; i <= 50; ++i) {
    ASSERT_EQ(Outcome(store->ledger().Commit(AcceptStep(i, i == 7 ? secret : "nothing special"), kTestTime)), "ok");
  }
  const auto found = [&] {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      if (bytes.find(secret) != std::string::npos) ++files;
    }
    return files;
  };
  ASSERT_GT(found(), 0u);
  ASSERT_EQ(Outcome(store->eraser().Forget(TestId(7), kTestTime)), "ok");
  ASSERT_EQ(Outcome(store->eraser().Vacuum(kTestTime, kTestTime)), "ok");
  EXPECT_EQ(found(), 0u);
  EXPECT_TRUE(store->tickets().Get(TestId(8)).ok());
}

}  // namespace
}  // namespace tr::local
