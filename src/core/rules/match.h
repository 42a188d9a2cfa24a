#pragma once
// Whether rules fit: phrases in text, senders, conditions. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "rules/book.h"

namespace tr::rules {

// A message's subject and new text, folded and cut into words once; phrases are searched in it without copying.
class SearchText {
 public:
  SearchText(std::string_view subject, std::string_view new_text);
  SearchText(const SearchText&) = delete;
  SearchText& operator=(const SearchText&) = delete;

  // A phrase lies wholly in the subject or wholly in the new text.
  bool Says(const Phrase& phrase) const;
  bool SubjectSays(const Phrase& phrase) const;
  // Words of the new text alone: what "hold when shorter than" counts.
  int body_words() const;

 private:
  std::string subject_;
  std::string text_;
  std::vector<std::string_view> subject_words_;
  std::vector<std::string_view> text_words_;
};

// The address itself, or the domain and its subdomains.
bool Fits(const Sender& sender, std::string_view address);

// What conditions are asked about: a ticket as it is known when the rule is asked.
struct Facts {
  Lane lane = Lane::kMail;
  std::string_view from;      // lower-case address
  bool sender_failed = false;  // verification failed: `from` and VIP entries do not fit
  const SearchText* text = nullptr;
  std::string_view topic;  // "" when unsure or unread: no `topic is` fits
  Urgency urgency = Urgency::kLow;
  Tone tone = Tone::kCalm;
  Signals signals;
  bool vip = false;
};

// Whether all conditions fit; `hit` (when not null) is set to the first word, sender or topic that made a positive
// condition fit.
bool Fit(const std::vector<Condition>& conditions, const Facts& facts, std::string* hit);

// The VIP entry for the address: a whole address before a domain, a longer domain before a shorter; null: no VIP.
const Vip* FindVip(const RuleBook& book, std::string_view address, bool sender_failed);

// The Not-tickets entry that fits, asked before any reading; null when none does, and always for a VIP.
const NotTicket* FindNotTicket(const RuleBook& book, const Facts& facts);

}  // namespace tr::rules
