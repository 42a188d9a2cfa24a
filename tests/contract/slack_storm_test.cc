// 10,000 landed tickets go out at Slack's rate, on a simulated clock, while a fifth of all calls fail in every
// documented way: none is lost, none stands twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <random>

#include "channels/slack_channel.h"
#include "contract/fake_slack.h"
#include "handoff/outbox.h"
#include "testing/example_book.h"
#include "testing/fake_channel.h"
#include "testing/manual_clock.h"
#include "testing/memory_store.h"
#include "testing/recording_log.h"
#include "testing/samples.h"

namespace tr::contract {
namespace {

constexpr int kTickets = 10'000;
constexpr const char* kTeams[] = {"Billing", "Shipping", "Technical", "Triage"};
constexpr const char* kNames[] = {"help-billing", "help-shipping", "help-tech", "help-triage"};

class QuietLog : public Log {
 public:
  void Write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

FakeSlack::Order RandomFault(std::mt19937& random, const std::string& method) {
  constexpr SlackFault kFaults[] = {SlackFault::kNoAnswer, SlackFault::kLost,  SlackFault::kSlowDown,
                                    SlackFault::kDown,     SlackFault::kError, SlackFault::kDone};
  constexpr const char* kPassing[] = {"internal_error", "fatal_error", "service_unavailable", "request_timeout",
                                      "ratelimited"};
  constexpr const char* kDoneAllTheSame[] = {"internal_error", "fatal_error"};
  constexpr const char* kFatal[] = {"invalid_auth", "channel_not_found", "is_archived", "not_in_channel",
                                    "restricted_action"};
  if (random() % 5 != 0) return {};
  const SlackFault fault = kFaults[random() % 6];
  if (fault == SlackFault::kDone) return {fault, kDoneAllTheSame[random() % 2]};
  // Only a message that was not posted may go elsewhere.
  const bool fatal = method == "chat.postMessage" && random() % 10 == 0;
  return {fault, fatal ? kFatal[random() % 5] : kPassing[random() % 5], 1 + static_cast<int>(random() % 5)};
}

TEST(SlackStorm, CardsGoOutAtTheRateWhileAFifthOfAllCallsFail) {
  testing::ManualClock clock;
  testing::MemoryStore store;
  QuietLog log;
  FakeSlack slack(clock, true);
  for (const char* name : kNames) slack.AddChannel(name);
  std::mt19937 random(11);
  slack.faults = [&random](const std::string& method) { return RandomFault(random, method); };
  channels::SlackClient client({Secret("xoxb-x"), "https://slack.example/api"}, slack.Send());
  channels::SlackDirectory directory(client, clock);
  channels::SlackChannel channel({client, directory, clock, log, [] { return testing::ExampleBook(); }, ""});
  testing::FakeChannel mail;
  testing::FakeChannels channels;
  channels.Add("slack", channel);
  channels.Add("mail", mail);
  handoff::Settings settings;
  settings.channels = {true, true};
  handoff::Outbox outbox(
      {store.ledger(), store.tickets(), store.deliveries(), store.audit(), channels, clock, log}, settings,
      [] { return testing::ExampleBook(); }, [&random] { return (random() % 1000) / 1e3; });

  for (int i = 0; i < kTickets; ++i) {
    const Ticket ticket = testing::LandedTicket(testing::SampleId(clock.Now(), i + 1), clock.Now(), kTeams[i % 4]);
    store::Step step = testing::StepOfNew(ticket);
    store::Delivery row = testing::SampleDelivery(ticket, clock.Now());
    row.id = ticket.id + "#card#2";
    row.team = ticket.team;
    row.channel = "slack:#" + std::string(kNames[i % 4]);
    step.deliveries.push_back({std::nullopt, row});
    ASSERT_TRUE(store.ledger().Commit(step, clock.Now()));
  }
  const Time begun = clock.Now();
  const auto delivered = [&] { return outbox.counts().delivered.load(); };
  while (delivered() < kTickets && clock.Now() < begun + std::chrono::hours(4)) {
    while (true) {
      const Result<int> tried = outbox.DeliverDue(64);
      ASSERT_TRUE(tried.ok());
      if (*tried == 0) break;
    }
    clock.Advance(std::chrono::seconds(1));
  }

  std::map<std::string, int> times;
  for (const char* name : kNames) {
    for (const FakeSlack::Message& message : slack.Messages(name)) ++times[message.delivery];
  }
  const std::size_t in_slack = times.size();
  for (const handoff::Notice& notice : mail.said()) ++times[notice.id];
  EXPECT_EQ(times.size(), static_cast<std::size_t>(kTickets)) << "none is lost";
  int twice = 0;
  for (const auto& [id, count] : times) twice += count > 1 ? 1 : 0;
  EXPECT_EQ(twice, 0) << "none stands twice";
  EXPECT_EQ(outbox.counts().failed, 0);
  EXPECT_LT(slack.too_fast(), kTickets / 100) << "the outbox keeps the pace by itself";
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock.Now() - begun).count();
  EXPECT_LT(seconds, 1.6 * kTickets / std::size(kNames)) << "a fifth of the calls fails: two fifths more than the rate";
  std::printf("%zu in Slack, %zu by mail, %lld simulated seconds, %d calls, %d refused as too fast\n", in_slack,
              mail.said().size(), static_cast<long long>(seconds), slack.calls(), slack.too_fast());
}

}  // namespace
}  // namespace tr::contract
