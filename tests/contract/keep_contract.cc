// Originals and People: the small ports.

#include "contract/hostile_texts.h"
#include "contract/store_contract.h"

namespace tr::contract {
namespace {

using store::Access;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Access Token(const std::string& digest, Time at, std::optional<Time> expires_at = std::nullopt) {
  return {digest, "lena@shop.example", "lead", "her laptop", at, expires_at};
}

TEST_P(KeepContract, AnOriginalComesBackByteForByte) {
  std::vector<std::string> originals = HostileTexts();
  originals.push_back(std::string("NUL \0 and \xFF\xFE, not UTF-8", 24));
  originals.push_back("");
  originals.push_back(std::string(5'000'000, '\xE9'));
  for (std::size_t i = 0; i < originals.size(); ++i) {
    const std::string key = "key" + std::to_string(i);
    Must(store_->originals().Put(key, originals[i], now()));
    EXPECT_TRUE(Must(store_->originals().Get(key)) == originals[i]) << i;
  }
}

TEST_P(KeepContract, PuttingAKeyAgainChangesNothing) {
  Must(store_->originals().Put("a", "first", now()));
  EXPECT_EQ(Outcome(store_->originals().Put("a", "second", now())), "ok");
  EXPECT_EQ(Must(store_->originals().Get("a")), "first");
}

TEST_P(KeepContract, AnUnknownOriginalIsNotFound) { EXPECT_EQ(Outcome(store_->originals().Get("none")), "not_found"); }

TEST_P(KeepContract, AnAccessIsFoundUntilItExpires) {
  Must(store_->people().Put(Token("d1", now(), now() + Duration(10))));
  const auto found = Must(store_->people().Find("d1", now() + Duration(9)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->digest, "d1");
  EXPECT_EQ(found->person, "lena@shop.example");
  EXPECT_EQ(found->role, "lead");
  EXPECT_EQ(found->label, "her laptop");
  EXPECT_EQ(found->created_at, now());
  EXPECT_EQ(found->expires_at, now() + Duration(10));
  EXPECT_FALSE(Must(store_->people().Find("d1", now() + Duration(10))));
  EXPECT_FALSE(Must(store_->people().Find("d2", now())));
}

TEST_P(KeepContract, AnAccessWithoutEndStays) {
  Must(store_->people().Put(Token("d1", now())));
  const auto found = Must(store_->people().Find("d1", now() + std::chrono::years(50)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expires_at, std::nullopt);
}

TEST_P(KeepContract, PuttingAnAccessAgainReplacesIt) {
  Access access = Token("d1", now());
  Must(store_->people().Put(access));
  access.role = "viewer";
  Must(store_->people().Put(access));
  EXPECT_EQ(Must(store_->people().Find("d1", now()))->role, "viewer");
  EXPECT_THAT(Must(store_->people().List()), SizeIs(1));
}

TEST_P(KeepContract, ARemovedAccessIsGone) {
  Must(store_->people().Put(Token("d1", now())));
  Must(store_->people().Put(Token("d2", now())));
  EXPECT_THAT(Must(store_->people().List()), SizeIs(2));
  EXPECT_EQ(Outcome(store_->people().Remove("d1")), "ok");
  EXPECT_EQ(Outcome(store_->people().Remove("d1")), "ok") << "removing what is gone is no fault";
  EXPECT_FALSE(Must(store_->people().Find("d1", now())));
  EXPECT_TRUE(Must(store_->people().Find("d2", now())));
  Must(store_->people().Remove("d2"));
  EXPECT_THAT(Must(store_->people().List()), IsEmpty());
}

}  // namespace
}  // namespace tr::contract
