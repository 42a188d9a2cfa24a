#include "base/redact.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace tr {
namespace {

struct Case {
  std::string in;
  std::string out;
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(RedactText(c.in), c.out) << c.in;
    EXPECT_EQ(RedactText(c.out), c.out) << c.in;
  }
}

// Numbers that the card networks publish for tests.
TEST(RedactTest, CardNumbers) {
  ExpectAll({
      {"4111111111111111", "[card]"},
      {"pay 4111 1111 1111 1111 now", "pay [card] now"},
      {"4111-1111-1111-1111.", "[card]."},
      {"4111\u00a01111\u00a01111\u00a01111", "[card]"},
      {"4111\u20131111\u20131111\u20131111", "[card]"},
      {"4111 - 1111 - 1111 - 1111", "[card]"},
      {"378282246310005 and 5555555555554444", "[card] and [card]"},
      {"card4222222222222,", "card[card],"},
      {"order 12345 4111 1111 1111 1111", "order 12345 [card]"},
      {"4111 1111 1111 1111 12/27", "[card] 12/27"},
      {"6304000000000000000", "[card]"},  // 19 digits
      {"(5105105105105100)", "([card])"},
      {"4111\u202f1111\u202f1111\u202f1111", "[card]"},
      {"4111\u20091111\u20091111\u20091111", "[card]"},
      {"4111\u30001111\u30001111\u30001111", "[card]"},
      {"4111\u16801111\u205f1111\t1111", "[card]"},
      {"4111\u22121111\uff0d1111\u20141111", "[card]"},
      {"4111.1111.1111.1111", "[card]"},
      {"3782.822463.10005.", "[card]."},
      {"4111 1111 1111\n1111", "[card]"},
      {"4111 1111 \r\n1111 1111\nThanks", "[card]\nThanks"},
      {"3782\u2028822463 10005", "[card]"},
      {"\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11", "[card]"},
      {"\uff14\uff11\uff11\uff11\u3000\uff11\uff11\uff11\uff11\u30001111\u30001111\u3067\u3059", "[card]\u3067\u3059"},
      {"\u0664\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661 \u0661\u0661\u0661\u0661", "[card]"},
      {"\u06f4\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1\u06f1", "[card]"},
  });
}

