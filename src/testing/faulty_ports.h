#pragma once
// The queue, the channels, the reader and the rules' ports, failing by a plan. Each decorator needs the port and the
// plan to outlive it.

#include <string>
#include <utility>
#include <vector>

#include "handoff/channel.h"
#include "queue/queue.h"
#include "read/reader.h"
#include "rules/shelf.h"
#include "testing/fault_plan.h"

namespace tr::testing {

class FaultyQueue : public queue::Queue {
 public:
  FaultyQueue(queue::Queue& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<void> Send(const queue::Item& item, Duration delay) override {
    return plan_.Through("Queue.Send", [&] { return inner_.Send(item, delay); });
  }
  Result<std::vector<queue::Lease>> Receive(int max, Duration visibility, Duration wait) override {
    return plan_.Through("Queue.Receive", [&] { return inner_.Receive(max, visibility, wait); });
  }
  Result<void> Acknowledge(const std::vector<std::string>& handles) override {
    return plan_.Through("Queue.Acknowledge", [&] { return inner_.Acknowledge(handles); });
  }
  Result<void> Release(const std::string& handle, Duration delay) override {
    return plan_.Through("Queue.Release", [&] { return inner_.Release(handle, delay); });
  }
  Result<void> Bury(const std::string& handle, const std::string& reason) override {
    return plan_.Through("Queue.Bury", [&] { return inner_.Bury(handle, reason); });
  }

 private:
  queue::Queue& inner_;
  FaultPlan& plan_;
};

class FaultyDeadLetters : public queue::DeadLetters {
 public:
  FaultyDeadLetters(queue::DeadLetters& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<std::vector<queue::DeadLetter>> List(int limit) override {
    return plan_.Through("DeadLetters.List", [&] { return inner_.List(limit); });
  }
  Result<void> Redrive(const std::string& id) override {
    return plan_.Through("DeadLetters.Redrive", [&] { return inner_.Redrive(id); });
  }

 private:
  queue::DeadLetters& inner_;
  FaultPlan& plan_;
};

class FaultyChannel : public handoff::Channel {
 public:
  FaultyChannel(handoff::Channel& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<std::string> Post(const handoff::Notice& notice, const Call& call) override {
    return plan_.Through("Channel.Post", [&] { return inner_.Post(notice, call); });
  }

 private:
  handoff::Channel& inner_;
  FaultPlan& plan_;
};

class FaultyReader : public read::Reader {
 public:
  FaultyReader(read::Reader& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<Reading> Read(const read::Text& text, const rules::RuleBook& book, const Call& call) override {
    return plan_.Through("Reader.Read", [&] { return inner_.Read(text, book, call); });
  }

 private:
  read::Reader& inner_;
  FaultPlan& plan_;
};

class FaultyRuleSource : public rules::RuleSource {
 public:
  FaultyRuleSource(rules::RuleSource& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<rules::RuleFiles> Load() override {
    return plan_.Through("RuleSource.Load", [&] { return inner_.Load(); });
  }

 private:
  rules::RuleSource& inner_;
  FaultPlan& plan_;
};

class FaultyRuleShelf : public rules::RuleShelf {
 public:
  FaultyRuleShelf(rules::RuleShelf& inner, FaultPlan& plan) : inner_(inner), plan_(plan) {}
  Result<int> Keep(const rules::RuleFiles& files, int expected, const std::string& who, const std::string& difference,
                   Time now) override {
    return plan_.Through("RuleShelf.Keep", [&] { return inner_.Keep(files, expected, who, difference, now); });
  }
  Result<std::vector<rules::Version>> History() override {
    return plan_.Through("RuleShelf.History", [&] { return inner_.History(); });
  }
  Result<std::pair<rules::Version, rules::RuleFiles>> Get(int number) override {
    return plan_.Through("RuleShelf.Get", [&] { return inner_.Get(number); });
  }
  Result<std::string> AnnouncedTrouble() override {
    return plan_.Through("RuleShelf.AnnouncedTrouble", [&] { return inner_.AnnouncedTrouble(); });
  }
  Result<void> SetAnnouncedTrouble(const std::string& digest) override {
    return plan_.Through("RuleShelf.SetAnnouncedTrouble", [&] { return inner_.SetAnnouncedTrouble(digest); });
  }

 private:
  rules::RuleShelf& inner_;
  FaultPlan& plan_;
};

}  // namespace tr::testing
