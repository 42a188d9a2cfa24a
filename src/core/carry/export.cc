#include <set>

#include "carry/carry.h"
#include "carry/rows.h"

namespace tr::carry {
namespace {

constexpr int kPage = 200;

class Exporter {
 public:
  Exporter(const Ports& ports, const Sink& sink) : ports_(ports), sink_(sink) {}

  Result<Counts> Run() {
    TR_TRY(Put(Head{}));
    TR_TRY(PutRules());
    TR_TRY(PutPeople());
    TR_TRY(PutUsage());
    TR_TRY(PutTickets());
    TR_TRY(PutPages([this](const std::string& cursor) { return ports_.dump.Deliveries(cursor, kPage); }));
    TR_TRY(PutPages([this](const std::string& cursor) { return ports_.dump.Corrections(cursor, kPage); }));
    TR_TRY(PutPages([this](const std::string& cursor) { return ports_.dump.Audit(cursor, kPage); }));
    TR_TRY(PutPages([this](const std::string& cursor) { return ports_.dump.Keys(cursor, kPage); }));
    TR_TRY(Put(End{counts_.lines}));
    return counts_;
  }

 private:
  Result<void> Put(const Row& row) {
    ++counts_.lines;
    return sink_(WriteRow(row));
  }

  Result<void> PutRules() {
    TR_ASSIGN(const std::vector<rules::Version> history, ports_.shelf.History());
    for (auto version = history.rbegin(); version != history.rend(); ++version) {
      TR_ASSIGN(Book book, LoadBook(*version, version->number == history.front().number));
      TR_TRY(Put(std::move(book)));
    }
    TR_ASSIGN(std::string trouble, ports_.shelf.AnnouncedTrouble());
    return trouble.empty() ? Ok() : Put(Trouble{std::move(trouble)});
  }

  // Of an older one only its place may be left: its pieces were removed from the bucket, say.
  Result<Book> LoadBook(const rules::Version& version, bool newest) {
    auto book = ports_.shelf.Get(version.number);
    if (!book && book.fault().kind == FaultKind::kNotFound && !newest) return Book{version, {}};
    if (!book) return book.fault();
    return Book{std::move(book->first), std::move(book->second)};
  }

  Result<void> PutUsage() {
    TR_ASSIGN(const std::vector<std::string> months, ports_.usage.Months());
    for (const std::string& month : months) {
      TR_ASSIGN(const store::Used used, ports_.usage.OfMonth(month));
      TR_TRY(Put(UsedMonth{month, used}));
    }
    return Ok();
  }

  Result<void> PutPeople() {
    TR_ASSIGN(const std::vector<store::Access> people, ports_.people.List());
    for (const store::Access& access : people) TR_TRY(Put(access));
    return Ok();
  }

  Result<void> PutTickets() {
    std::string cursor;
    do {
      TR_ASSIGN(const store::DumpPage<Ticket> page, ports_.dump.Tickets(cursor, kPage));
      for (const Ticket& ticket : page.rows) TR_TRY(PutTicket(ticket));
      cursor = page.next;
    } while (!cursor.empty());
    return Ok();
  }

  Result<void> PutTicket(const Ticket& ticket) {
    ++counts_.tickets;
    TR_TRY(Put(ticket));
    TR_ASSIGN(const std::vector<Message> messages, ports_.tickets.Messages(ticket.id));
    std::set<std::string> originals;
    for (const Message& message : messages) {
      if (!message.original.empty() && originals.insert(message.original).second) TR_TRY(PutOriginal(message));
      TR_TRY(Put(message));
    }
    TR_ASSIGN(const std::vector<store::ReadingRow> readings, ports_.tickets.Readings(ticket.id));
    for (const store::ReadingRow& reading : readings) TR_TRY(Put(reading));
    return Ok();
  }

  Result<void> PutOriginal(const Message& message) {
    Result<std::string> bytes = ports_.originals.Get(message.original);
    if (!bytes && bytes.fault().kind == FaultKind::kNotFound) return Ok();  // removed since the message was read
    if (!bytes) return bytes.fault();
    return Put(Original{message.original, message.at, *std::move(bytes)});
  }

  template <typename NextPage>
  Result<void> PutPages(NextPage next_page) {
    std::string cursor;
    do {
      TR_ASSIGN(auto page, next_page(cursor));
      for (auto& row : page.rows) TR_TRY(Put(std::move(row)));
      cursor = page.next;
    } while (!cursor.empty());
    return Ok();
  }

  const Ports& ports_;
  const Sink& sink_;
  Counts counts_;
};

}  // namespace

Result<Counts> Export(const Ports& ports, const Sink& sink) { return Exporter(ports, sink).Run(); }

}  // namespace tr::carry
