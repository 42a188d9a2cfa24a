#include "way/story.h"

#include "base/hash.h"

namespace tr::way {
namespace {

namespace json = boost::json;

net::HttpRequest Post(const std::string& path, std::string body) {
  net::HttpRequest request;
  request.method = "POST";
  request.path = path;
  request.headers = {{"Host", "tickets.shop.example"}, {"Content-Type", "application/json"}};
  request.body = std::move(body);
  return request;
}

void Posted(Side& side, const net::HttpRequest& request) {
  EXPECT_EQ(side.Web(request).status, 202);
  side.Work();
  side.Tick();
  side.clock.Advance(std::chrono::seconds(1));
}

// What a person of the team says about the newest ticket.
void Act(Side& side, const std::string& action, const json::object& body) {
  const std::string id = side.Tickets().back();
  const std::int64_t version = side.Ticket(id).at("version").as_int64();
  const net::HttpResponse answer =
      side.Ask("POST", "/api/v1/tickets/" + id + "/" + action, body,
               {{"If-Match", "\"" + std::to_string(version) + "\""}, {"Idempotency-Key", action + id}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  side.Tick();
  side.clock.Advance(std::chrono::seconds(1));
}

}  // namespace

std::string Raw(const Letter& letter) {
  std::string raw = "Return-Path: <" + letter.from + ">\r\n" + letter.more_headers + "From: Kim <" + letter.from +
                    ">\r\nTo: <help@shop.example>\r\nSubject: " + letter.subject + "\r\nMessage-ID: <" + letter.word +
                    "@mail.example>\r\n";
  if (!letter.answers.empty()) raw += "In-Reply-To: <" + letter.answers + "@mail.example>\r\n";
  return raw + "Date: Mon, 02 Mar 2026 08:59:00 +0000\r\n\r\n" + letter.text + "\r\n";
}

void Receive(Side& side, const Letter& letter) {
  EXPECT_TRUE(side.Mail(letter.word, Raw(letter)));
  side.Work();
  side.Tick();
  side.clock.Advance(std::chrono::seconds(1));
}

net::HttpRequest FormRequest(const std::string& email, const std::string& message, const std::string& key) {
  net::HttpRequest request = Post("/form", json::serialize(json::object{{"email", email}, {"message", message}}));
  request.headers.Set("X-Form-Secret", kFormSecret);
  request.headers.Set("Idempotency-Key", key);
  return request;
}

net::HttpRequest ChatRequest(const std::string& id, const std::string& email, const std::string& message) {
  const json::object visitor{{"author", "visitor"}, {"name", "Kim"}, {"text", message}};
  net::HttpRequest request = Post("/chat/widget", json::serialize(json::object{{"event", "finished"},
                                                                               {"conversation", id},
                                                                               {"customer", {{"email", email}}},
                                                                               {"messages", json::array{visitor}}}));
  request.headers.Set("X-Signature", "sha256=" + ToHex(HmacSha256(kChatSecret, request.body)));
  return request;
}

void TellStory(Side& side) {
  Receive(side, {.word = "plain", .text = "Where is my delivery? It should have come on Friday."});
  Receive(side,
          {.word = "vip", .from = "ceo@globex.example", .text = "The website is down: error 502, nobody can order!"});
  Receive(side, {.word = "held", .subject = "Hello", .text = "The purple kumquat sings loudly every evening."});
  Act(side, "reassign", {{"topic", "product"}});
  Receive(side, {.word = "learned",
                 .from = "lou@mail.example",
                 .subject = "Hello",
                 .text = "My purple kumquat sings loudly and will not stop."});
  Receive(side, {.word = "later", .text = "Still nothing. This is urgent now!", .answers = "plain"});
  Receive(side, {.word = "later", .text = "Still nothing. This is urgent now!", .answers = "plain"});
  Receive(side, {.word = "repeat", .text = "Where is my delivery? It should have come on Friday."});
  Receive(side, {.word = "aside", .from = "news@newsletter.example", .text = "Our offers of the week."});
  Receive(side,
          {.word = "spam", .from = "x@bad.example", .text = "Win now", .more_headers = "X-SES-Spam-Verdict: FAIL\r\n"});
  std::string long_text = "My invoice is wrong.";
  while (long_text.size() < 100'000) long_text += "\r\nAnd another line about the invoice.";
  Receive(side, {.word = "long", .from = "ann@mail.example", .text = long_text});
  Posted(side, FormRequest("pat@mail.example", "I want a refund for order 1182, please.", "form-1"));
  Posted(side, FormRequest("pat@mail.example", "I want a refund for order 1182, please.", "form-1"));
  Posted(side, ChatRequest("c-1", "max@mail.example", "Which product fits a 15 inch laptop?"));
  Act(side, "take", {});
  Act(side, "done", {});
}

}  // namespace tr::way
