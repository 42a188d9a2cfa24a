#pragma once
// Whether rules fit: phrases in text, senders, conditions. Pure. Nothing here allocates but SearchText and a set `hit`.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/book.h"

namespace tr::rules {

// A message's subject and new text, folded and cut into words once; phrases are searched in it without copying.
// Of each, the first 256 KiB are searched: some 40,000 words, more than anybody writes by hand, so that a hostile
// message costs a bounded time and memory.
class SearchText {
 public:
  SearchText(std::string_view subject, std::string_view new_text);
  SearchText(const SearchText&) = delete;
  SearchText& operator=(const SearchText&) = delete;

  // A phrase lies wholly in the subject or wholly in the new text. A phrase without words lies nowhere.
  bool Says(const Phrase& phrase) const { return subject_.Has(phrase) || text_.Has(phrase); }
  bool SubjectSays(const Phrase& phrase) const { return subject_.Has(phrase); }
  // Words of the new text alone: what "hold when shorter than" counts. Scripts that put no space between words count
  // each character as one.
  int body_words() const { return text_.CountWords(); }

 private:
  // One folded text and its words, chained by their first two bytes: a phrase meets only the words that begin like it.
  class Field {
   public:
    explicit Field(std::string_view text);
    Field(const Field&) = delete;
    Field& operator=(const Field&) = delete;
    bool Has(const Phrase& phrase) const;
    int CountWords() const;

   private:
    bool StandsAt(std::size_t at, const Phrase& phrase) const;

    std::string folded_;
    std::vector<std::string_view> words_;     // into folded_
    std::array<std::uint32_t, 256> heads_{};  // by Bucket(word): 1 + the first such word's index; 0: none
    std::vector<std::uint32_t> next_;         // by word: 1 + the index of the next one in its bucket
  };

  Field subject_;
  Field text_;
};

// The address itself, or the domain and its subdomains.
bool Fits(const Sender& sender, std::string_view address);

// What conditions are asked about: a ticket as it is known when the rule is asked.
struct Facts {
  Lane lane = Lane::kMail;
  std::string_view from;       // lower-case address
  bool sender_failed = false;  // verification failed: `from` and VIP entries do not fit
  const SearchText* text = nullptr;
  std::string_view topic;  // "" when unsure or unread: no `topic is` fits
  Urgency urgency = Urgency::kLow;
  Tone tone = Tone::kCalm;
  Signals signals;
  bool vip = false;
};

// Whether all conditions fit. When they do, `hit` (when not null) is set to the first word, sender or topic that made a
// positive condition fit, or to "" when none did; when they do not, it stays as it is.
bool Fit(const std::vector<Condition>& conditions, const Facts& facts, std::string* hit);

// The VIP entry for the address: a whole address before a domain, a longer domain before a shorter; null: no VIP.
const Vip* FindVip(const RuleBook& book, std::string_view address, bool sender_failed);

// The Not-tickets entry that fits, asked before any reading; null when none does, and always for a VIP.
const NotTicket* FindNotTicket(const RuleBook& book, const Facts& facts);

}  // namespace tr::rules
