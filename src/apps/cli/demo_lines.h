#pragma once
// The demo's lines on the terminal. Whatever a customer wrote passes Printable and is cut.

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/demo_feed.h"

namespace tr::cli {

enum class Ink : std::uint8_t { kPlain, kQuiet, kGood, kWarm, kAlarm, kHeld, kNews };

// How the terminal is written to.
struct Paper {
  bool colours = false;
  int columns = 0;  // 0: as long as they are
};

// The text in a colour, where there are colours.
std::string Inked(const Paper& paper, Ink ink, const std::string& text);

// Cut or filled with blanks to so many characters, of one line.
std::string Fit(std::string_view text, std::size_t characters);

// "14:02:08 ✉ Mara Lindqvist   Where is my parcel?   → Shipping   route   topics row 5: topic delivery".
std::string TicketLine(const Paper& paper, const Sample& sample, const Fed& fed, Time now);

}  // namespace tr::cli
