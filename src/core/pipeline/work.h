#pragma once
// The worker: takes items from the queue, has them processed, and settles each lease. Acknowledgement comes last.

#include <functional>
#include <vector>

#include "pipeline/process.h"
#include "queue/queue.h"

namespace tr::pipeline {

struct WorkOptions {
  int batch = 32;                                 // 1 to 64
  Duration visibility = std::chrono::minutes(2);  // longer than the slowest reader takes for a batch
  Duration wait = std::chrono::seconds(1);        // for the first item
};

// Receives one batch (one item where the reader is costly) and works it. `deliver` gets what the landings began, before
// the items are acknowledged, and may hand it to another thread; `chance` gives 0 to 1. Returns how many items there
// were. kTransient: the queue did not answer.
Result<int> WorkBatch(queue::Queue& queue, Process& process, const WorkOptions& options,
                      const std::function<void(std::vector<handoff::Outgoing>)>& deliver,
                      const std::function<double()>& chance, Log& log);

}  // namespace tr::pipeline
