#include "local/sqlite_queue.h"

#include <algorithm>

#include "local/sqlite_codec.h"

namespace tr::local {
namespace {

using std::chrono::steady_clock;

const SqlText kSend(
    "INSERT OR IGNORE INTO tr_queue(visible_at, ticket, message, attempts, sent_at) VALUES(?, ?, ?, ?, ?)");
const SqlText kVisible(
    "SELECT visible_at, ticket, message, attempts, sent_at FROM tr_queue WHERE visible_at <= ? "
    "ORDER BY visible_at, ticket, message LIMIT ?");
const SqlText kMove(
    "UPDATE OR REPLACE tr_queue SET visible_at = ?, attempts = ? WHERE visible_at = ? AND ticket = ? AND message = ?");
const SqlText kRemove("DELETE FROM tr_queue WHERE visible_at = ? AND ticket = ? AND message = ?");
const SqlText kDelay(
    "UPDATE OR REPLACE tr_queue SET visible_at = ? WHERE visible_at = ? AND ticket = ? AND message = ?");
const SqlText kNext("SELECT min(visible_at) FROM tr_queue");
const SqlText kBury(
    "INSERT INTO tr_dead(ticket, message, reason, attempts, buried_at) SELECT ticket, message, ?, attempts, ? "
    "FROM tr_queue WHERE visible_at = ? AND ticket = ? AND message = ?");

constexpr int kMaxBatch = 64;  // queue/queue.h, Queue::Receive
// How soon an item that another process sent is seen by one who waits.
constexpr auto kLook = std::chrono::milliseconds(100);

// A handle is the row's key at the time of the lease.
struct Handle {
  Time visible_at{};
  std::string_view ticket;
  std::int64_t message = 0;
};

std::string WriteHandle(Time visible_at, const queue::Item& item) {
  std::string handle;
  AppendField(handle, ToMillis(visible_at));
  AppendField(handle, item.message);
  AppendField(handle, item.ticket);
  return handle;
}

// Nothing for a handle that nobody gave, or whose time-out has passed.
std::optional<Handle> ReadHandle(std::string_view text, Time now) {
  FieldReader fields(text);
  Handle handle;
  handle.visible_at = FromMillis(fields.Int());
  handle.message = fields.Int();
  handle.ticket = fields.Text();
  if (fields.damaged() || handle.visible_at <= now) return std::nullopt;
  return handle;
}

void BindHandle(Query& query, const Handle& handle) {
  query.Bind(handle.visible_at).Bind(handle.ticket).Bind(handle.message);
}

// The visible items, as they are before they are taken.
Result<std::vector<std::pair<Time, queue::Lease>>> Visible(Database& database, Time now, int max) {
  std::vector<std::pair<Time, queue::Lease>> items;
  Query query(database, kVisible);
  query.Bind(now).Bind(max);
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return items;
    queue::Lease lease;
    lease.item = {query.Text(1), static_cast<int>(query.Int(2))};
    lease.attempts = static_cast<int>(query.Int(3)) + 1;
    lease.sent_at = query.At(4);
    items.emplace_back(query.At(0), std::move(lease));
  }
}

}  // namespace

std::uint64_t Bell::Heard() {
  const std::lock_guard lock(mutex_);
  return rings_;
}

void Bell::Ring() {
  {
    const std::lock_guard lock(mutex_);
    ++rings_;
    if (waiting_ == 0) return;
  }
  rung_.notify_one();
}

bool Bell::Wait(std::uint64_t heard, steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  const bool rang = rung_.wait_until(lock, until, [&] { return rings_ != heard; });
  --waiting_;
  return rang;
}

// Not waited for: dying before it is written leaves a message that the ledger holds and nobody has queued, as dying
// before this call does; the start of `serve` and the sweeper find it.
Result<void> SqliteQueue::Send(const queue::Item& item, Duration delay) {
  writer_.Post([item, delay, now = clock_.Now()](Session& session) -> Result<void> {
    // A twin that is held under the same key would take this item with it when it is acknowledged: then a little later.
    for (Time visible_at = now + delay;; visible_at += Duration(1)) {
      const std::int64_t changes = session.database().total_changes();
      Query query(session.database(), kSend);
      TR_TRY(query.Bind(visible_at).Bind(item.ticket).Bind(item.message).Bind(0).Bind(now).Run());
      if (session.database().total_changes() != changes) return Ok();
    }
  });
  bell_.Ring();
  return Ok();
}

