#pragma once
// Channels that say nothing to anybody and remember what they were asked to say.

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "handoff/channel.h"

namespace tr::testing {

class FakeChannel : public handoff::Channel {
 public:
  // Refuses an empty address (kInvalid); else gives "ref-1", "ref-2", … or the next fault that was ordered.
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override;

  // The next `times` posts fail before anything is said; orders queue up behind one another.
  void FailNext(Fault fault, int times = 1);
  // The next post is said, and its answer lost.
  void LoseNextAnswer();
  // Every post fails until Mend().
  void Break(Fault fault);
  void Mend();

  // What was said, in order; a notice that was said twice stands there twice.
  std::vector<handoff::Notice> said() const;
  // How often Post was called, failed calls included.
  int calls() const;
  // Waits until at least `count` notices were said; false when `patience` ran out.
  bool WaitUntilSaid(std::size_t count, Duration patience = std::chrono::seconds(10)) const;

 private:
  struct Order {
    Fault fault;
    bool after = false;  // the notice is said all the same
  };
  std::optional<Order> NextOrder();  // REQUIRES: mutex_ is held

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::deque<Order> orders_;
  std::optional<Fault> broken_;
  std::vector<handoff::Notice> said_;
  int calls_ = 0;
};

// Finds channels by kind among those that were added.
class FakeChannels : public handoff::Channels {
 public:
  // REQUIRES: called before anybody else knows this object; the channel outlives it.
  void Add(const std::string& kind, handoff::Channel& channel) { channels_[kind] = &channel; }

  handoff::Channel* Find(const std::string& kind) override {
    const auto found = channels_.find(kind);
    return found == channels_.end() ? nullptr : found->second;
  }

 private:
  std::map<std::string, handoff::Channel*> channels_;
};

}  // namespace tr::testing
