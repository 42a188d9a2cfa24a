#include <map>
#include <utility>

#include "base/hash.h"
#include "carry/carry.h"
#include "carry/rows.h"

namespace tr::carry {
namespace {

// What is put in one go: enough to share a commit, little enough to hold.
constexpr std::size_t kBatchRows = 500;
constexpr std::size_t kBatchBytes = 1024 * 1024;

// The rows between the first line and the last, one after the other.
class Lines {
 public:
  explicit Lines(const Source& source) : source_(source) {}

  // Nothing: the end, and it was the right one.
  Result<std::optional<Row>> Next() {
    TR_ASSIGN(const std::optional<std::string> line, source_());
    ++number_;
    if (!line) return Invalid("the file was cut off: it has no last line; export again");
    bytes_ = line->size();
    Result<Row> row = ReadRow(*line);
    if (!row) return Wrong(row.fault().text);
    if (number_ == 1) return First(*row);
    if (std::holds_alternative<Head>(*row)) return Wrong("a second first line");
    if (const End* end = std::get_if<End>(&*row)) return Last(*end);
    return std::optional<Row>(*std::move(row));
  }

  Counts counts() const { return counts_; }
  std::size_t bytes() const { return bytes_; }
  void CountTicket() { ++counts_.tickets; }

 private:
  Fault Wrong(const std::string& what) const { return Invalid("line " + std::to_string(number_) + ": " + what); }

  Result<std::optional<Row>> First(const Row& row) {
    const Head* head = std::get_if<Head>(&row);
    if (head == nullptr) return Wrong("this is not the beginning of an export");
    if (head->version > kVersion) {
      return Invalid("the file was written by a newer ticket-router: import it with that one");
    }
    return Next();
  }

  Result<std::optional<Row>> Last(const End& end) {
    if (end.lines != number_ - 1) return Wrong("the file should have " + std::to_string(end.lines + 1) + " lines");
    TR_ASSIGN(const std::optional<std::string> more, source_());
    if (more) return Wrong("more follows the last line");
    counts_.lines = number_;
    return std::optional<Row>();
  }

  const Source& source_;
  std::int64_t number_ = 0;
  std::size_t bytes_ = 0;
  Counts counts_;
};

class Importer {
 public:
  Importer(const Ports& ports, const Source& source) : ports_(ports), lines_(source) {}

  Result<Counts> Run() {
    TR_TRY(MustBeEmpty());
    while (true) {
      TR_ASSIGN(std::optional<Row> row, lines_.Next());
      if (!row) break;
      TR_TRY(std::visit([this](auto& value) { return Take(std::move(value)); }, *row));
      ++rows_;
      bytes_ += lines_.bytes();
      if (rows_ >= kBatchRows || bytes_ >= kBatchBytes) TR_TRY(Flush());
    }
    TR_TRY(Flush());
    for (const queue::Item& item : dead_) TR_TRY(ports_.queue.Send(item, Duration(0)));
    return lines_.counts();
  }

 private:
  Result<void> MustBeEmpty() {
    TR_ASSIGN(const bool empty, ports_.dump.IsEmpty());
    TR_ASSIGN(const std::vector<rules::Version> history, ports_.shelf.History());
    // Who may come in does not count: the first command in a folder makes the administrator's token.
    if (empty && history.empty()) return Ok();
    return Conflict("the store is not empty: import into a new one, before anything else uses it");
  }

  Result<void> Take(Head) { return Ok(); }
  Result<void> Take(End) { return Ok(); }
  Result<void> Take(const Trouble& row) { return ports_.shelf.SetAnnouncedTrouble(row.digest); }
  Result<void> Take(const store::Access& row) { return ports_.people.Put(row); }
  Result<void> Take(const UsedMonth& row) { return ports_.usage.Add(row.month, row.used, std::nullopt); }

  Result<void> Take(const Book& row) {
    const auto& [number, at, who, difference] = row.version;
    const Result<int> kept = ports_.shelf.Keep(row.files, number - 1, who, difference, at);
    return kept ? Ok() : Result<void>(kept.fault());
  }

  // By the name of its bytes: under the one that its carrier gave it a bucket would announce it as a mail that came.
  Result<void> Take(const Original& row) {
    const auto named = originals_.insert_or_assign(row.key, ToHex(Sha256(row.bytes))).first;
    return ports_.originals.Put(named->second, row.bytes, row.at);
  }

  Result<void> Take(Ticket row) {
    lines_.CountTicket();
    originals_.clear();
    if (auto entry = store::EntryOf(row)) step_.entries_put.push_back(*std::move(entry));
    dead_ticket_ = row.dead_lettered ? row.id : "";
    step_.tickets.push_back({0, std::move(row)});
    return Ok();
  }

  Result<void> Take(Message row) {
    const bool waits = row.state == MessageState::kReceived;
    if (waits && row.ticket == dead_ticket_) dead_.push_back({row.ticket, row.n});
    if (const auto named = originals_.find(row.original); named != originals_.end()) row.original = named->second;
    return Add(step_.messages, std::move(row));
  }

  Result<void> Take(store::ReadingRow row) { return Add(step_.readings, std::move(row)); }
  Result<void> Take(store::Delivery row) { return Add(step_.deliveries, {std::nullopt, std::move(row)}); }
  Result<void> Take(store::Correction row) { return Add(step_.corrections, std::move(row)); }
  Result<void> Take(store::AuditRow row) { return Add(step_.audit, std::move(row)); }
  Result<void> Take(store::KeptKey row) { return Add(keys_, std::move(row)); }

  template <typename Value>
  Result<void> Add(std::vector<Value>& rows, Value row) {
    rows.push_back(std::move(row));
    return Ok();
  }

  // If we die here, the store is half full and refuses the next import: the caller begins again with an empty one.
  Result<void> Flush() {
    if (store::CountItems(step_) > 0) TR_TRY(ports_.dump.Load(step_));
    if (!keys_.empty()) TR_TRY(ports_.dump.LoadKeys(keys_));
    step_ = {};
    keys_.clear();
    rows_ = bytes_ = 0;
    return Ok();
  }

  const Ports& ports_;
  Lines lines_;
  store::Step step_;
  std::vector<store::KeptKey> keys_;
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
  std::string dead_ticket_;
  std::map<std::string, std::string> originals_;  // of the ticket at hand: what they were called, and are called now
  std::vector<queue::Item> dead_;                 // few: a human redrives them
};

}  // namespace

Result<Counts> Check(const Source& source) {
  Lines lines(source);
  while (true) {
    TR_ASSIGN(const std::optional<Row> row, lines.Next());
    if (!row) return lines.counts();
    if (std::holds_alternative<Ticket>(*row)) lines.CountTicket();
  }
}

Result<Counts> Import(const Ports& ports, const Source& source) { return Importer(ports, source).Run(); }

}  // namespace tr::carry
