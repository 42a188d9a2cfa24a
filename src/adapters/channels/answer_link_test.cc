#include "channels/answer_link.h"

#include <gtest/gtest.h>

namespace tr::channels {
namespace {

handoff::Card CardOf(const std::string& customer, const std::string& subject) {
  handoff::Card card;
  card.ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  card.customer.address = customer;
  card.subject = subject;
  card.messages = {{1, "Ada", Time{}, "", "first@customer.example"},
                   {2, "Ada", Time{}, "", "second+x@customer.example"}};
  return card;
}

TEST(AnswerLink, GoesToTheCustomerAndTheRouterSeesIt) {
  EXPECT_EQ(AnswerLink(CardOf("ada+shop@customer.example", "Wo? & wie?"), "support@shop.example"),
            "mailto:ada%2Bshop@customer.example?subject=Re%3A%20Wo%3F%20%26%20wie%3F%20%5BTR-"
            "01ARZ3NDEKTSV4RRFFQ69G5FAV%5D&cc=support@shop.example&In-Reply-To=%3Csecond%2Bx%40customer.example%3E");
}

TEST(AnswerLink, NoWordOfACustomerAddsARecipientOrAHeader) {
  const std::string link = AnswerLink(CardOf("ada@customer.example", "x\r\nBcc: eve@evil.example&bcc=eve@evil.example"),
                                      "support@shop.example");
  EXPECT_EQ(link.find("bcc="), std::string::npos);
  EXPECT_EQ(link.find("%0D"), std::string::npos);
  EXPECT_EQ(link.find("%0A"), std::string::npos);
  for (const char* address : {"", "ada", "ada@customer.example,eve@evil.example", "ada@customer.example?bcc=eve",
                              "ada@customer.example\r\nBcc: eve@evil.example", "\"ada\"@customer.example"}) {
    const std::string bad = AnswerLink(CardOf(address, "Parcel"), "support@shop.example");
    EXPECT_EQ(bad, "") << address;
  }
  EXPECT_EQ(AnswerLink(CardOf("ada@customer.example", "Parcel"), ""), "");
}

}  // namespace
}  // namespace tr::channels
