// Whichever call of AWS fails, on the whole way of a ticket: nothing is lost, nothing is doubled.

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "way/story.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;
using ::testing::SizeIs;

// So often a carrier, a browser and Lambda come again.
constexpr int kTries = 6;
// More than any test here makes between two looks.
constexpr int kLookedAt = 30;

class Trouble : public ::testing::Test {
 protected:
  contract::Moto& moto() { return side_.installation.moto(); }

  void Bring(const Letter& letter) {
    const std::string event = side_.installation.LayMail(letter.word, Raw(letter));
    int tries = 1;
    while (!side_.Call("mail", event) && tries < kTries) ++tries;
    EXPECT_LT(tries, kTries) << letter.word;
  }
  void Bring(const net::HttpRequest& request) {
    int tries = 1;
    while (side_.Web(request).status != 202 && tries < kTries) ++tries;
    EXPECT_LT(tries, kTries);
  }

  // Minutes pass until nothing waits any more, at most an hour of them.
  void Settle() {
    for (int round = 0; round < 20; ++round) {
      side_.Work();
      side_.Tick();
      moto().HoldFaults(true);
      const bool settled = side_.installation.Waiting() == 0 && NothingPends();
      moto().HoldFaults(false);
      if (settled) return;
      side_.clock.Advance(std::chrono::minutes(3));
    }
    ADD_FAILURE() << "something waits for ever: " << side_.installation.Waiting() << " items";
  }

  bool NothingPends() {
    store::TicketQuery newest;
    newest.limit = kLookedAt;
    for (const ::tr::Ticket& ticket : Must(side_.beside().tickets.Search(newest)).tickets) {
      if (known_.contains(ticket.id)) break;
      if (ticket.state == State::kReceived || ticket.state == State::kRead) return false;
      for (const store::Delivery& row : Must(side_.beside().deliveries.OfTicket(ticket.id))) {
        // A ping may wait for its team's morning.
        const bool is_soon = row.due_at < side_.clock.Now() + std::chrono::hours(1);
        if (row.kind != store::DeliveryKind::kTimer && row.state == store::DeliveryState::kPending && is_soon)
          return false;
      }
    }
    return true;
  }

  // The tickets that came since Begin.
  std::vector<std::string> New() {
    std::vector<std::string> all = side_.Tickets(kLookedAt);
    std::erase_if(all, [this](const std::string& id) { return known_.contains(id); });
    return all;
  }

  void Begin() {
    for (const std::string& id : side_.Tickets(kLookedAt)) known_.insert(id);
  }

  static int Count(const json::value& rows, std::string_view kind) {
    return static_cast<int>(std::count_if(rows.as_array().begin(), rows.as_array().end(),
                                          [&](const json::value& row) { return row.at("kind").as_string() == kind; }));
  }

  // Two tickets, each landed once with one card, said once; the first with its later message.
  void ExpectWholeAndOnce() {
    const std::vector<std::string> tickets = New();
    ASSERT_THAT(tickets, SizeIs(2));
    for (const std::string& id : tickets) {
      const json::value ticket = side_.Ticket(id);
      const bool mail = ticket.at("lane") == "mail";
      EXPECT_EQ(ticket.at("state"), "landed");
      EXPECT_THAT(ticket.at("messages").as_array(), SizeIs(mail ? 2 : 1));
      for (const json::value& message : ticket.at("messages").as_array()) EXPECT_EQ(message.at("state"), "handled");
      const json::value& receipt = ticket.at("receipt");
      EXPECT_EQ(Count(receipt.at("audit"), "landed"), 1);
      EXPECT_EQ(Count(receipt.at("audit"), "joined"), mail ? 1 : 0);
      EXPECT_EQ(Count(receipt.at("deliveries"), "card"), 1);
      // A message that joins before its ticket landed stands on the card.
      EXPECT_LE(Count(receipt.at("deliveries"), "thread"), mail ? 1 : 0);
      EXPECT_EQ(TimesSaid(id + "#card"), 1);
    }
    EXPECT_EQ(side_.Get("/api/v1/health").at("dead_letters"), 0);
  }

