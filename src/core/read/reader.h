#pragma once
// In: base, ticket, rules, store. Out: the Reader port and the readers that the core owns. Never: a decision about
// where a ticket goes; a network. Start at: Reader.

#include <string>

#include "base/call.h"
#include "base/result.h"
#include "rules/book.h"
#include "ticket/ticket.h"

namespace tr::read {

// What there is to read: what the customer wrote now. Data, never instructions.
struct Text {
  Lane lane = Lane::kMail;
  std::string subject;
  std::string new_text;
};

// Works out what a message is about, how urgent it is and how the customer sounds.
class Reader {
 public:
  virtual ~Reader() = default;

  // A reading whose topic is one of the book's topics (as the sheet spells it) or "unsure". Thread-safe.
  // kTransient: it did not answer, ask again later. kPermanent: it will not answer this text.
  virtual Result<Reading> Read(const Text& text, const rules::RuleBook& book, const Call& call) = 0;
};

}  // namespace tr::read
