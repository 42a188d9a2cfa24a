#include "net/http_encoding.h"

#include <gtest/gtest.h>

#include "net/response_head.h"

namespace tr::net {
namespace {

using Segments = std::vector<std::string>;

TEST(PercentDecode, TakesPairsOfHexadecimalDigitsOnly) {
  EXPECT_EQ(PercentDecode("a%2Fb%c3%a9+"), "a/b\xC3\xA9+");
  EXPECT_EQ(PercentDecode(""), "");
  for (const char* bad : {"%", "%2", "a%zz", "%2g", "%%41"}) EXPECT_EQ(PercentDecode(bad), std::nullopt) << bad;
}

TEST(PercentEncode, IsUndoneByDecoding) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(PercentDecode(PercentEncode(all)), all);
  EXPECT_EQ(PercentEncode("a-._~ /ü"), "a-._~%20%2F%C3%BC");
}

TEST(ParseForm, FollowsTheBrowsers) {
  const std::pair<const char*, Fields> rows[] = {
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
      {"a", {{"a", ""}}},
      {"=v", {{"", "v"}}},
      {"&&a=b=c&", {{"a", "b=c"}}},
      {"n+m=x%26y", {{"n m", "x&y"}}},
      {"a=100%&b=%zz", {{"a", "100%"}, {"b", "%zz"}}},
      {"a=%00%ff", {{"a", std::string("\0\xFF", 2)}}},
  };
  for (const auto& [text, fields] : rows) EXPECT_EQ(ParseForm(text), fields) << text;
}

TEST(ParseForm, IsBounded) {
  EXPECT_EQ(ParseForm("a&b&c", 3)->size(), 3u);
  EXPECT_EQ(ParseForm("a&b&c&d", 3), std::nullopt);
}

TEST(AuthorityOf, IsTheHostAndThePort) {
  const std::pair<const char*, const char*> cases[] = {
      {"http://tickets.shop.example:8080/x?y#z", "tickets.shop.example:8080"},
      {"https://user:word@[::1]:443?at=a@b", "[::1]:443"},
      {"http://host", "host"},
      {"http://host#a/b", "host"},
      {"shop.example/x", "shop.example"},
      {"null", "null"},
      {"", ""},
  };
  for (const auto& [url, authority] : cases) EXPECT_EQ(AuthorityOf(url), authority) << url;
}

TEST(PathSegments, AreDecodedOneByOne) {
  EXPECT_EQ(PathSegments("/"), Segments{});
  EXPECT_EQ(PathSegments("/a/b%2Fc/%C3%A9"), (Segments{"a", "b/c", "\xC3\xA9"}));
  EXPECT_EQ(PathSegments("/a//b"), (Segments{"a", "", "b"}));
  for (const char* bad : {"", "a", "/%", "/a%00"}) EXPECT_EQ(PathSegments(bad), std::nullopt) << bad;
}

TEST(FindCookie, FindsTheFirstOfThatName) {
  const char* header = "a=1; session=\"x=y\" ;b=; session=2";
  EXPECT_EQ(FindCookie(header, "a"), "1");
  EXPECT_EQ(FindCookie(header, "session"), "x=y");
  EXPECT_EQ(FindCookie(header, "b"), "");
  EXPECT_EQ(FindCookie(header, "sess"), "");
  EXPECT_EQ(FindCookie("", "a"), "");
}

TEST(ParseContentType, SplitsTypeAndCharset) {
  struct Row {
    const char *header, *type, *charset;
  };
  for (const Row& row :
       {Row{"", "", ""}, Row{"Text/HTML", "text/html", ""}, Row{"text/html; Charset=UTF-8", "text/html", "utf-8"},
        Row{"a/b ; x=y;charset=\"latin1\"", "a/b", "latin1"}, Row{"nonsense; charset=x", "", ""}}) {
    const ContentType parsed = ParseContentType(row.header);
    EXPECT_EQ(parsed.type, row.type) << row.header;
    EXPECT_EQ(parsed.charset, row.charset) << row.header;
  }
}

TEST(Headers, ComparesNamesWithoutCase) {
  Headers headers = {{"Set-Cookie", "a"}, {"X-One", "1"}, {"set-cookie", "b"}};
  EXPECT_EQ(headers.Get("SET-COOKIE"), "a");
  EXPECT_FALSE(headers.Has("X-On"));
  headers.Set("x-one", "2");
  EXPECT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers.Get("X-One"), "2");
}

TEST(ProblemResponse, IsAProblemDocument) {
  const HttpResponse response = ProblemResponse(404, "there is no ticket \"X\"");
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"there is no ticket \"X\""})");
}

TEST(FormatResponseHead, SaysWhatTheConnectionWillDo) {
  const HttpResponse response = MakeResponse(200, "text/plain", "four");
  const std::string_view start = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nDate: d\r\n";
  EXPECT_EQ(FormatResponseHead(response, {"d", true, true}), std::string(start) + "\r\n");
  EXPECT_EQ(FormatResponseHead(response, {"d", false, true}), std::string(start) + "Connection: close\r\n\r\n");
  EXPECT_EQ(FormatResponseHead(response, {"d", true, false}), std::string(start) + "Connection: keep-alive\r\n\r\n");
}

}  // namespace
}  // namespace tr::net
