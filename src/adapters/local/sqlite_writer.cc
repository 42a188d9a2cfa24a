#include "local/sqlite_writer.h"

#include <pthread.h>

#include <array>
#include <chrono>

namespace tr::local {
namespace {

const SqlText kBegin("BEGIN IMMEDIATE");
const SqlText kCommit("COMMIT");
const SqlText kRollback("ROLLBACK");
const SqlText kLastKey("SELECT max(key) FROM tr_texts");
const SqlText kCount("UPDATE tr_counters SET n = n + ? WHERE name = ?");
const SqlText kCountEntries(
    "INSERT INTO tr_team_counts(team, place, n) VALUES(?, ?, ?) "
    "ON CONFLICT DO UPDATE SET n = n + excluded.n");

std::uint64_t MicrosSince(std::chrono::steady_clock::time_point began) {
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began).count());
}

}  // namespace

void Tally::AddEntry(std::string_view team, int place, int change) {
  entries_.push_back({std::string(team), place, change});
}

void Tally::BackTo(const Mark& mark) {
  tickets_ = mark.tickets;
  landed_ = mark.landed;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(mark.entries), entries_.end());
}

Result<void> Tally::Write(Database& database) {
  if (tickets_ != 0) TR_TRY(Query(database, kCount).Bind(tickets_).Bind("tickets").Run());
  if (landed_ != 0) TR_TRY(Query(database, kCount).Bind(landed_).Bind("landed").Run());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    int change = 0;
    for (std::size_t j = i; j < entries_.size(); ++j) {
      if (entries_[j].place != entries_[i].place || entries_[j].team != entries_[i].team) continue;
      change += entries_[j].change;
      entries_[j].change = 0;
    }
    if (change == 0) continue;
    TR_TRY(Query(database, kCountEntries).Bind(entries_[i].team).Bind(entries_[i].place).Bind(change).Run());
  }
  return Ok();
}

Result<std::int64_t> Session::NewNum() {
  if (next_num_ == 0) {
    Query query(database_, kLastKey);
    TR_ASSIGN(const bool found, query.Next());
    next_num_ = found ? (query.Int(0) >> 20) + 1 : 1;
  }
  return next_num_++;
}

