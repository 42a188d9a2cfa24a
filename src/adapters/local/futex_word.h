#pragma once
// A number that threads wait on. (std::atomic::wait of GCC 12 yields the processor many times before it sleeps, and
// puts every waiter of the program to sleep on a few words that they share.)

#include <atomic>
#include <cstdint>

namespace tr::local {

class FutexWord {
 public:
  std::uint32_t Load() const { return value_.load(std::memory_order_acquire); }
  void Store(std::uint32_t value) { value_.store(value, std::memory_order_release); }
  // The next number. Two threads that advance it at the same time advance it twice: it never goes back to one that a
  // sleeper has seen.
  void Advance() { value_.fetch_add(1, std::memory_order_acq_rel); }

  // Sleeps while the number is `seen`; may return earlier for no reason.
  void Wait(std::uint32_t seen);
  // Wakes those who sleep. The word may be gone by then only if nobody waits on it.
  void WakeAll();

 private:
  std::atomic<std::uint32_t> value_{0};
  static_assert(sizeof(std::atomic<std::uint32_t>) == 4, "the kernel waits on four bytes");
};

}  // namespace tr::local
