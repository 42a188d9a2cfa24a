#include "ticket/card_id.h"

#include <gtest/gtest.h>

namespace tr {
namespace {

const std::string kTicket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const Secret kKey("a key");

TEST(CardId, NamesItsTicketAndIsTheSameForTheSameDelivery) {
  const std::string id = MakeCardId(kKey, kTicket, kTicket + "#card#2", "cards.shop.example");
  EXPECT_EQ(id, MakeCardId(kKey, kTicket, kTicket + "#card#2", "cards.shop.example"));
  EXPECT_NE(id, MakeCardId(kKey, kTicket, kTicket + "#card#3", "cards.shop.example"));
  EXPECT_EQ(TicketOfCardId(kKey, id), kTicket);
  EXPECT_EQ(TicketOfCardId(kKey, MakeThreadId(kKey, kTicket, "cards.shop.example")), kTicket);
  EXPECT_EQ(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghijklmnopqrstuvwxyz.@"), std::string::npos);
}

TEST(CardId, NobodyElseCanMakeOne) {
  const std::string id = MakeCardId(kKey, kTicket, "d", "shop.example");
  std::string other_ticket = id;
  other_ticket[5] = other_ticket[5] == 'A' ? 'B' : 'A';
  std::string other_mac = id;
  other_mac[60] = other_mac[60] == '0' ? '1' : '0';
  for (const std::string& forged :
       {other_ticket, other_mac, kTicket + "@shop.example", kTicket + ".abc.def@shop.example", std::string(),
        id.substr(1), "x" + id, MakeCardId(Secret("another"), kTicket, "d", "shop.example")}) {
    EXPECT_FALSE(TicketOfCardId(kKey, forged).has_value()) << forged;
  }
  EXPECT_FALSE(TicketOfCardId(Secret(), MakeCardId(Secret(), kTicket, "d", "shop.example")).has_value())
      << "without a key anybody could make one";
}

}  // namespace
}  // namespace tr
