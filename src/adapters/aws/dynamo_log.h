#pragma once
// Logs without a counter: every row of a log has a stamp, the moment of its storing, and a reader's cursor knows how
// far behind a row may still appear.
//
// A counter would be one item that every step writes. Instead a stamp is taken when a step is sent and is never older
// than kWindow when its rows can be read: an attempt ends after seconds, and takes a new stamp when it is made again.
// So everything older than the window is there, and of what is younger a cursor remembers which rows it gave.

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "aws/dynamo_db.h"
#include "base/clock.h"
#include "base/result.h"

namespace tr::aws {

// Two tries of a transaction (10 s), the clocks of two machines (NTP: below 1 s), an index that lags (below 1 s).
inline constexpr Duration kWindow = std::chrono::seconds(20);

// Gives stamps that ascend within this process and differ from every other's. Thread-safe.
class Stamps {
 public:
  explicit Stamps(const Clock& clock);
  // 15 digits of milliseconds, 8 of a count, 12 that name the process.
  std::string Next();

 private:
  const Clock& clock_;
  const std::string writer_;
  std::atomic<std::int64_t> last_millis_{0};
  std::atomic<std::uint32_t> count_{0};
};

// Where a reader of a log is.
struct LogCursor {
  std::string from;               // every stamp up to it was given
  std::vector<std::string> seen;  // of later ones, those that were given: 20 hexadecimal digits each
  std::string partial;            // a stamp of which only some rows were given
  int given = 0;                  // how many

  bool HasSeen(std::string_view stamp) const;
  // Marks the stamp as given.
  void Give(const std::string& stamp);
  // After the last Give of a page: what is older than the window need not be remembered one by one. `next`: the first
  // stamp after the page that is there; empty: none is.
  void Settle(Time now, std::string_view next = {});
  // False: no more young rows can be remembered; the rest of them waits until it is older than the window.
  bool MayGive(std::string_view stamp, Time now) const;
  // What every stamp of that moment and of later ones comes after.
  static std::string Before(Time at);

  std::string Write() const;
  // kInvalid: nobody gave it.
  static Result<LogCursor> Read(std::string_view text);

 private:
  std::vector<std::string> stamps_;  // given since Read
};

// Items of a log, its partitions merged in the order of their stamps.
struct LogItems {
  std::vector<Item> items;
  bool more = false;
};
// Reads `wanted` items or more that the cursor has not given, where there are so many. `stamp` names the stamp's
// attribute.
Result<LogItems> ReadLog(DynamoDb& db, DynamoQuery query, const std::vector<std::string>& partitions,
                         const LogCursor& cursor, int wanted, std::string_view stamp);

}  // namespace tr::aws
