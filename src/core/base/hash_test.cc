#include "base/hash.h"

#include <gtest/gtest.h>

#include "base/sha256_block.h"

namespace tr {
namespace {

// FIPS 180-4 examples (NIST, "SHA256.pdf") and the long message of the same paper.
TEST(HashTest, Sha256KnowsThePublishedVectors) {
  const struct {
    std::string bytes;
    std::string hex;
  } cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrst"
       "u",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1000000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) EXPECT_EQ(ToHex(Sha256(c.bytes)), c.hex) << c.bytes.size();
}

TEST(HashTest, TheTwoCompressionFunctionsAgree) {
  std::string bytes(5 * kSha256Block, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 37 + i / 7);
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (std::size_t blocks = 0; blocks <= 5; ++blocks) {
    Sha256State a = kSha256Start;
    Sha256State b = kSha256Start;
    Sha256Blocks(a, data, blocks);
    Sha256BlocksPlain(b, data, blocks);
    EXPECT_EQ(a, b) << blocks;
  }
}

// Lengths around the padding's edges; from the definition: the digest of a text is that of no shorter one.
TEST(HashTest, EveryLengthAroundABlockHasItsOwnDigest) {
  std::vector<Sha256Digest> seen;
  for (std::size_t length = 0; length <= 2 * kSha256Block + 1; ++length) {
    const Sha256Digest digest = Sha256(std::string(length, '\0'));
    EXPECT_EQ(std::find(seen.begin(), seen.end(), digest), seen.end()) << length;
    seen.push_back(digest);
  }
  // One block of padding, and two: 55 and 56 bytes.
  EXPECT_EQ(ToHex(Sha256(std::string(55, 'a'))), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(ToHex(Sha256(std::string(56, 'a'))), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
}

// RFC 4231, test cases 1, 2, 3, 6 and 7.
TEST(HashTest, HmacKnowsThePublishedVectors) {
  const struct {
    std::string key;
    std::string bytes;
    std::string hex;
  } cases[] = {
      {std::string(20, '\x0b'), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be "
       "hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const auto& c : cases) EXPECT_EQ(ToHex(HmacSha256(c.key, c.bytes)), c.hex) << c.bytes;
}

TEST(HashTest, FieldsKeepTheirBorders) {
  EXPECT_NE(HashFields({"ab", "c"}), HashFields({"a", "bc"}));
  EXPECT_NE(HashFields({"a"}), HashFields({"a", ""}));
  EXPECT_NE(HashFields({}), HashFields({""}));
  EXPECT_EQ(HashFields({"ab", "c"}), HashFields({"ab", "c"}));
  EXPECT_EQ(HashFields({"ab"}), Sha256(std::string("\0\0\0\0\0\0\0\2ab", 10)));
}

// RFC 4648, section 10.
TEST(HashTest, SpellsBytes) {
  const struct {
    std::string bytes;
    std::string base64;
    std::string url;
    std::string hex;
  } cases[] = {
      {"", "", "", ""},
      {"f", "Zg==", "Zg", "66"},
      {"fo", "Zm8=", "Zm8", "666f"},
      {"foo", "Zm9v", "Zm9v", "666f6f"},
      {"foob", "Zm9vYg==", "Zm9vYg", "666f6f62"},
      {"fooba", "Zm9vYmE=", "Zm9vYmE", "666f6f6261"},
      {"foobar", "Zm9vYmFy", "Zm9vYmFy", "666f6f626172"},
      {"\xfb\xff\xfe", "+//+", "-__-", "fbfffe"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ToBase64(c.bytes), c.base64);
    EXPECT_EQ(ToBase64Url(c.bytes), c.url);
    EXPECT_EQ(ToHex(c.bytes), c.hex);
  }
}

TEST(HashTest, ComparesInConstantTime) {
  EXPECT_TRUE(EqualInConstantTime("", ""));
  EXPECT_TRUE(EqualInConstantTime("token", "token"));
  EXPECT_FALSE(EqualInConstantTime("token", "tokem"));
  EXPECT_FALSE(EqualInConstantTime("token", "Xoken"));
  EXPECT_FALSE(EqualInConstantTime("token", "toke"));
}

}  // namespace
}  // namespace tr
