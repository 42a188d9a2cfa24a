// The contract of a channel, run on the log.

#include "channels/log_channel.h"
#include "contract/channel_contract.h"
#include "testing/recording_log.h"

namespace tr::contract {
namespace {

class LogPlace : public ChannelUnderTest {
 public:
  handoff::Channel& channel() override { return channel_; }
  std::string good_address() const override { return ""; }
  std::optional<std::string> refused_address() const override { return std::nullopt; }
  bool Arrived(const handoff::Notice& notice) const override { return log_.Contains(notice.id); }
  bool Interrupt() override { return false; }
  bool Close() override { return false; }

 private:
  testing::RecordingLog log_;
  channels::LogChannel channel_{log_};
};

std::unique_ptr<ChannelUnderTest> MakeLog() { return std::make_unique<LogPlace>(); }
INSTANTIATE_TEST_SUITE_P(Log, ChannelContract, ::testing::Values(&MakeLog));

}  // namespace
}  // namespace tr::contract
