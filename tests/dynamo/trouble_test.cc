// DynamoDB in trouble: calls that are refused, calls that fail before and after they did their work. Nothing is lost
// and nothing is done twice.

#include <mutex>
#include <random>

#include "contract/store_contract.h"
#include "dynamo/dynamo_here.h"
#include "dynamo/memory_blobs.h"
#include "net/http_client.h"
#include "net/raw_client.h"

namespace tr::aws {
namespace {

using contract::Must;
using contract::Outcome;
using testing::LandedTicket;
using testing::SampleId;
using ::testing::SizeIs;
using testing::StepOfNew;

enum class Trouble { kNone, kRefused, kLost };

// Stands before the real one, and spoils what the test says.
class Spoiler {
 public:
  // By the number of the call, from 1.
  using Plan = std::function<Trouble(int call)>;
  Spoiler() : server_([this](const net::HttpRequest& request) { return Handle(request); }) {}

  std::string url() { return "http://127.0.0.1:" + std::to_string(server_.port()); }
  void Set(Plan plan) {
    const std::lock_guard lock(mutex_);
    plan_ = std::move(plan);
    calls_ = spoiled_ = 0;
  }
  int calls() const { return calls_; }
  int spoiled() const { return spoiled_; }

 private:
  net::HttpResponse Handle(const net::HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    const Trouble trouble = plan_ ? plan_(++calls_) : Trouble::kNone;
    spoiled_ += trouble == Trouble::kNone ? 0 : 1;
    net::HttpResponse refused;
    refused.status = trouble == Trouble::kLost ? 500 : 400;
    refused.body = trouble == Trouble::kLost
                       ? R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"})"
                       : R"({"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"})";
    if (trouble == Trouble::kRefused) return refused;
    net::ClientRequest call;
    call.method = "POST";
    call.url = std::string(Variable(HereEnvironment(), "AWS_ENDPOINT_URL_DYNAMODB")) + "/";
    for (const char* name : {"Content-Type", "X-Amz-Target", "X-Amz-Date", "Authorization"}) {
      call.headers.Set(name, std::string(request.headers.Get(name)));
    }
    call.body = request.body;
    Result<net::HttpResponse> answer = client_.Send(call);
    if (!answer || trouble == Trouble::kLost) return refused;
    return *std::move(answer);
  }

  std::mutex mutex_;
  Plan plan_;
  int calls_ = 0;
  int spoiled_ = 0;
  net::HttpClient client_;
  net::TestServer server_;
};

class DynamoTrouble : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Variable(HereEnvironment(), "AWS_ENDPOINT_URL_DYNAMODB").empty()) {
      GTEST_SKIP() << "signatures are checked here, which name the host";
    }
    client_.emplace(ThroughSpoiler());
    store_.emplace(client_->client(), blobs_, clock_, tables_.prefix());
  }

  // What a worker does: stores a ticket under a key, lands it with its card, looks again where it is in doubt. At most
  // 40 tries, each of which may be refused.
  void StoreAndLand(int n) {
    const Time at = clock_.Now();
    const std::string id = SampleId(at, n);
    store::Step gate = StepOfNew(testing::SampleTicket(id, at));
    gate.keys = {{"message:" + id, id, at + std::chrono::hours(1)}};
    gate.threads = {{id + "@mail", id, at + std::chrono::hours(1)}};
    for (int i = 0; i < 40; ++i) {
      const auto there = store_->lookups().ByKey("message:" + id, at);
      if (there && *there) break;
      (void)store_->ledger().Commit(gate, at).ok();
    }
    for (int i = 0; i < 40; ++i) {
      const Result<Ticket> before = store_->tickets().Get(id);
      if (!before) continue;
      if (before->state == State::kLanded) break;
      Ticket after = *before;
      after.state = State::kLanded;
      after.team = "Billing";
      after.landed_at = at;
      store::Step land;
      land.keys = {{"land:" + id, id, at + std::chrono::hours(1)}};
      land.deliveries = {{std::nullopt, testing::SampleDelivery(after, at)}};
      land.audit = {{id, after.version + 1, at, "router", "landed", "{}"}};
      store::AddTicket(land, *before, after);
      (void)store_->ledger().Commit(land, at).ok();
    }
  }

  void ExpectLandedOnce(int n) {
    spoiler_.Set({});
    const std::string id = SampleId(clock_.Now(), n);
    const Ticket ticket = Must(store_->tickets().Get(id));
    EXPECT_EQ(ticket.state, State::kLanded);
    EXPECT_EQ(ticket.version, 2);
    EXPECT_THAT(Must(store_->audit().OfTicket(id)), SizeIs(2)) << "received, landed";
    EXPECT_THAT(Must(store_->deliveries().OfTicket(id)), SizeIs(1));
    EXPECT_EQ(Must(store_->lookups().ByThread({id + "@mail"}, clock_.Now())), id);
  }

  Environment ThroughSpoiler() {
    Environment environment = HereEnvironment();
    environment["AWS_ENDPOINT_URL_DYNAMODB"] = spoiler_.url();
    return environment;
  }

  FreshTables tables_;
  MemoryBlobs blobs_;
  testing::ManualClock clock_;
  Spoiler spoiler_;
  std::optional<HereClient> client_;
  std::optional<DynamoStore> store_;
};

