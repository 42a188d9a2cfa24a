#pragma once
// How an item travels through SQS: its message's body, and a lease's handle that needs no memory of ours.

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "queue/queue.h"

namespace tr::aws {

// {"ticket":"01J…","message":2}: ids only.
std::string SpellItem(const queue::Item& item);
// Nothing: another program's message.
std::optional<queue::Item> ReadItem(std::string_view body);

// What a worker must show to do something to the item that it holds. In clear, because the worker may be another
// process than the one that received it, and because SQS would take a late receipt for a good one.
struct Handle {
  Time until{};  // from then on the item may be another worker's
  int attempts = 1;
  queue::Item item;
  std::string receipt;
};
std::string SpellHandle(const Handle& handle);
// Nothing: no handle of ours.
std::optional<Handle> ReadHandle(std::string_view text);

// A message of the dead letters' queue: the item, its reason and how often it was tried.
std::string SpellLetter(const queue::Item& item, std::string_view reason, int attempts);

}  // namespace tr::aws
