#include "ticket/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ticket/ticket.h"

namespace tr {
namespace {

template <typename Enum>
void ExpectNames(std::initializer_list<std::pair<Enum, std::string_view>> names,
                 std::optional<Enum> (*parse)(std::string_view)) {
  int next = 0;
  for (const auto& [value, name] : names) {
    EXPECT_EQ(static_cast<int>(value), next++) << name << ": the table leaves one out";
    EXPECT_EQ(Name(value), name);
    EXPECT_EQ(parse(name), value) << name;
  }
  for (const std::string_view stranger : {"", " ", "none", "Low", "MAIL", "landed ", "escalated"}) {
    EXPECT_EQ(parse(stranger), std::nullopt) << stranger;
  }
}

TEST(WordsTest, EveryNameIsReadBack) {
  ExpectNames<Lane>({{Lane::kMail, "mail"}, {Lane::kForm, "form"}, {Lane::kChat, "chat"}, {Lane::kSplit, "split"}},
                    ParseLane);
  ExpectNames<Urgency>({{Urgency::kLow, "low"}, {Urgency::kMedium, "medium"}, {Urgency::kHigh, "high"}}, ParseUrgency);
  ExpectNames<Tone>({{Tone::kCalm, "calm"}, {Tone::kFrustrated, "frustrated"}, {Tone::kAngry, "angry"}}, ParseTone);
  ExpectNames<Signal>(
      {{Signal::kOutage, "outage"}, {Signal::kPaymentFailure, "payment_failure"}, {Signal::kDeadline, "deadline"}},
      ParseSignal);
  ExpectNames<Move>(
      {{Move::kRoute, "route"}, {Move::kPriority, "priority"}, {Move::kEscalate, "escalate"}, {Move::kHold, "hold"}},
      ParseMove);
  ExpectNames<Rank>({{Rank::kNormal, "normal"}, {Rank::kPriority, "priority"}, {Rank::kEscalate, "escalate"}},
                    ParseRank);
  ExpectNames<State>({{State::kReceived, "received"},
                      {State::kRead, "read"},
                      {State::kLanded, "landed"},
                      {State::kTaken, "taken"},
                      {State::kDone, "done"},
                      {State::kMerged, "merged"},
                      {State::kSplit, "split"},
                      {State::kSetAside, "set_aside"},
                      {State::kSuspect, "suspect"}},
                     ParseState);
  ExpectNames<Machine>({{Machine::kNone, "no"},
                        {Machine::kAutoReply, "autoreply"},
                        {Machine::kBounce, "bounce"},
                        {Machine::kList, "list"},
                        {Machine::kOwn, "own"}},
                       ParseMachine);
  ExpectNames<Verification>({{Verification::kUnverified, "unverified"},
                             {Verification::kVerified, "verified"},
                             {Verification::kFailed, "failed"}},
                            ParseVerification);
  ExpectNames<Author>({{Author::kCustomer, "customer"}, {Author::kTeam, "team"}, {Author::kNote, "note"}}, ParseAuthor);
  ExpectNames<MessageState>({{MessageState::kReceived, "received"}, {MessageState::kHandled, "handled"}},
                            ParseMessageState);
}

TEST(WordsTest, APaymentFailureMayBeTwoWords) { EXPECT_EQ(ParseSignal("payment failure"), Signal::kPaymentFailure); }

TEST(WordsTest, SignalsAreASet) {
  Signals signals;
  EXPECT_TRUE(signals.empty());
  EXPECT_THAT(signals.List(), testing::IsEmpty());
  signals.Add(Signal::kDeadline);
  signals.Add(Signal::kOutage);
  signals.Add(Signal::kOutage);
  EXPECT_TRUE(signals.Has(Signal::kOutage));
  EXPECT_FALSE(signals.Has(Signal::kPaymentFailure));
  EXPECT_THAT(signals.List(), testing::ElementsAre(Signal::kOutage, Signal::kDeadline));
  EXPECT_EQ(signals, (Signals{Signal::kOutage, Signal::kDeadline}));
  EXPECT_EQ(Signals{Signal::kOutage} | Signals{Signal::kDeadline}, signals);
  EXPECT_NE(signals, Signals{});
}

}  // namespace
}  // namespace tr
