#include "local/data_lock.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "local/local_test_folder.h"

namespace tr::local {
namespace {

using ::testing::HasSubstr;

TEST(DataLock, KeepsTheSecondOutAndNamesTheFirst) {
  const TestFolder folder;
  auto first = DataLock::Acquire(folder.path());
  ASSERT_TRUE(first.ok()) << first.fault().text;
  const auto second = DataLock::Acquire(folder.path());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.fault().kind, FaultKind::kTransient);
  EXPECT_THAT(second.fault().text, HasSubstr("(pid " + std::to_string(::getpid()) + ")"));
  *first = nullptr;
  EXPECT_TRUE(DataLock::Acquire(folder.path()).ok());
}

TEST(MakeDataFolder, MakesItForItsOwnerAlone) {
  const TestFolder folder;
  const std::string data = folder.File("a/b");
  ASSERT_TRUE(MakeDataFolder(data).ok());
  struct stat what = {};
  ASSERT_EQ(::stat(data.c_str(), &what), 0);
  EXPECT_EQ(what.st_mode & 0777, 0700u);
}

TEST(MakeDataFolder, TakesTheRightsOfOthersAway) {
  const TestFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0755), 0);
  ASSERT_TRUE(MakeDataFolder(folder.path()).ok());
  struct stat what = {};
  ASSERT_EQ(::stat(folder.path().c_str(), &what), 0);
  EXPECT_EQ(what.st_mode & 0777, 0700u);
}

TEST(MakeDataFolder, RefusesAFile) {
  const TestFolder folder;
  folder.Write("data", "");
  const auto made = MakeDataFolder(folder.File("data"));
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.fault().kind, FaultKind::kInvalid);
}

}  // namespace
}  // namespace tr::local
