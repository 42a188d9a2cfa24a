#include "intake/subject.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tr::intake {
namespace {

TEST(BareSubject, LosesItsMarks) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"Order 4711", "Order 4711"},
      {"Re: Order", "Order"},
      {" RE: AW: Fwd: Order ", "Order"},
      {"Re[2]: Order", "Order"},
      {"Re (3): Order", "Order"},
      {"Antwort: Order", "Order"},
      {"回复：订单", "订单"},
      {"Red: Order", "Red: Order"},
      {"Re:", ""},
      {"Rechnung: 12", "Rechnung: 12"},
      {"", ""},
  };
  for (const auto& [subject, expected] : table) EXPECT_EQ(BareSubject(subject), expected) << subject;
}

TEST(IsForwarded, SaysTheMark) {
  EXPECT_TRUE(IsForwarded("Fwd: x"));
  EXPECT_TRUE(IsForwarded("Re: WG: x"));
  EXPECT_FALSE(IsForwarded("Re: x"));
  EXPECT_FALSE(IsForwarded("VS: x"));
  EXPECT_FALSE(IsForwarded("x Fwd: y"));
}

TEST(TicketTag, IsTheLastOne) {
  EXPECT_EQ(TicketTag("Re: [TR-01ABC] and [TR-01DEF] x"), "01DEF");
  EXPECT_EQ(TicketTag("[TR-01ABC] [TR-]"), "01ABC");
  EXPECT_EQ(TicketTag("[TR-01ABC] [TR-a b]"), "01ABC");
  EXPECT_EQ(TicketTag("[TR-01ABC"), std::nullopt);
  EXPECT_EQ(TicketTag("[TR-" + std::string(33, 'A') + "]"), std::nullopt);
  EXPECT_EQ(TicketTag(""), std::nullopt);
}

}  // namespace
}  // namespace tr::intake
