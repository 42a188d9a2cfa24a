#pragma once
// For tests: a folder that goes with everything in it, and the simplest steps.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "local/sqlite_store.h"
#include "store/step.h"

namespace tr::local {

class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tr-local-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TestFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }
  void Write(const std::string& name, const std::string& text) const { std::ofstream(File(name)) << text; }

 private:
  std::string path_;
};

inline constexpr Time kTestTime{Duration(1'772'442'000'000)};

// "0000000000000000000000000" and the number: sorts like it.
inline std::string TestId(int number) {
  std::string digits = std::to_string(number);
  return std::string(26 - digits.size(), '0') + digits;
}

inline Ticket TestTicket(int number) {
  Ticket ticket;
  ticket.id = TestId(number);
  ticket.version = 1;
  ticket.lane = Lane::kForm;
  ticket.customer = {"Ada", "ada@shop.example", Verification::kUnverified};
  ticket.subject = "My order";
  ticket.received_at = kTestTime + Duration(number);
  ticket.touched_at = ticket.received_at;
  ticket.messages = 1;
  return ticket;
}

// What the gate stores for a new ticket.
inline store::Step AcceptStep(int number, const std::string& text = "Where is my order?") {
  const Ticket ticket = TestTicket(number);
  store::Step step;
  step.tickets.push_back({0, ticket});
  Message message;
  message.ticket = ticket.id;
  message.from = {"Ada", "ada@shop.example"};
  message.at = ticket.received_at;
  message.text = text;
  message.new_text = text;
  step.messages.push_back(message);
  step.audit.push_back({ticket.id, 1, ticket.received_at, "router", "received", "{}"});
  step.keys.push_back({"message:" + ticket.id, ticket.id, kTestTime + std::chrono::hours(24)});
  return step;
}

}  // namespace tr::local
