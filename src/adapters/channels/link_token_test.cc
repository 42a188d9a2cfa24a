#include "channels/link_token.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "testing/manual_clock.h"

namespace tr::channels {
namespace {

const Secret kKey("a key");
const Time kNow = testing::kMondayMorning;

CardLink Sample() {
  return {"billing@shop.example", "reassign", "Größe \"XL\"\n", "01ARZ3NDEKTSV4RRFFQ69G5FAV", 7, kNow + kLinkLife};
}

TEST(LinkToken, SaysWhatWasSigned) {
  const std::string token = MakeLinkToken(kKey, Sample());
  const Result<CardLink> link = ReadLinkToken(kKey, token, kNow);
  ASSERT_TRUE(link.ok());
  EXPECT_EQ(*link, Sample());
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
            std::string::npos);
}

TEST(LinkToken, EndsWithItsTime) {
  const std::string token = MakeLinkToken(kKey, Sample());
  EXPECT_TRUE(ReadLinkToken(kKey, token, kNow + kLinkLife - Duration(1)).ok());
  EXPECT_EQ(ReadLinkToken(kKey, token, kNow + kLinkLife).fault().kind, FaultKind::kNotFound);
}

TEST(LinkToken, EveryChangedCharacterIsSeen) {
  const std::string token = MakeLinkToken(kKey, Sample());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(ReadLinkToken(kKey, changed, kNow).ok()) << i;
  }
}

TEST(LinkToken, WhatIsNoneIsRefused) {
  const std::string token = MakeLinkToken(kKey, Sample());
  for (const std::string& none :
       {std::string(), std::string("."), std::string("a.b"), token.substr(0, token.size() - 1), token + "A",
        token + ".", token.substr(1), std::string(100000, 'A'), MakeLinkToken(Secret("another key"), Sample())}) {
    EXPECT_EQ(ReadLinkToken(kKey, none, kNow).fault().kind, FaultKind::kInvalid) << none.substr(0, 40);
  }
  EXPECT_FALSE(ReadLinkToken(Secret(), MakeLinkToken(Secret(), Sample()), kNow).ok()) << "no key, no links";
}

}  // namespace
}  // namespace tr::channels
