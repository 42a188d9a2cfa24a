// What a night's sweep finds in the bucket.

#include "way/story.h"

namespace tr::way {
namespace {

using contract::Must;
using contract::Outcome;

TEST(Sweep, RemovesWhatNobodyNamesAndKeepsTheOriginals) {
  LambdaSide side;
  const Letter letter{.word = "first", .text = "Where is my delivery of last Friday?"};
  Receive(side, letter);
  EXPECT_TRUE(side.Mail("first", Raw(letter))) << "its event comes twice";
  EXPECT_TRUE(side.Mail("second", Raw(letter))) << "the same mail in another object";
  store::Originals& originals = side.beside().originals;
  EXPECT_EQ(Must(originals.Get("mail/second")), Raw(letter));
  Must(side.Call("tick", R"({"job":"sweep"})"));
  EXPECT_EQ(Outcome(originals.Get("mail/second")), "ok") << "it is too young to be judged";
  side.clock.Advance(std::chrono::days(31));
  Must(side.Call("tick", R"({"job":"sweep"})"));
  EXPECT_EQ(Outcome(originals.Get("mail/second")), "not_found");
  EXPECT_EQ(Must(originals.Get("mail/first")), Raw(letter));
  Must(side.beside().eraser.Forget(side.Tickets().front(), side.clock.Now()));
  EXPECT_EQ(Outcome(originals.Get("mail/first")), "not_found");
}

}  // namespace
}  // namespace tr::way