Writer::Writer(std::unique_ptr<Database> database, Watch watch)
    : database_(std::move(database)), session_(*database_), watch_(std::move(watch)) {
  if (watch_.pages > 0) {
    // The hook takes the place of SQLite's own checkpoints.
    sqlite3_wal_hook(database_->handle(), OnCommit, this);
    counter_ = database_->CommitCounter();
    if (counter_ != nullptr) own_ = *counter_;
  }
  thread_ = std::thread([this] { Run(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  WakeWriter();
  thread_.join();
}

Result<void> Writer::Submit(WorkRef work, Durability durability) {
  Request request{work, durability == Durability::kSynced, false, Ok()};
  Wait(std::array{&request});
  return std::move(request.result);
}

Result<void> Writer::SubmitAlone(WorkRef work) {
  Request request{work, true, true, Ok()};
  Wait(std::array{&request});
  return std::move(request.result);
}

std::vector<Result<void>> Writer::SubmitEach(std::span<const WorkRef> works) {
  if (works.empty()) return {};
  std::vector<Request> requests;
  requests.reserve(works.size());
  std::vector<Request*> named;
  for (const WorkRef& work : works) named.push_back(&requests.emplace_back(Request{work, true, false, Ok()}));
  Wait(named);
  std::vector<Result<void>> results;
  for (Request& request : requests) results.push_back(std::move(request.result));
  return results;
}

void Writer::Post(std::function<Result<void>(Session&)> work) {
  Put(std::array<Request*, 1>{std::make_unique<Posted>(std::move(work)).release()});
}

// They are nobody's but ours.
void Writer::EndPosted(const std::vector<Request*>& group) {
  for (Request* request : group) {
    if (!request->posted) continue;
    const std::unique_ptr<Posted> posted(static_cast<Posted*>(request));
    if (!posted->result.ok() && watch_.post_failed) watch_.post_failed(posted->result.fault());
  }
}

std::size_t Writer::waiting() {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

// Which group they will be of.
std::uint32_t Writer::Put(std::span<Request* const> requests) {
  std::uint32_t group = 0;
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), requests.begin(), requests.end());
    group = filling_;
    wake = asleep_;
    asleep_ = false;
  }
  if (wake) WakeWriter();
  return group;
}

void Writer::Wait(std::span<Request* const> requests) {
  const std::uint32_t group = Put(requests);
  FutexWord& done = done_[group % 2];
  // The word may be further by now than our group: this thread may run long after it was woken.
  for (std::uint32_t seen = done.Load(); static_cast<std::int32_t>(seen - group) < 0; seen = done.Load()) {
    done.Wait(seen);
  }
}

void Writer::WakeWriter() {
  signal_.Advance();
  signal_.WakeAll();
}

void Writer::Run() {
  ::pthread_setname_np(::pthread_self(), "tr-writer");
  std::vector<Request*> group;
  while (Take(group)) {
    const auto began = std::chrono::steady_clock::now();
    RunGroup(group);
    figures_.requests.fetch_add(group.size(), std::memory_order_relaxed);
    figures_.busy_micros.fetch_add(MicrosSince(began), std::memory_order_relaxed);
    if (watch_.pages > 0 && log_pages_ > watch_.pages) watch_.log_is_long();
    EndPosted(group);
    // From here on the requests belong to their callers again.
    ++finished_;
    done_[finished_ % 2].Store(finished_);
    done_[finished_ % 2].WakeAll();
  }
}

// Waits for work. False: there is none and never will be.
bool Writer::Take(std::vector<Request*>& group) {
  group.clear();
  while (true) {
    const std::uint32_t seen = signal_.Load();
    {
      const std::lock_guard lock(mutex_);
      if (!waiting_.empty()) {
        group.swap(waiting_);
        ++filling_;
        return true;
      }
      if (stop_) return false;
      asleep_ = true;
    }
    signal_.Wait(seen);
  }
}

void Writer::RunGroup(const std::vector<Request*>& group) {
  together_.clear();
  for (Request* request : group) {
    if (!request->alone) together_.push_back(request);
  }
  if (!together_.empty() && !RunTogether(together_)) {
    for (Request* request : together_) RunByItself(*request);
  }
  for (Request* request : group) {
    if (request->alone) request->result = request->work(session_);
  }
}

// One transaction for all. A work that fails before it changed anything only fails itself, which is how nearly every
// conflict ends. False: one failed after a change; everything is rolled back and nobody has a result yet.
bool Writer::RunTogether(const std::vector<Request*>& group) {
  bool synced = false;
  for (const Request* request : group) synced = synced || request->synced;
  Result<void> begun = Begin(synced);
  for (std::size_t i = 0; begun.ok() && i < group.size(); ++i) {
    if (!RunOne(*group[i])) {
      Rollback();
      return false;
    }
  }
  const Result<void> committed = begun.ok() ? Commit() : begun;
  for (Request* request : group) {
    if (!committed.ok() && request->result.ok()) request->result = committed.fault();
  }
  return true;
}

// A transaction for one: what its neighbours would have lost by its failing it loses alone.
void Writer::RunByItself(Request& request) {
  request.result = Begin(request.synced);
  if (!request.result.ok()) return;
  if (!RunOne(request)) return Rollback();
  const Result<void> committed = Commit();
  if (request.result.ok()) request.result = committed;
}

// False: the work failed and had changed something, or SQLite rolled back.
bool Writer::RunOne(Request& request) {
  const std::int64_t changes = database_->total_changes();
  const Tally::Mark mark = session_.tally().Here();
  request.result = request.work(session_);
  if (request.result.ok()) return true;
  session_.tally().BackTo(mark);
  return database_->total_changes() == changes && database_->in_transaction();
}

Result<void> Writer::Begin(bool synced) {
  session_.Begin();
  if (synced != synced_) {
    TR_TRY(database_->Run(synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    synced_ = synced;
  }
  TR_TRY(Query(*database_, kBegin).Run());
  SeeOthers();
  return Ok();
}

// REQUIRES: the file is locked for writing, so that the counter stands still.
void Writer::SeeOthers() {
  if (counter_ == nullptr) return;
  begun_at_ = *counter_;
  if (begun_at_ != own_.load(std::memory_order_relaxed) && watch_.others_wrote) watch_.others_wrote();
  changed_ = false;
}

// The counter itself may be further by now: the lock is gone.
void Writer::NoteCommit() { own_.store(begun_at_ + (changed_ ? 1 : 0), std::memory_order_release); }

int Writer::OnCommit(void* writer, sqlite3*, const char*, int pages) {
  static_cast<Writer*>(writer)->log_pages_ = pages;
  static_cast<Writer*>(writer)->changed_ = true;
  return SQLITE_OK;
}

Result<void> Writer::Commit() {
  Result<void> result = session_.tally().Write(*database_);
  session_.tally().Clear();
  const auto began = std::chrono::steady_clock::now();
  if (result.ok()) result = Query(*database_, kCommit).Run();
  result.ok() ? NoteCommit() : Rollback();
  figures_.commit_micros.fetch_add(MicrosSince(began), std::memory_order_relaxed);
  figures_.groups.fetch_add(1, std::memory_order_relaxed);
  if (synced_) figures_.synced.fetch_add(1, std::memory_order_relaxed);
  return result;
}

void Writer::Rollback() {
  session_.tally().Clear();
  if (database_->in_transaction()) (void)Query(*database_, kRollback).Run().ok();
}

}  // namespace tr::local