  // How many messages in Slack are of a delivery whose id begins so.
  int TimesSaid(const std::string& delivery) {
    int times = 0;
    for (const char* channel : {"help-billing", "help-shipping", "help-tech", "help-triage"}) {
      for (const contract::FakeSlack::Message& message : side_.slack.Messages(channel)) {
        times += message.delivery.starts_with(delivery) ? 1 : 0;
      }
    }
    return times;
  }

  // Everything on the way to two landed tickets.
  void GoTheWay() {
    const std::string word = "w" + std::to_string(++ways_);
    const std::string from = word + "@mail.example";
    Bring(Letter{.word = word, .from = from, .text = "Where is my delivery of last Friday?"});
    side_.Work();
    side_.Tick();
    side_.clock.Advance(std::chrono::minutes(1));
    Bring(Letter{.word = word + "-later", .from = from, .text = "Still nothing, this is urgent now!", .answers = word});
    Bring(FormRequest("form-" + from, "I want a refund for order 1182, please.", word));
    Settle();
  }

  LambdaSide side_;
  std::set<std::string> known_;
  int ways_ = 0;
};

// Goes the way once for each call that is made on it: that call fails.
class EachCall : public Trouble, public ::testing::WithParamInterface<const char*> {};

TEST_P(EachCall, FailsAndNothingIsLostOrDoubled) {
  int nth = 0;
  bool failed = true;
  while (failed && nth < 300 && !HasFailure()) {
    SCOPED_TRACE(std::to_string(++nth));
    Begin();
    // New processes, whose beginning may fail too; the other kinds meet those that run.
    if (GetParam() == std::string_view("before")) side_.StartAnew();
    moto().FailNth(nth, GetParam());
    GoTheWay();
    failed = moto().HasFailed();
    moto().FailNth(0, GetParam());
    ExpectWholeAndOnce();
  }
  printf("%s: each of %d calls\n", GetParam(), nth - 1);
  EXPECT_GT(nth, 40) << "the way has more calls than that";
  EXPECT_LT(nth, 300);
}

// Refused before it was done; done, and the answer is lost; throttled.
INSTANTIATE_TEST_SUITE_P(OnTheWay, EachCall, ::testing::Values("before", "after", "throttled"));

TEST_F(Trouble, OfATableThatRefusesThirtyInAHundredAllLand) {
  constexpr int kTickets = 20;
  Begin();
  moto().Throttle(30);
  std::vector<std::string> waiting;
  for (int i = 1; i <= kTickets; ++i) {
    const Letter letter{.word = "t" + std::to_string(i),
                        .from = "t" + std::to_string(i) + "@mail.example",
                        .text = "Where is my delivery of last Friday?"};
    waiting.push_back(side_.installation.LayMail(letter.word, Raw(letter)));
  }
  // A minute of it: S3 comes again with what failed, the queue by itself.
  for (int second = 0; second < 60; second += 4) {
    std::erase_if(waiting, [this](const std::string& event) { return side_.Call("mail", event).ok(); });
    side_.Work();
    side_.clock.Advance(std::chrono::seconds(4));
  }
  EXPECT_THAT(waiting, ::testing::IsEmpty());
  moto().Throttle(0);
  Settle();
  const std::vector<std::string> tickets = New();
  ASSERT_THAT(tickets, SizeIs(kTickets));
  for (const std::string& id : tickets) {
    const json::value ticket = side_.Ticket(id);
    EXPECT_EQ(ticket.at("state"), "landed");
    EXPECT_EQ(Count(ticket.at("receipt").at("audit"), "landed"), 1);
    EXPECT_EQ(TimesSaid(id + "#card"), 1);
  }
  EXPECT_EQ(side_.Get("/api/v1/health").at("dead_letters"), 0);
}

}  // namespace
}  // namespace tr::way
