#pragma once
// The one thread that writes: it takes whatever waits, runs it in one transaction, and pays one fsync for all.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "local/futex_word.h"
#include "local/sqlite_database.h"

namespace tr::local {

// Changes of the kept counts, summed over a group and written once at its end.
class Tally {
 public:
  void AddTicket() { ++tickets_; }
  void AddLanded() { ++landed_; }
  void AddEntry(std::string_view team, int place, int change);

  // Where we are, and back to there: what a work that failed counted does not count.
  struct Mark {
    std::int64_t tickets;
    std::int64_t landed;
    std::size_t entries;
  };
  Mark Here() const { return {tickets_, landed_, entries_.size()}; }
  void BackTo(const Mark& mark);

  Result<void> Write(Database& database);
  void Clear() { BackTo({0, 0, 0}); }

 private:
  struct Entry {
    std::string team;
    int place;
    int change;
  };
  std::int64_t tickets_ = 0;
  std::int64_t landed_ = 0;
  std::vector<Entry> entries_;
};

// What a work sees of the writer: the connection inside its transaction.
class Session {
 public:
  explicit Session(Database& database) : database_(database) {}
  Database& database() { return database_; }
  Tally& tally() { return tally_; }

  // A number for a ticket that was never stored.
  Result<std::int64_t> NewNum();
  // Forgets what it knows of the file: another process may write between two groups.
  void Begin() { next_num_ = 0; }

 private:
  Database& database_;
  Tally tally_;
  std::int64_t next_num_ = 0;
};

// A reference to something callable; the callable must outlive the call.
class WorkRef {
 public:
  template <typename Callable>
    requires(!std::is_same_v<std::remove_cvref_t<Callable>, WorkRef>)
  WorkRef(Callable& callable)
      : callable_(&callable),
        call_([](void* object, Session& session) { return (*static_cast<Callable*>(object))(session); }) {}
  Result<void> operator()(Session& session) const { return call_(callable_, session); }

 private:
  void* callable_;
  Result<void> (*call_)(void*, Session&);
};

enum class Durability {
  kSynced,  // on the disk before Submit returns
  kSoon,    // survives the end of the process at once, a power cut after the next synced group
};

struct WriterFigures {
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> groups{0};
  std::atomic<std::uint64_t> synced{0};
  std::atomic<std::uint64_t> busy_micros{0};
  std::atomic<std::uint64_t> commit_micros{0};
};

// Thread-safe.
class Writer {
 public:
  // What the writer tells, on its own thread. An empty function: nobody wants to know.
  struct Watch {
    // After each commit that leaves more than so many pages in the log. 0: never, and the connection's own checkpoints
    // stay as they are.
    int pages = 0;
    std::function<void()> log_is_long;
    // Somebody else has committed since our last group, before anything of this group runs. REQUIRES: pages > 0.
    std::function<void()> others_wrote;
    // A posted work's fault, or its commit's.
    std::function<void(const Fault&)> post_failed;
  };
  // Takes over the connection and starts the thread.
  Writer(std::unique_ptr<Database> database, Watch watch);
  // Finishes what was submitted. REQUIRES: no Submit is running or to come.
  ~Writer();

  // Runs the work inside a transaction and returns its fault, or the commit's. All or nothing for this work alone,
  // whatever happens to its neighbours in the group. The work may be run again from the start after its changes were
  // rolled back, so it must not change anything but the database, the tally and its own result.
  Result<void> Submit(WorkRef work, Durability durability = Durability::kSynced);

  // As many synced Submits, in one group.
  std::vector<Result<void>> SubmitEach(std::span<const WorkRef> works);

  // As Submit with Durability::kSoon, but does not wait: the work owns what it needs, and runs before whatever is
  // submitted after it.
  void Post(std::function<Result<void>(Session&)> work);

  // Runs the work between two groups, outside of any transaction: for VACUUM and checkpoints.
  Result<void> SubmitAlone(WorkRef work);

  // Works that no group has taken yet.
  std::size_t waiting();

  // Nobody has written since our own last commit. False also where that cannot be known, and while we commit.
  bool IsOurs() const { return counter_ != nullptr && *counter_ == own_.load(std::memory_order_acquire); }

  const WriterFigures& figures() const { return figures_; }

 private:
  struct Request {
    WorkRef work;
    bool synced;
    bool alone;
    Result<void> result;
    bool posted = false;  // it is a Posted, and nobody waits for it
  };
  struct Posted : Request {
    explicit Posted(std::function<Result<void>(Session&)> todo)
        : Request{WorkRef(owned), false, false, Ok(), true}, owned(std::move(todo)) {}
    std::function<Result<void>(Session&)> owned;
  };

  std::uint32_t Put(std::span<Request* const> requests);
  void Wait(std::span<Request* const> requests);
  void EndPosted(const std::vector<Request*>& group);
  void Run();
  bool Take(std::vector<Request*>& group);
  void WakeWriter();
  void RunGroup(const std::vector<Request*>& group);
  bool RunTogether(const std::vector<Request*>& group);
  void RunByItself(Request& request);
  bool RunOne(Request& request);
  Result<void> Begin(bool synced);
  Result<void> Commit();
  void SeeOthers();
  void NoteCommit();
  static int OnCommit(void* writer, sqlite3*, const char*, int pages);
  void Rollback();

  std::unique_ptr<Database> database_;
  Session session_;
  bool synced_ = true;  // the connection's setting
  WriterFigures figures_;
  const Watch watch_;
  int log_pages_ = 0;     // after the last commit that changed something; the writer thread's
  bool changed_ = false;  // the commit changed something; the writer thread's
  const volatile std::uint32_t* counter_ = nullptr;  // Database::CommitCounter
  std::uint32_t begun_at_ = 0;                       // it, when the group began
  std::atomic<std::uint32_t> own_{0};                // it, after our last commit
  std::vector<Request*> together_;                   // the writer thread's
  std::uint32_t finished_ = 0;                       // the last group that is done

  std::mutex mutex_;
  std::vector<Request*> waiting_;
  std::uint32_t filling_ = 1;  // the group that `waiting_` will be
  bool stop_ = false;
  bool asleep_ = false;  // the writer thread: wake it
  FutexWord signal_;     // changes when it is to wake up
  // done_[g % 2] becomes g when group g is done. Two words, so that waking group g wakes nobody of group g + 1; a
  // caller of g + 2 cannot be waiting before g has been woken.
  FutexWord done_[2];
  std::thread thread_;
};

}  // namespace tr::local
