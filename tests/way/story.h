#pragma once
// What happens to an installation in the tests: mails and requests in an order that means something.

#include <string>

#include "way/side.h"

namespace tr::way {

struct Letter {
  std::string word;  // its Message-ID is WORD@mail.example, and its object is called WORD
  std::string from = "kim@mail.example";
  std::string subject = "Order 7";
  std::string text;
  std::string answers = {};       // the word of the letter that it replies to
  std::string more_headers = {};  // whole lines
};
// As SES would lay it down.
std::string Raw(const Letter& letter);

// The letter comes in and goes as far as it goes; a second passes.
void Receive(Side& side, const Letter& letter);

net::HttpRequest FormRequest(const std::string& email, const std::string& message, const std::string& key);
net::HttpRequest ChatRequest(const std::string& id, const std::string& email, const std::string& message);

// Every lane, every fate: plain, a VIP's outage, held, set aside, suspect, doubled, followed up, corrected and learned
// from, too long for a row.
void TellStory(Side& side);

}  // namespace tr::way
