#include <algorithm>

#include "base/text.h"
#include "local/sqlite_codec.h"
#include "local/sqlite_read_ports.h"

namespace tr::local {
namespace {

const SqlText kGet(
    "SELECT x.body, x.version FROM tr_tickets t JOIN tr_texts x ON x.key = t.num * 1048576 "
    "WHERE t.id = ? AND t.version > 0");
const SqlText kWhole(
    "SELECT x.body, x.version FROM tr_tickets t JOIN tr_texts x ON x.key >= t.num * 1048576 AND "
    "x.key < (t.num + 1) * 1048576 WHERE t.id = ? AND t.version > 0 ORDER BY x.key");
const SqlText kMessages("SELECT body FROM tr_texts WHERE key > ? AND key < ? ORDER BY key");
const SqlText kReadings("SELECT readings FROM tr_audit WHERE num = ? AND readings IS NOT NULL ORDER BY seq");
// Ids are ULIDs: their order is the order of arrival. -1: any state, any move.
const SqlText kSearch(
    "SELECT t.id, x.body, x.version FROM tr_tickets t JOIN tr_texts x ON x.key = t.num * 1048576 "
    "WHERE t.id < ?1 AND t.version > 0 AND (?2 < 0 OR t.state = ?2) AND (?3 < 0 OR t.move = ?3) ORDER BY t.id DESC");

constexpr int kMaxLimit = 200;
constexpr int kMaxLooked = 10'000;         // store/ledger.h, Tickets::Search
constexpr const char* kAfterAll = "\x7f";  // above every id

bool Fits(const Ticket& ticket, const std::string& folded) {
  if (folded.empty()) return true;
  return Fold(ticket.id).find(folded) != std::string::npos || Fold(ticket.subject).find(folded) != std::string::npos ||
         Fold(ticket.customer.address).find(folded) != std::string::npos;
}

}  // namespace

Result<Ticket> SqliteTickets::Get(const std::string& id) {
  if (const auto recent = recent_.Find(id)) return recent->ticket;
  TR_READ(database);
  Query query(database, kGet);
  TR_ASSIGN(const bool found, query.Bind(id).Next());
  if (!found) return NotFound("no such ticket");
  return ReadTicket(query.View(0), query.Int(1));
}

Result<std::vector<Message>> SqliteTickets::Messages(const std::string& id) {
  if (const auto recent = recent_.Find(id)) return recent->messages;
  TR_READ(database);
  std::vector<Message> messages;
  TR_ASSIGN(const std::int64_t num, FindNum(database, id));
  if (num == 0) return messages;
  Query query(database, kMessages);
  query.Bind(TextKey(num, 0)).Bind(TextKey(num + 1, 0));
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return messages;
    TR_ASSIGN(Message message, ReadMessage(query.View(0)));
    messages.push_back(std::move(message));
  }
}

Result<store::TicketWithMessages> SqliteTickets::GetWithMessages(const std::string& id) {
  if (const auto recent = recent_.Find(id)) return store::TicketWithMessages{recent->ticket, recent->messages};
  TR_READ(database);
  Query query(database, kWhole);
  TR_ASSIGN(const bool found, query.Bind(id).Next());
  if (!found) return NotFound("no such ticket");
  store::TicketWithMessages whole;
  TR_ASSIGN(whole.ticket, ReadTicket(query.View(0), query.Int(1)));
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return whole;
    TR_ASSIGN(Message message, ReadMessage(query.View(0)));
    whole.messages.push_back(std::move(message));
  }
}

Result<std::vector<store::ReadingRow>> SqliteTickets::Readings(const std::string& id) {
  if (const auto recent = recent_.Find(id)) return recent->readings;
  TR_READ(database);
  std::vector<store::ReadingRow> rows;
  TR_ASSIGN(const std::int64_t num, FindNum(database, id));
  if (num == 0) return rows;
  Query query(database, kReadings);
  query.Bind(num);
  while (true) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return rows;
    TR_ASSIGN(std::vector<store::ReadingRow> some, UnpackReadings(query.View(0), id));
    rows.insert(rows.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  }
}

Result<store::TicketPage> SqliteTickets::Search(const store::TicketQuery& wanted) {
  const auto limit = static_cast<std::size_t>(std::clamp(wanted.limit, 1, kMaxLimit));
  const std::string folded = Fold(wanted.text);
  const std::string_view begin = wanted.cursor.empty() ? kAfterAll : std::string_view(wanted.cursor);
  TR_READ(database);
  Query query(database, kSearch);
  query.Bind(begin).Bind(wanted.state ? static_cast<int>(*wanted.state) : -1);
  query.Bind(wanted.move ? static_cast<int>(*wanted.move) : -1);
  store::TicketPage page;
  std::string last;  // looked at
  for (int looked = 0;; ++looked) {
    TR_ASSIGN(const bool more, query.Next());
    if (!more) return page;
    if (page.tickets.size() == limit || looked == kMaxLooked) {
      page.next = last;
      return page;
    }
    last = query.Text(0);
    TR_ASSIGN(Ticket ticket, ReadTicket(query.View(1), query.Int(2)));
    if (Fits(ticket, folded)) page.tickets.push_back(std::move(ticket));
  }
}

}  // namespace tr::local
