// What the sweeper erases, and what came back to a ticket after it.

#include "road/road.h"

namespace tr::road {
namespace {

using ::testing::IsEmpty;

// Seven days after the end; replies reopen for fourteen.
class Erased : public ::testing::Test {
 protected:
  Erased() { road_.sweep.keep_texts = hours(24 * 7); }

  void Done(const std::string& id) { ASSERT_TRUE(road_.Apply(id, correct::Done{})); }

  int SweepAfter(int days) {
    road_.clock.Advance(hours(24 * days));
    return pipeline::Sweep(road_.Sweeper(), road_.sweep)->erased;
  }

  void ExpectNoWords(const std::string& id) {
    EXPECT_TRUE(road_.Get(id).text_removed);
    for (const Message& message : road_.Messages(id)) {
      EXPECT_EQ(message.text, "");
      EXPECT_EQ(message.original, "");
    }
    EXPECT_THAT(road_.store.originals().Get(ToHex(Sha256("raw And now it is broken."))).ok(), false);
  }

  Road road_;
};

TEST_F(Erased, AReplyToAnErasedTicketIsErasedInItsTurn) {
  const Ticket ticket = road_.Land(Mail("first", "Where is my delivery?"));
  Done(ticket.id);
  ASSERT_EQ(SweepAfter(8), 1);
  road_.clock.Advance(hours(48));
  ASSERT_EQ(road_.Land(Mail("second", "And now it is broken.", "first")).id, ticket.id);
  EXPECT_EQ(road_.Get(ticket.id).state, State::kLanded);
  EXPECT_FALSE(road_.Get(ticket.id).text_removed);
  Done(ticket.id);
  EXPECT_EQ(SweepAfter(6), 0) << "its new words have seven days of their own";
  EXPECT_EQ(road_.Messages(ticket.id)[1].text, "And now it is broken.");
  EXPECT_EQ(SweepAfter(94), 1);
  ExpectNoWords(ticket.id);
}

TEST_F(Erased, AMessageForwardedToAnErasedTicketIsErasedInItsTurn) {
  const Ticket into = road_.Land(Mail("first", "Where is my delivery?"));
  const Ticket merged = road_.Land(Mail("other", "The invoice has a wrong address on it, please."));
  ASSERT_NE(into.id, merged.id);
  Done(into.id);
  ASSERT_EQ(SweepAfter(8), 1);
  const intake::Accepted waits = road_.MustAccept(Mail("second", "And now it is broken.", "other"));
  ASSERT_EQ(waits.ticket, merged.id);
  ASSERT_TRUE(road_.Apply(merged.id, correct::Merge{.into = into.id, .confirm = false}));
  road_.Work();
  ASSERT_EQ(road_.Messages(into.id).back().text, "And now it is broken.");
  EXPECT_FALSE(road_.Get(into.id).text_removed);
  Done(into.id);
  EXPECT_EQ(SweepAfter(100), 2);
  ExpectNoWords(into.id);
}

}  // namespace
}  // namespace tr::road
