#include "base/log.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <limits>

namespace tr {
namespace {

constexpr std::string_view kTime = "2026-12-08T10:00:00.000Z";

TEST(LogTest, WritesEveryTypeOfField) {
  EXPECT_EQ(
      FormatLogLine(kTime, LogLevel::kInfo, "landed",
                    {{"ticket", "01A"},
                     {"team", std::string("Billing")},
                     {"n", 3},
                     {"big", std::int64_t{-9007199254740993}},
                     {"bytes", std::uint64_t{41943040}},
                     {"share", 0.25},
                     {"vip", true},
                     {"late", false}}),
      R"({"time":"2026-12-08T10:00:00.000Z","level":"info","event":"landed","ticket":"01A","team":"Billing","n":3,)"
      R"("big":-9007199254740993,"bytes":41943040,"share":0.25,"vip":true,"late":false})");
}

TEST(LogTest, NamesTheLevels) {
  const std::pair<LogLevel, std::string> cases[] = {{LogLevel::kDebug, "debug"},
                                                    {LogLevel::kInfo, "info"},
                                                    {LogLevel::kWarning, "warning"},
                                                    {LogLevel::kError, "error"}};
  for (const auto& [level, name] : cases) {
    const std::string line = FormatLogLine("t", level, "e", {});
    EXPECT_EQ(line, R"({"time":"t","level":")" + name + R"(","event":"e"})");
  }
}

TEST(LogTest, AnyBytesStayOneLineOfJson) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
  for (const std::string& text : {std::string("a\"b\\c\nd\re\tf\x01g\x7fh"), std::string("caf\u00e9 \u20ac"),
                                  every_byte, std::string("\"},{\"level\":\"error")}) {
    const std::string line = FormatLogLine(kTime, LogLevel::kInfo, text, {{text, text}});
    EXPECT_EQ(line.find_first_of("\n\r"), std::string::npos);
    boost::system::error_code error;
    const auto json = boost::json::parse(line, error);
    ASSERT_FALSE(error) << error.message();
    EXPECT_EQ(json.as_object().size(), 4U);
  }
  const std::string line = FormatLogLine(kTime, LogLevel::kInfo, "e", {{"x", "a\"\n\x01\u00e9"}});
  EXPECT_NE(line.find(R"("x":"a\"\n\u0001)"), std::string::npos) << line;
  EXPECT_EQ(boost::json::parse(line).at("x").as_string(), "a\"\n\x01\u00e9");
}

TEST(LogTest, NumbersThatJsonCannotSayBecomeNull) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::string line = FormatLogLine("t", LogLevel::kInfo, "e", {{"a", infinity}, {"b", infinity - infinity}});
  EXPECT_EQ(line, R"({"time":"t","level":"info","event":"e","a":null,"b":null})");
}

TEST(LogTest, CustomersWordsAndSecretsDoNotGetIn) {
  const std::string line =
      FormatLogLine("t", LogLevel::kInfo, "e", {{"from", CustomerText("ann@example.com")}, {"key", Secret("hunter2")}});
  EXPECT_EQ(line, R"({"time":"t","level":"info","event":"e","from":"[redacted]","key":"[redacted]"})");
}

}  // namespace
}  // namespace tr