Result<std::vector<queue::Lease>> SqliteQueue::Receive(int max, Duration visibility, Duration wait) {
  const auto until = steady_clock::now() + wait;
  while (true) {
    const std::uint64_t heard = bell_.Heard();
    TR_ASSIGN(std::vector<queue::Lease> leases, Take(std::clamp(max, 1, kMaxBatch), visibility));
    if (!leases.empty() || steady_clock::now() >= until) return leases;
    TR_TRY(WaitForItem(heard, until));
  }
}

// Not synced: if the power fails, the lease was never given, and the item comes again as it would have anyway.
Result<std::vector<queue::Lease>> SqliteQueue::Take(int max, Duration visibility) {
  const Time now = clock_.Now();
  const Time hidden_until = now + visibility;
  std::vector<queue::Lease> leases;
  auto work = [&](Session& session) -> Result<void> {
    leases.clear();
    TR_ASSIGN(auto items, Visible(session.database(), now, max));
    for (auto& [visible_at, lease] : items) {
      Query query(session.database(), kMove);
      query.Bind(hidden_until).Bind(lease.attempts).Bind(visible_at).Bind(lease.item.ticket).Bind(lease.item.message);
      TR_TRY(query.Run());
      lease.handle = WriteHandle(hidden_until, lease.item);
      leases.push_back(std::move(lease));
    }
    return Ok();
  };
  TR_TRY(writer_.Submit(work, Durability::kSoon));
  return leases;
}

Result<void> SqliteQueue::WaitForItem(std::uint64_t heard, steady_clock::time_point until) {
  while (steady_clock::now() < until) {
    TR_ASSIGN(const std::optional<Time> next, NextVisible());
    const Time now = clock_.Now();
    if (next && *next <= now) return Ok();
    auto look = std::min<steady_clock::time_point>(until, steady_clock::now() + kLook);
    if (next) look = std::min<steady_clock::time_point>(look, steady_clock::now() + (*next - now));
    if (bell_.Wait(heard, look)) return Ok();
  }
  return Ok();
}

Result<std::optional<Time>> SqliteQueue::NextVisible() {
  TR_READ(database);
  Query query(database, kNext);
  TR_ASSIGN(const bool found, query.Next());
  if (!found || query.IsNull(0)) return std::optional<Time>();
  return std::optional<Time>(query.At(0));
}

// Not synced: an item that comes back is found to be done.
Result<void> SqliteQueue::Acknowledge(const std::vector<std::string>& handles) {
  const Time now = clock_.Now();
  auto work = [&](Session& session) -> Result<void> {
    for (const std::string& text : handles) {
      const std::optional<Handle> handle = ReadHandle(text, now);
      if (!handle) continue;
      Query query(session.database(), kRemove);
      BindHandle(query, *handle);
      TR_TRY(query.Run());
    }
    return Ok();
  };
  return writer_.Submit(work, Durability::kSoon);
}

Result<void> SqliteQueue::Release(const std::string& text, Duration delay) {
  const Time now = clock_.Now();
  const std::optional<Handle> handle = ReadHandle(text, now);
  if (!handle) return Ok();
  const Time visible_at = now + delay;
  auto work = [&](Session& session) -> Result<void> {
    Query query(session.database(), kDelay);
    query.Bind(visible_at);
    BindHandle(query, *handle);
    return query.Run();
  };
  TR_TRY(writer_.Submit(work, Durability::kSoon));
  bell_.Ring();
  return Ok();
}

Result<void> SqliteQueue::Bury(const std::string& text, const std::string& reason) {
  const Time now = clock_.Now();
  const std::optional<Handle> handle = ReadHandle(text, now);
  if (!handle) return Ok();
  auto work = [&](Session& session) -> Result<void> {
    Query bury(session.database(), kBury);
    bury.Bind(reason).Bind(now);
    BindHandle(bury, *handle);
    TR_TRY(bury.Run());
    Query remove(session.database(), kRemove);
    BindHandle(remove, *handle);
    return remove.Run();
  };
  return writer_.Submit(work);
}

}  // namespace tr::local
