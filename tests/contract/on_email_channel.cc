// The contract of a channel, run on e-mail with a mail server that remembers.

#include "channels/email_channel.h"
#include "contract/channel_contract.h"
#include "testing/example_book.h"
#include "testing/fake_mail_transport.h"
#include "testing/manual_clock.h"
#include "ticket/card_id.h"

namespace tr::contract {
namespace {

class MailPlace : public ChannelUnderTest {
 public:
  handoff::Channel& channel() override { return channel_; }
  std::string good_address() const override { return "billing@shop.example"; }
  std::optional<std::string> refused_address() const override { return "ada@customer.example"; }
  bool Arrived(const handoff::Notice& notice) const override {
    // A digest's id and a card's are made from the notice's in two ways; each of them is in no other mail.
    const std::string card = MakeCardId(key_, notice.card.ticket, notice.id, "cards.shop.example");
    return std::ranges::any_of(transport_.sent(), [&](const testing::FakeMailTransport::Sent& mail) {
      const bool about_ticket = mail.raw.find("Message-ID: <" + card + ">") != std::string::npos;
      return about_ticket ||
             (!notice.subject.empty() && mail.raw.find("Subject: " + notice.subject) != std::string::npos);
    });
  }
  bool Interrupt() override {
    transport_.Break(Transient("no answer"));
    return true;
  }
  bool Close() override {
    transport_.Break(Permanent("no such mailbox"));
    return true;
  }

 private:
  Secret key_{"key"};
  testing::ManualClock clock_;
  testing::FakeMailTransport transport_;
  channels::Mailer mailer_{
      transport_, {"router@shop.example", "support@shop.example", "mark"}, clock_, &testing::ExampleBook};
  channels::EmailChannel channel_{mailer_,
                                  {{"https://router.example", key_, "support@shop.example"}, "cards.shop.example"},
                                  clock_,
                                  &testing::ExampleBook};
};

std::unique_ptr<ChannelUnderTest> MakeMail() { return std::make_unique<MailPlace>(); }
INSTANTIATE_TEST_SUITE_P(Email, ChannelContract, ::testing::Values(&MakeMail));

}  // namespace
}  // namespace tr::contract
