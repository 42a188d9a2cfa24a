// The command that works dead letters again: all of them, however many the API shows at a time.

#include <gtest/gtest.h>

#include <sstream>

#include "cli/commands.h"
#include "local/local_test_folder.h"
#include "testing/counting_ids.h"
#include "testing/manual_clock.h"
#include "testing/recording_log.h"
#include "wiring/app.h"

namespace tr::cli {
namespace {

double HalfChance() { return 0.5; }

class RedriveTest : public ::testing::Test {
 protected:
  // Somebody else's look into the data folder; nobody else may have it open meanwhile.
  template <typename Look>
  auto In(Look look) {
    wiring::Config config;
    config.data_dir = folder_.File("data");
    Result<std::unique_ptr<wiring::App>> app =
        wiring::App::Open(config, {clock_, ids_, log_, HalfChance}, wiring::Role::kTool);
    EXPECT_TRUE(app.ok()) << app.fault().text;
    return look((*app)->ports());
  }

  void Bury(int letters) {
    In([&](wiring::Ports& ports) {
      for (int i = 0; i < letters; ++i) {
        EXPECT_TRUE(ports.queue.Send({"T" + std::to_string(i), 1}, Duration(0)));
        const std::vector<queue::Lease> leases =
            *ports.queue.Receive(1, std::chrono::minutes(1), std::chrono::seconds(5));
        ASSERT_EQ(leases.size(), 1U);
        EXPECT_TRUE(ports.queue.Bury(leases[0].handle, "a test"));
      }
    });
  }

  std::size_t Letters() {
    return In([](wiring::Ports& ports) { return ports.dead_letters.List(1000)->size(); });
  }

  local::TestFolder folder_;
  testing::ManualClock clock_;  // long ago: nothing dies while the command runs
  testing::CountingIds ids_;
  testing::RecordingLog log_;
};

TEST_F(RedriveTest, AllMeansAll) {
  constexpr int kLetters = 450;  // the API shows 200
  Bury(kLetters);
  ASSERT_EQ(Letters(), kLetters);
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err, {}};
  EXPECT_EQ(cli::Run({"redrive", "--all", "--data", folder_.File("data")}, terminal), 0) << err.str();
  EXPECT_EQ(out.str(), "{\"redriven\":450}\n");
  EXPECT_EQ(Letters(), 0U);
}

}  // namespace
}  // namespace tr::cli