TEST_F(DynamoTrouble, OfATableThatRefusesThirtyInAHundredAllLand) {
  std::mt19937 random{7};
  spoiler_.Set([&random](int) { return random() % 100 < 30 ? Trouble::kRefused : Trouble::kNone; });
  constexpr int kTickets = 30;
  for (int n = 1; n <= kTickets; ++n) StoreAndLand(n);
  EXPECT_GT(spoiler_.spoiled(), spoiler_.calls() / 5);
  for (int n = 1; n <= kTickets; ++n) ExpectLandedOnce(n);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 100)).tickets, SizeIs(kTickets));
}

TEST_F(DynamoTrouble, WhicheverCallFailsNothingIsLostOrDoubled) {
  int n = 0;
  for (const Trouble trouble : {Trouble::kRefused, Trouble::kLost}) {
    for (int failing = 1;; ++failing) {
      SCOPED_TRACE(failing);
      store_.emplace(client_->client(), blobs_, clock_, tables_.prefix());  // a process that knows no names yet
      spoiler_.Set([=](int call) { return call == failing ? trouble : Trouble::kNone; });
      StoreAndLand(++n);
      const bool spoiled = spoiler_.spoiled() > 0;
      ExpectLandedOnce(n);
      if (!spoiled) break;
    }
  }
  EXPECT_GT(n, 12);
  EXPECT_THAT(Must(store_->queues().List("Billing", "", 200)).tickets, SizeIs(n));
}

TEST_F(DynamoTrouble, WhatWasUsedIsAddedOnceThoughTheAnswerIsLost) {
  HereClient patient(ThroughSpoiler(), [](int round) { return round < 3; });
  DynamoStore store(patient.client(), blobs_, clock_, tables_.prefix());
  const store::Used used{1, 800, 60, 1100};
  for (const auto& [times, limit] : {std::pair{1, std::optional<std::int64_t>(1100)}, {2, std::nullopt}}) {
    spoiler_.Set([](int call) { return call == 1 ? Trouble::kLost : Trouble::kNone; });
    EXPECT_EQ(Outcome(store.usage().Add("2026-12", used, limit)), "ok");
    EXPECT_EQ(spoiler_.spoiled(), 1);
    EXPECT_EQ(Must(store.usage().OfMonth("2026-12")).cost_micros, times * used.cost_micros);
  }
}

TEST_F(DynamoTrouble, WhatIsLoadedIsNoConflictWithItselfWhenTheAnswerIsLost) {
  HereClient patient(ThroughSpoiler(), [](int round) { return round < 3; });
  DynamoStore store(patient.client(), blobs_, clock_, tables_.prefix());
  store::Step step;
  step.tickets = {{0, testing::SampleTicket(SampleId(clock_.Now(), 1), clock_.Now())}};
  spoiler_.Set([](int call) { return call == 1 ? Trouble::kLost : Trouble::kNone; });
  EXPECT_EQ(Outcome(store.dump().Load(step)), "ok");
  EXPECT_EQ(spoiler_.spoiled(), 1);
}

