// The contracts of the queue, the shelf and the source of rules, run on SQS and S3 as moto plays them.
// Started by on_moto.py, which names the emulator in the environment; the rest is kept in memory, as it belongs to
// another adapter.

#include <boost/json/serialize.hpp>
#include <mutex>

#include "aws/moto.h"
#include "aws/s3_rule_shelf.h"
#include "aws/s3_rule_source.h"
#include "aws/sqs_dead_letters.h"
#include "aws/sqs_queue.h"
#include "contract/rule_source_contract.h"
#include "contract/store_contract.h"
#include "testing/memory_store.h"
#include "ticket/json.h"

namespace tr::contract {
namespace {

// Tells the emulator the test's time before each call.
class InStep final : public queue::Queue, public queue::DeadLetters {
 public:
  InStep(Moto& moto, const Clock& clock)
      : moto_(moto), clock_(clock), urls_{moto.MakeQueue("-intake"), moto.MakeQueue("-dead")} {
    moto_.SetClock(told_ = clock_.Now(), true);
  }
  Result<void> Send(const queue::Item& item, Duration delay) override { return Tell().Send(item, delay); }
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override {
    return Tell().Receive(max, visibility, wait);
  }
  Result<void> Acknowledge(const std::vector<std::string>& handles) override { return Tell().Acknowledge(handles); }
  Result<void> Release(const std::string& handle, Duration delay) override { return Tell().Release(handle, delay); }
  Result<void> Bury(const std::string& handle, const std::string& reason) override {
    return Tell().Bury(handle, reason);
  }
  Result<std::vector<queue::DeadLetter>> List(int limit) override { return Tell(), letters_.List(limit); }
  Result<void> Redrive(const std::string& id) override { return Tell(), letters_.Redrive(id); }

 private:
  queue::Queue& Tell() {
    const std::lock_guard lock(mutex_);
    if (const Time now = clock_.Now(); told_ != now) moto_.SetClock(told_ = now, false);
    return queue_;
  }

  Moto& moto_;
  const Clock& clock_;
  const aws::QueueUrls urls_;
  aws::SqsQueue queue_{*moto_.sqs, urls_, clock_};
  aws::SqsDeadLetters letters_{*moto_.sqs, urls_};
  std::mutex mutex_;
  Time told_{};
};

class MotoUnderTest : public StoreUnderTest {
 public:
  store::Ledger& ledger() override { return memory_.ledger(); }
  store::Tickets& tickets() override { return memory_.tickets(); }
  store::Lookups& lookups() override { return memory_.lookups(); }
  store::Queues& queues() override { return memory_.queues(); }
  store::Deliveries& deliveries() override { return memory_.deliveries(); }
  store::Corrections& corrections() override { return memory_.corrections(); }
  store::Audit& audit() override { return memory_.audit(); }
  store::Originals& originals() override { return memory_.originals(); }
  store::People& people() override { return memory_.people(); }
  store::Eraser& eraser() override { return memory_.eraser(); }
  store::Dump& dump() override { return memory_.dump(); }
  rules::RuleShelf& shelf() override { return shelf_; }
  queue::Queue& queue() override { return queue_; }
  queue::DeadLetters& dead_letters() override { return queue_; }
  Duration tick() const override { return std::chrono::seconds(1); }

 private:
  Moto moto_{clock};
  const std::string bucket_ = moto_.MakeBucket();
  testing::MemoryStore memory_;
  aws::S3RuleShelf shelf_{*moto_.s3, bucket_};
  InStep queue_{moto_, clock};
};

std::unique_ptr<StoreUnderTest> MakeMoto() { return std::make_unique<MotoUnderTest>(); }

INSTANTIATE_TEST_SUITE_P(Moto, QueueContract, ::testing::Values(&MakeMoto));
INSTANTIATE_TEST_SUITE_P(Moto, ShelfContract, ::testing::Values(&MakeMoto));

class S3Place : public RuleSourceUnderTest {
 public:
  rules::RuleSource& source() override { return source_; }
  void Lay(const rules::RuleFiles& files) override { Must(source_.Write(files)); }
  void Remove(Piece piece) override {
    auto pieces = ParseJson((*Must(bucket_.Get("pieces.json"))).bytes);
    pieces->as_object().erase(piece == Piece::kTopics ? "topics" : piece == Piece::kTeams ? "teams" : "rules");
    Must(bucket_.Put("pieces.json", boost::json::serialize(*pieces), "application/json", {}));
  }

 private:
  testing::ManualClock clock_;
  Moto moto_{clock_};
  const std::string name_ = moto_.MakeBucket();
  aws::S3Bucket bucket_{*moto_.s3, name_};
  aws::S3RuleSource source_{*moto_.s3, name_};
};

std::unique_ptr<RuleSourceUnderTest> MakeS3Place() { return std::make_unique<S3Place>(); }

INSTANTIATE_TEST_SUITE_P(S3, RuleSourceContract, ::testing::Values(&MakeS3Place));

}  // namespace
}  // namespace tr::contract
