#include "pipeline/work.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace tr::pipeline {
namespace {

// A lease that cannot be settled runs out by itself, and its item comes again.
void Note(const Result<void>& settled, const queue::Lease& lease, Log& log) {
  if (settled) return;
  log.Warning("lease_not_settled", {{"ticket", lease.item.ticket}, {"trouble", settled.fault().text}});
}

// An item whose tries are over, but which cannot be buried either (no book, or a store that refuses), begins anew: its
// count says nothing of it any more, and a queue of AWS would bury it by that. Who dies between this and the
// acknowledgement leaves it there twice, to be worked once.
bool SendAnew(queue::Queue& queue, const queue::Lease& lease, Duration wait) {
  return lease.attempts >= queue::kMaxAttempts && queue.Send(lease.item, wait).ok();
}

}  // namespace

Result<int> WorkBatch(queue::Queue& queue, Process& process, const WorkOptions& options,
                      const std::function<void(std::vector<handoff::Outgoing>)>& deliver,
                      const std::function<double()>& chance, Log& log) {
  // A batch is committed when all of it has been read: nobody waits for another ticket's reading where that takes
  // seconds.
  const int batch = process.costly_reader() ? 1 : options.batch;
  TR_ASSIGN(const std::vector<queue::Lease> leases, queue.Receive(batch, options.visibility, options.wait));
  std::vector<std::string> done;
  std::vector<handoff::Outgoing> begun;
  std::vector<Processed> worked = process.Work(leases);
  for (std::size_t i = 0; i < leases.size(); ++i) {
    const queue::Lease& lease = leases[i];
    Processed& processed = worked[i];
    std::move(processed.begun.begin(), processed.begun.end(), std::back_inserter(begun));
    switch (processed.outcome) {
      case Outcome::kDone: done.push_back(lease.handle); break;
      case Outcome::kAgain: {
        const Duration wait =
            std::max(queue::Backoff(lease.attempts, chance()), processed.retry_after.value_or(Duration(0)));
        if (SendAnew(queue, lease, wait)) {
          done.push_back(lease.handle);
        } else {
          Note(queue.Release(lease.handle, wait), lease, log);
        }
        break;
      }
      case Outcome::kDead: Note(queue.Bury(lease.handle, processed.reason), lease, log); break;
    }
  }
  if (!begun.empty()) deliver(std::move(begun));
  if (!done.empty()) {
    if (const Result<void> acknowledged = queue.Acknowledge(done); !acknowledged) {
      log.Warning("batch_not_acknowledged",
                  {{"items", static_cast<int>(done.size())}, {"trouble", acknowledged.fault().text}});
    }
  }
  return static_cast<int>(leases.size());
}

}  // namespace tr::pipeline