TEST_F(DynamoTrouble, LongTextsOfATicketThatNeverCameToBeAreCleanedUp) {
  const Time at = clock_.Now();
  const auto gate = [&](int n) {
    store::Step step = StepOfNew(testing::SampleTicket(SampleId(at, n), at));
    step.messages[0].text = std::string(200'000, 'x');
    return step;
  };
  constexpr int kTransaction = 2;  // after the row of what is in the bucket
  spoiler_.Set([](int call) { return call == kTransaction ? Trouble::kRefused : Trouble::kNone; });
  EXPECT_EQ(Outcome(store_->ledger().Commit(gate(1), at)), "transient");
  spoiler_.Set([](int call) { return call == kTransaction ? Trouble::kLost : Trouble::kNone; });
  EXPECT_EQ(Outcome(store_->ledger().Commit(gate(2), at)), "transient") << "it was stored, and nobody knows";
  spoiler_.Set({});
  EXPECT_EQ(Outcome(store_->tickets().Get(SampleId(at, 1))), "not_found");
  Must(store_->ledger().Commit(gate(3), at));
  EXPECT_EQ(blobs_.size(), 3U);

  Must(store_->eraser().Vacuum(at, at));
  EXPECT_EQ(blobs_.size(), 3U) << "it may be on its way";
  Must(store_->eraser().Vacuum(at, at + std::chrono::hours(25)));
  EXPECT_EQ(blobs_.size(), 2U);
  EXPECT_EQ(Must(store_->tickets().Messages(SampleId(at, 2)))[0].text.size(), 200'000U);
  for (int n : {2, 3}) Must(store_->eraser().Forget(SampleId(at, n), at));
  EXPECT_EQ(blobs_.size(), 0U);
}

TEST_F(DynamoTrouble, AReplyBetweenAnyTwoCallsOfARetentionKeepsItsWords) {
  DynamoStore beside(Here().client(), blobs_, clock_, tables_.prefix());
  const auto reply = [&](const std::string& id) {
    const Ticket before = Must(beside.tickets().Get(id));
    Ticket after = before;
    after.touched_at = clock_.Now() + std::chrono::hours(1);
    after.messages = 2;
    after.text_removed = false;
    store::Step step;
    step.messages = {testing::SampleMessage(after, 2)};
    store::AddTicket(step, before, after);
    Must(beside.ledger().Commit(step, clock_.Now()));
  };
  const Time later = clock_.Now() + std::chrono::minutes(1);
  int call = 1;
  for (bool came = true; came; ++call) {
    SCOPED_TRACE(call);
    const std::string id = SampleId(clock_.Now(), call);
    Ticket ticket = testing::SampleTicket(id, clock_.Now());
    ticket.state = State::kDone;
    Must(beside.ledger().Commit(StepOfNew(ticket), clock_.Now()));
    came = false;
    spoiler_.Set([&, call](int now) {
      if (now == call) reply(id);
      came = came || now == call;
      return Trouble::kNone;
    });
    const bool erased = Must(store_->eraser().EraseExpired(id, later, later));
    EXPECT_EQ(erased, !came);
    const std::vector<Message> messages = Must(beside.tickets().Messages(id));
    EXPECT_EQ(messages.back().text, came ? "Where is my parcel?" : "");
    EXPECT_EQ(Must(beside.tickets().Get(id)).text_removed, !came);
  }
  EXPECT_GT(call, 8);
}

TEST_F(DynamoTrouble, AThrottledCallIsTransientAndAnEraserGoesOnWhereItStopped) {
  StoreAndLand(1);
  const std::string id = SampleId(clock_.Now(), 1);
  for (int failing = 1;; ++failing) {
    spoiler_.Set([=](int call) { return call == failing ? Trouble::kRefused : Trouble::kNone; });
    const auto erased = store_->eraser().Forget(id, clock_.Now());
    if (spoiler_.spoiled() == 0) break;
    EXPECT_EQ(Outcome(erased), "transient") << failing;
  }
  EXPECT_EQ(Must(store_->tickets().Get(id)).customer.address, "");
  EXPECT_EQ(Must(store_->tickets().Messages(id))[0].text, "");
  EXPECT_EQ(Must(store_->lookups().ByThread({id + "@mail"}, clock_.Now())), std::nullopt);
}

}  // namespace
}  // namespace tr::aws