TEST(RedactTest, NumbersThatAreNoCards) {
  for (const std::string text :
       {"4111111111111112",
        "411111111111",
        "order 123456789012",
        "41111111111111111111",
        "4111.1111.1111.1112",
        "2026-12-08 10:00:00",
        "+49 30 901820",
        "0,00 EUR",
        "4111 1111 1111\n1112",
        "v1.2.3",
        "4111 1111 1111\n\n1111",
        "4111\n1111\n1111\n1111",
        "orders 41111111\n11111111",
        "41.11.11.11.11.11.11.11",
        "411111111111.1111",
        "4111. 1111. 1111. 1111",
        "4111..1111..1111..1111",
        "192.168.111.111",
        "01.12.2026 - 15.12.2026",
        "\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff12",
        "\uff14\uff11111111111111111111",
        "1\uff14111111111111111111"}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

// Examples of the SWIFT registry.
TEST(RedactTest, Ibans) {
  ExpectAll({
      {"DE89370400440532013000", "[iban]"},
      {"IBAN: DE89 3704 0044 0532 0130 00.", "IBAN: [iban]."},
      {"meine iban de89 3704 0044 0532 0130 00 bitte", "meine iban [iban] bitte"},
      {"GB29 NWBK 6016 1331 9268 19", "[iban]"},
      {"GB29 NWBK 601613 31926819", "[iban]"},
      {"FR1420041010050500013M02606", "[iban]"},
      {"MT84MALT011000012345MTLCAST001S", "[iban]"},
      {"NO9386011117947", "[iban]"},
      {"ES91-2100-0418-4502-0005-1332", "[iban]"},
      {"NL91\u00a0ABNA\u00a00417\u00a01643\u00a000", "[iban]"},
      {"LC55HEMM000100010012001200023015", "[iban]"},
      {"FR14\u202f2004\u202f1010\u202f0505\u202f0001\u202f3M02\u202f606", "[iban]"},
      {"DE89\u20093704\u30000044 0532 0130 00", "[iban]"},
      {"DE89 3704 0044\n0532 0130 00", "[iban]"},
      {"\uff24\uff25\uff18\uff19\uff13\uff17\uff10\uff14\uff10\uff10\uff14\uff14\uff10\uff15\uff13\uff12\uff10\uff11"
       "\uff13\uff10\uff10\uff10",
       "[iban]"},
  });
  for (const std::string text : {"DE88370400440532013000", "DE89", "AB12 hello world this is fine",
                                 "XDE89370400440532013000", "01ARZ3NDEKTSV4RRFFQ69G5FAV"}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

TEST(RedactTest, WhatFollowsAPassword) {
  ExpectAll({
      {"password: hunter2", "password: [secret]"},
      {"Password = swordfish!", "Password = [secret]!"},
      {"PASSWORD:hunter2, user bob", "PASSWORD:[secret], user bob"},
      {"my password is swordfish and it fails", "my password is [secret] and it fails"},
      {"password hunter2", "password [secret]"},
      {"Passwort: Sommer2024", "Passwort: [secret]"},
      {"Mein Passwort lautet Sommer2024.", "Mein Passwort lautet [secret]."},
      {"mein WLAN-Passwort ist gartenzwerg", "mein WLAN-Passwort ist [secret]"},
      {"Kennwort: geheim", "Kennwort: [secret]"},
      {"mi contrase\u00f1a es perro123", "mi contrase\u00f1a es [secret]"},
      {"CONTRASE\u00d1A: perro", "CONTRASE\u00d1A: [secret]"},
      {"contrasen\u0303a: perro", "contrasen\u0303a: [secret]"},
      {"Mon mot de passe est soleil", "Mon mot de passe est [secret]"},
      {"Mot de passe : soleil", "Mot de passe : [secret]"},
      {"Mot de passe\u00a0: soleil", "Mot de passe\u00a0: [secret]"},
      {"api key: abcdef", "api key: [secret]"},
      {"API-Key=abcdef&user=1", "API-Key=[secret]&user=1"},
      {"{\"api_key\": \"abc def\", \"n\": 1}", "{\"api_key\": \"[secret]\", \"n\": 1}"},
      {"apiKey => 'x y z'", "apiKey => '[secret]'"},
      {"cl\u00e9 API : abc", "cl\u00e9 API : [secret]"},
      {"access_token=abc.def", "access_token=[secret]"},
      {"client_secret: s3cr3t", "client_secret: [secret]"},
      {"secret key: abc", "secret key: [secret]"},
      {"**Password:** hunter2", "**Password:** [secret]"},
      {"Password:\nhunter2\nThanks", "Password:\n[secret]\nThanks"},
      {"token \u201c", "token \u201c"},
      {"password: 4111 1111 1111 1111", "password: [secret] 1111 1111 1111"},
      {"https://hooks.slack.com/services/T00/B00/xyz", "https://hooks.slack.com/services/[secret]"},
  });
}

TEST(RedactTest, TalkAboutPasswordsStays) {
  for (const std::string text :
       {"I forgot my password please help", "please reset my password", "password: ", "password is wrong",
        "mein Passwort ist falsch", "Passwort vergessen?", "la contrase\u00f1a no funciona",
        "le mot de passe est invalide", "the token expired", "a secret garden", "secretary: Ann", "token-based",
        "passwords are hard", "password"}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

TEST(RedactTest, SecretsInSettings) {
  ExpectAll({
      {"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [secret]"},
      {"{\"SecretAccessKey\": \"wJalrXUtnFEMI/K7MDENG\", \"n\": 1}", "{\"SecretAccessKey\": \"[secret]\", \"n\": 1}"},
      {"secret-access-key: geheim", "secret-access-key: [secret]"},
      {"AccessKeyId=abc", "AccessKeyId=[secret]"},
      {"export AWS_SESSION_TOKEN=FwoGZXIvYXdzEJr//wEaDH+abc==\n", "export AWS_SESSION_TOKEN=[secret]\n"},
      {"API\u00a0KEY: abc", "API\u00a0KEY: [secret]"},
      {"clave_api=abc", "clave_api=[secret]"},
      {"CL\u00c9-API: abc", "CL\u00c9-API: [secret]"},
      {"API Schl\u00fcssel: abc", "API Schl\u00fcssel: [secret]"},
      {"motdepasse: soleil", "motdepasse: [secret]"},
      {"PW: Sommer2024", "PW: [secret]"},
      {"user bob, pw=hunter2, thanks", "user bob, pw=[secret], thanks"},
      {"pass: hunter2", "pass: [secret]"},
      {"login bob / pass : hunter2", "login bob / pass : [secret]"},
      {"DB_PASS=swordfish", "DB_PASS=[secret]"},
      {"db_pass: 'sword fish'", "db_pass: '[secret]'"},
      {"smtpPass = swordfish", "smtpPass = [secret]"},
      {"{\"user\": \"bob\", \"pass\": \"swordfish\"}", "{\"user\": \"bob\", \"pass\": \"[secret]\"}"},
  });
}

TEST(RedactTest, SecretsInHeaders) {
  ExpectAll({
      {"Authorization: Bearer 9f8e7d6c5b4a", "Authorization: Bearer [secret]"},
      {"curl -H 'Authorization: Bearer opaqueTokenOfNoMaker' https://x",
       "curl -H 'Authorization: Bearer [secret]' https://x"},
      {"bearer 9f8e7d6c5b4a, please", "bearer [secret], please"},
      {"Authorization: Basic dXNlcjpw", "Authorization: Basic [secret]"},
      {"proxy-authorization: basic dXNlcjpodW50ZXIy\nHost: x", "proxy-authorization: basic [secret]\nHost: x"},
      {"{\"Authorization\": \"Basic dXNlcjpodW50ZXIy\"}", "{\"Authorization\": \"Basic [secret]\"}"},
      {"Authorization: 0123456789abcdef0123", "Authorization: [secret]"},
  });
}

TEST(RedactTest, PasswordsInUrls) {
  ExpectAll({
      {"postgres://user:hunter2@db/orders", "postgres://user:[secret]@db/orders"},
      {"redis://:hunter2@cache:6379/0", "redis://:[secret]@cache:6379/0"},
      {"DSN \"mysql://bob:p@ss#w%2Fd@db.example:3306/x?a=b@c\"",
       "DSN \"mysql://bob:[secret]@db.example:3306/x?a=b@c\""},
      {"postgres://user:pa/ss@db/x@y", "postgres://user:[secret]@db/x@y"},
      {"ftp://bob:12345@files.example", "ftp://bob:[secret]@files.example"},
      {"https://4111111111111111:hunter2@x", "https://[card]:[secret]@x"},
  });
}

// As a form is copied from a page, a label and what was typed below it.
TEST(RedactTest, LoginForms) {
  ExpectAll({
      {"E-Mail\nkim@mail.example\nPassword\nhunter2\nLog in", "E-Mail\nkim@mail.example\nPassword\n[secret]\nLog in"},
      {"Passwort *\r\n\r\nSommer2024\r\n", "Passwort *\r\n\r\n[secret]\r\n"},
      {"> Contrase\u00f1a\nperro123", "> Contrase\u00f1a\n[secret]"},
      {"Mot de passe\n  soleil2", "Mot de passe\n  [secret]"},
      {"API key\nabc-123", "API key\n[secret]"},
  });
}

TEST(RedactTest, ProseAboutPassesBearersAndLinksStays) {
  for (const std::string text : {"I pass the shop every day",
                                 "pass",
                                 "boarding pass: gate 4",
                                 "ski pass: valid all week",
                                 "bypass: pump2024",
                                 "compass: N45degrees",
                                 "pass rate: 97.5%",
                                 "tests pass=12 fail=3",
                                 "Please pass: thanks",
                                 "8 hours pw",
                                 "PW: VW Golf",
                                 "npw: 12345",
                                 "bearer of bad news",
                                 "the bearer 4711 of it",
                                 "Basic plan please",
                                 "Basic plan2024 please",
                                 "authorization is pending",
                                 "Authorization: please call me",
                                 "Authorization: Basic plan please",
                                 "Authorization: 00451278 of my bank",
                                 "http://shop.example/a:b@c",
                                 "http://shop.example:8080/@kim",
                                 "http://shop.example:443?to=kim@mail.example",
                                 "see http://shop.example: kim@mail.example",
                                 "at 10:30 kim@mail.example wrote",
                                 "user:name@mail.example",
                                 "https://user@shop.example/x",
                                 "I forgot my password\n4711 is my order",
                                 "Password\nplease reset it",
                                 "Password\n\n\n\n\n\n\n\n\n\nhunter2",
                                 "secret access is nice",
                                 "Topic\nhunter2"}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

// Put together from two parts, so that nobody's scanner takes this file for a leak.
TEST(RedactTest, KeysByTheirShape) {
  const std::string tail = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
  for (const std::string prefix : {"sk-", "sk-proj-", "sk-ant-", "sk_live_", "rk_live_", "ghp_", "gho_", "ghs_",
                                   "github_pat_", "glpat-", "AIza", "xoxb-", "xoxp-", "xapp-", "whsec_", "npm_"}) {
    EXPECT_EQ(RedactText("use " + prefix + tail + ", ok"), "use [secret], ok") << prefix;
    EXPECT_EQ(RedactText("x" + prefix + "1"), "x" + prefix + "1") << prefix;
  }
  EXPECT_EQ(RedactText(std::string("AKIA") + "IOSFODNN7EXAMPLE"), "[secret]");
  const std::string jwt = std::string("eyJhbGciOiJIUzI1NiJ9") + ".eyJzdWIiOiIxIn0." + "c2lnbmF0dXJl";
  EXPECT_EQ(RedactText("Bearer " + jwt + "\n"), "Bearer [secret]\n");
  const std::string block =
      std::string("-----BEGIN RSA PRIVATE") + " KEY-----\nMIIB\nabcd\n-----END RSA PRIVATE KEY-----";
  EXPECT_EQ(RedactText("a\n" + block + "\nb"), "a\n[secret]\nb");
  for (const std::string text : {"sk-learn-and-other-words-of-python", "eyJ.a.b", "task-force-of-the-year-2024-now",
                                 "-----BEGIN CERTIFICATE-----"}) {
    EXPECT_EQ(RedactText(text), text);
  }
}

std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kParts = {"password",
                                                  "Passwort",
                                                  "contrase\u00f1a",
                                                  "mot de passe",
                                                  "token",
                                                  "secret",
                                                  " key",
                                                  "api key",
                                                  ":",
                                                  "=",
                                                  " ",
                                                  " ",
                                                  "is ",
                                                  "ist ",
                                                  "\n",
                                                  "\"",
                                                  "'",
                                                  "4111111111111111",
                                                  "4111 1111 1111 1111",
                                                  "DE89370400440532013000",
                                                  "DE89 3704 0044 0532 0130 00",
                                                  "1",
                                                  "42",
                                                  "7",
                                                  "a",
                                                  "x",
                                                  "[",
                                                  "]",
                                                  "[card]",
                                                  "[secret]",
                                                  "[iban]",
                                                  "-",
                                                  ".",
                                                  "sk-",
                                                  "ghp_",
                                                  "abcdefghijk0mnop",
                                                  "eyJhbGciOiJI",
                                                  "\u00a0",
                                                  "\u202f",
                                                  "\uff14\uff11\uff11\uff11",
                                                  "1111",
                                                  "4111",
                                                  "\uff24\uff25",
                                                  "\xff",
                                                  "&",
                                                  "*",
                                                  "GB82WEST",
                                                  "-----BEGIN PRIVATE KEY-----",
                                                  "-----END PRIVATE KEY-----",
                                                  "hooks.slack.com/services/",
                                                  "0000",
                                                  "pw",
                                                  "_pass",
                                                  "bearer ",
                                                  "authorization",
                                                  "basic ",
                                                  "://",
                                                  "user",
                                                  "@",
                                                  "/",
                                                  "#",
                                                  "\r\n",
                                                  "dXNlcjpw"};
  std::string text;
  for (unsigned parts = random() % 14; parts > 0; --parts) text += kParts[random() % kParts.size()];
  return text;
}

TEST(RedactTest, TwiceIsOnce) {
  std::mt19937 random(7);  // NOLINT: the same texts in every run
  for (int i = 0; i < 30000; ++i) {
    const std::string text = RandomText(random);
    const std::string once = RedactText(text);
    ASSERT_EQ(RedactText(once), once) << testing::PrintToString(text);
  }
}

// Quadratic work would take minutes here.
TEST(RedactTest, HostileTextTakesLinearTime) {
  for (const std::string part : {"1",
                                 "1 ",
                                 "a",
                                 "password",
                                 "password ",
                                 "password:",
                                 "password is ",
                                 "token*",
                                 "token\u00a0",
                                 "token \"",
                                 "sk-",
                                 "-sk-",
                                 "eyJhbGciOiJI.",
                                 "DE89",
                                 "DE89 ",
                                 "-----BEGIN PRIVATE KEY-----",
                                 "-",
                                 "secret=",
                                 "sk-a",
                                 "api key 'a",
                                 "1\n",
                                 "1111\n",
                                 "1111.",
                                 "\uff11",
                                 "\uff11\u3000",
                                 "\uff24\uff25\uff18\uff19",
                                 "\xef\xbc",
                                 "://a",
                                 "://a:",
                                 "://:b@",
                                 ":",
                                 "a:",
                                 "pw:",
                                 "_pass=",
                                 "Password\n",
                                 "Password\n\n ",
                                 "bearer ",
                                 "authorization: basic ",
                                 "authorization: \"bearer ",
                                 "secret_access_"}) {
    std::string text;
    while (text.size() < 200000) text += part;
    EXPECT_FALSE(RedactText(text).empty());
  }
}

}  // namespace
}  // namespace tr
