// Channel: says it at least once, and orders by its faults what is to be done when it could not.

#include "contract/channel_contract.h"

#include <atomic>

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"
#include "testing/fake_channel.h"

namespace tr::contract {
namespace {

using handoff::Notice;
using store::DeliveryKind;

Call InTime() { return {testing::kMondayMorning + std::chrono::seconds(10), "T1"}; }

Notice NoticeOf(DeliveryKind kind, const std::string& address) {
  Notice notice;
  notice.id = "T1#" + std::string(Name(kind));
  notice.kind = kind;
  notice.address = address;
  notice.card.ticket = "T1";
  notice.card.subject = "Parcel";
  notice.card.customer = {"Ada", "ada@customer.example", Verification::kVerified};
  notice.card.team = "Billing";
  notice.card.messages = {{1, "Ada", testing::kMondayMorning, "Where is my parcel?"},
                          {2, "Ada", testing::kMondayMorning, "Hello?"}};
  if (kind != DeliveryKind::kCard) notice.card_ref = "ref-0";
  if (kind == DeliveryKind::kPing) notice.role = "lead";
  if (kind == DeliveryKind::kThread) notice.message = 2;
  if (kind == DeliveryKind::kDigest || kind == DeliveryKind::kAnnouncement) {
    notice.subject = "This week";
    notice.text = "12 tickets";
  }
  return notice;
}

TEST_P(ChannelContract, EveryKindOfNoticeIsSaid) {
  for (const DeliveryKind kind : {DeliveryKind::kCard, DeliveryKind::kCardUpdate, DeliveryKind::kPing,
                                  DeliveryKind::kThread, DeliveryKind::kDigest, DeliveryKind::kAnnouncement}) {
    SCOPED_TRACE(Name(kind));
    const Notice notice = NoticeOf(kind, place_->good_address());
    EXPECT_EQ(Outcome(place_->channel().Post(notice, InTime())), "ok");
    EXPECT_TRUE(place_->Arrived(notice));
  }
}

TEST_P(ChannelContract, ACardHasAName) {
  EXPECT_NE(Must(place_->channel().Post(NoticeOf(DeliveryKind::kCard, place_->good_address()), InTime())), "");
}

TEST_P(ChannelContract, ASecondTryIsNoFault) {
  Notice notice = NoticeOf(DeliveryKind::kCard, place_->good_address());
  Must(place_->channel().Post(notice, InTime()));
  notice.attempt = 2;
  EXPECT_EQ(Outcome(place_->channel().Post(notice, InTime())), "ok");
}

TEST_P(ChannelContract, HostileWordsAreSaidToo) {
  for (const std::string& text : HostileTexts()) {
    Notice notice = NoticeOf(DeliveryKind::kCard, place_->good_address());
    notice.card.subject = notice.card.customer.name = notice.card.messages[0].text = text;
    notice.card.evidence = {text};
    notice.card.attachments = {{text, "text/plain", 1}};
    EXPECT_EQ(Outcome(place_->channel().Post(notice, InTime())), "ok") << text.substr(0, 60);
  }
}

TEST_P(ChannelContract, AnAddressThatIsNotItsOwnIsRefused) {
  const auto refused = place_->refused_address();
  if (!refused) GTEST_SKIP() << "every address will do";
  const Notice notice = NoticeOf(DeliveryKind::kCard, *refused);
  EXPECT_EQ(Outcome(place_->channel().Post(notice, InTime())), "invalid");
  EXPECT_FALSE(place_->Arrived(notice));
}

TEST_P(ChannelContract, APlaceThatDoesNotAnswerIsTransient) {
  if (!place_->Interrupt()) GTEST_SKIP() << "cannot happen here";
  EXPECT_EQ(Outcome(place_->channel().Post(NoticeOf(DeliveryKind::kCard, place_->good_address()), InTime())),
            "transient");
}

TEST_P(ChannelContract, APlaceThatIsNotThereIsPermanent) {
  if (!place_->Close()) GTEST_SKIP() << "cannot happen here";
  EXPECT_EQ(Outcome(place_->channel().Post(NoticeOf(DeliveryKind::kCard, place_->good_address()), InTime())),
            "permanent");
}

TEST_P(ChannelContract, ManyMaySpeakAtOnce) {
  std::atomic<int> said = 0;
  InThreads(4, [&](int thread) {
    for (int i = 0; i < 20; ++i) {
      Notice notice = NoticeOf(DeliveryKind::kCard, place_->good_address());
      notice.id = std::to_string(thread) + "#" + std::to_string(i);
      said += place_->channel().Post(notice, InTime()).ok() && place_->Arrived(notice) ? 1 : 0;
    }
  });
  EXPECT_EQ(said, 80);
}

class FakePlace : public ChannelUnderTest {
 public:
  handoff::Channel& channel() override { return channel_; }
  std::string good_address() const override { return "#billing"; }
  std::optional<std::string> refused_address() const override { return ""; }
  bool Arrived(const Notice& notice) const override {
    return std::ranges::any_of(channel_.said(), [&](const Notice& said) { return said.id == notice.id; });
  }
  bool Interrupt() override {
    channel_.FailNext(Transient("no answer"));
    return true;
  }
  bool Close() override {
    channel_.Break(Permanent("no such channel"));
    return true;
  }

 private:
  testing::FakeChannel channel_;
};

std::unique_ptr<ChannelUnderTest> MakeFake() { return std::make_unique<FakePlace>(); }
INSTANTIATE_TEST_SUITE_P(Fake, ChannelContract, ::testing::Values(&MakeFake));

}  // namespace
}  // namespace tr::contract
