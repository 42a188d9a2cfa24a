#pragma once
// The threads that work the queue.

#include <thread>
#include <vector>

#include "wiring/app.h"

namespace tr::server {

class Workers {
 public:
  Workers(wiring::App& app, std::function<double()> chance) : app_(app), chance_(std::move(chance)) {}
  ~Workers() { Stop(); }

  void Start(int threads);
  // Each finishes the batch that it holds. Returns when all have ended.
  void Stop();

 private:
  void Run(const std::stop_token& stop);

  wiring::App& app_;
  std::function<double()> chance_;
  std::vector<std::jthread> threads_;
};

}  // namespace tr::server
