#pragma once
// The demo's sample rules and tickets (src/apps/demo_data), inside the program.

#include <span>
#include <string_view>

namespace tr::cli {

struct DemoFile {
  std::string_view name;  // "topics.csv"
  std::string_view bytes;
};

// The four pieces of a rules folder.
std::span<const DemoFile> DemoRules();

// The sample tickets: demo_samples.h reads them.
std::string_view DemoTickets();

}  // namespace tr::cli
