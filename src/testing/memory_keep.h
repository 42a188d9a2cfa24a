#pragma once
// The small ports, in memory: raw mail, who may come in, and what takes words away.

#include "testing/counting_ids.h"
#include "testing/memory_data.h"

namespace tr::testing {

class MemoryOriginals : public store::Originals {
 public:
  explicit MemoryOriginals(MemoryData& data) : data_(data) {}
  Result<void> Put(const std::string& key, std::string_view bytes, Time now) override;
  Result<std::string> Get(const std::string& key) override;

 private:
  MemoryData& data_;
};

class MemoryPeople : public store::People {
 public:
  explicit MemoryPeople(MemoryData& data) : data_(data) {}
  Result<void> Put(const store::Access& access) override;
  Result<std::optional<store::Access>> Find(const std::string& digest, Time now) override;
  Result<std::vector<store::Access>> List() override;
  Result<void> Remove(const std::string& digest) override;

 private:
  MemoryData& data_;
};

// An erased ticket gets a new version, so that a step planned before cannot bring its words back.
class MemoryEraser : public store::Eraser {
 public:
  explicit MemoryEraser(MemoryData& data) : data_(data) {}
  Result<bool> EraseExpired(const std::string& ticket, Time before, Time now) override;
  Result<void> Forget(const std::string& ticket, Time now) override;
  Result<std::vector<std::string>> Expired(Time before, int limit) override;
  Result<void> Vacuum(Time before, Time now) override;

 private:
  void Erase(Ticket& ticket, bool identity, Time now);
  void EraseTexts(Ticket& ticket, bool identity);
  bool OthersName(const std::string& original, const std::string& ticket) const;
  void EraseIdentity(Ticket& ticket);
  void EraseExamples(const std::string& ticket, Time now);

  MemoryData& data_;
  CountingIds ids_;
};

}  // namespace tr::testing
