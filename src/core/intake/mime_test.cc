#include "intake/mime.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"

namespace tr::intake {
namespace {

std::string DataFile(const std::string& name) {
  const char* source = std::getenv("TR_SOURCE");
  std::ifstream file(std::string(source == nullptr ? "." : source) + "/tests/data/intake/" + name, std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

ParsedMail Parsed(std::string_view raw) {
  Result<ParsedMail> mail = ParseMail(raw);
  EXPECT_TRUE(mail.ok());
  return mail.ok() ? *mail : ParsedMail();
}

std::string Repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ParseMail, ReadsAReply) {
  const ParsedMail mail = Parsed(DataFile("order-reply-gmail.eml"));
  EXPECT_EQ(mail.from, (Mailbox{"Ann Müller", "ann@mail.example"}));
  EXPECT_EQ(mail.to, (std::vector<Mailbox>{{"Shop Help", "help@shop.example"}, {"Desk, Second", "desk@shop.example"}}));
  EXPECT_EQ(mail.subject, "Re: Order 4711 – still missing");
  EXPECT_EQ(mail.message_id, "reply-7@mail.example");
  EXPECT_EQ(mail.in_reply_to, "card-1@shop.example");
  EXPECT_EQ(mail.references, (std::vector<std::string>{"first@mail.example", "card-1@shop.example"}));
  ASSERT_TRUE(mail.date.has_value());
  EXPECT_EQ(FormatTime(*mail.date), "2026-12-08T10:02:03.000Z");
  EXPECT_NE(mail.text.find("> We sent it on Friday."), std::string::npos);
  EXPECT_EQ(mail.new_text, "The parcel is still missing. Café machine, blue.");
  EXPECT_TRUE(mail.attachments.empty());
  EXPECT_EQ(mail.Header("authentication-results"), "mx.shop.example; dmarc=pass header.from=mail.example");
  EXPECT_EQ(mail.Header("return-path"), "<ann@mail.example>");
  EXPECT_FALSE(mail.cut);
}

TEST(ParseMail, TurnsHtmlIntoText) {
  const ParsedMail mail = Parsed(DataFile("html-only-outage.eml"));
  EXPECT_EQ(mail.text,
            "Dear team,\n\nsince 9:00 nothing works für us.\nSee our page <https://status.globex.example/>.\n\n"
            "- web\n- mail\n\n> Is it working again?\n");
  EXPECT_EQ(mail.new_text,
            "Dear team,\n\nsince 9:00 nothing works für us.\nSee our page <https://status.globex.example/>.\n\n"
            "- web\n- mail");
}

TEST(ParseMail, ListsAttachments) {
  const ParsedMail mail = Parsed(DataFile("invoice-attached.eml"));
  EXPECT_EQ(mail.text, "Both are wrong.");
  ASSERT_EQ(mail.attachments.size(), 3U);
  EXPECT_EQ(mail.attachments[0], (Attachment{"Rechnung für Mai.pdf", "application/pdf", 8}));
  EXPECT_EQ(mail.attachments[1], (Attachment{"notes.txt", "text/plain", 4}));
  EXPECT_EQ(mail.attachments[2].content_type, "message/rfc822");
  EXPECT_EQ(mail.parts.size(), 5U);
}

TEST(ParseMail, RefusesOnlyWhatIsTooLarge) {
  std::string raw = "Subject: big\nContent-Type: application/zip\n\n";
  raw.resize(kMaxMailBytes, 'x');
  const Result<ParsedMail> fits = ParseMail(raw);
  ASSERT_TRUE(fits.ok());
  EXPECT_EQ(fits->subject, "big");
  ASSERT_EQ(fits->attachments.size(), 1U);
  EXPECT_EQ(fits->attachments[0].size, kMaxMailBytes - raw.find("xx"));
  raw += 'x';
  const Result<ParsedMail> over = ParseMail(raw);
  ASSERT_FALSE(over.ok());
  EXPECT_EQ(over.fault().kind, FaultKind::kInvalid);
}

TEST(ParseMail, CutsALongTextAtACharacter) {
  const ParsedMail mail =
      Parsed("Content-Type: text/plain; charset=utf-8\n\n" + Repeat("\xC3\xBC", kMaxTextBytes / 2 + 1));
  EXPECT_TRUE(mail.text_cut);
  EXPECT_FALSE(mail.cut);
  EXPECT_LE(mail.text.size(), kMaxTextBytes);
  EXPECT_TRUE(IsUtf8(mail.text));
}

struct Broken {
  std::string story;
  std::string raw;
  std::string subject;
  std::string text;
};

TEST(ParseMail, MakesAMailOfWhatIsBroken) {
  const std::vector<Broken> table = {
      {"nothing", "", "", ""},
      {"no header at all", "Hello there\nsecond line", "", "Hello there\nsecond line"},
      {"only headers", "Subject: a", "a", ""},
      {"bare carriage returns", "Subject: a\r\rbody\rmore", "a", "body\nmore"},
      {"a blank in front of the first header", " Subject: a\nFrom: b@c.example\n\nx", "a", "x"},
      {"an mbox line", "From x@y Mon Jan 1 00:00:00 2026\nSubject: a\n\nx", "a", "x"},
      {"a byte order mark", "\xEF\xBB\xBFSubject: a\n\nx", "a", "x"},
      {"a fold without its blank", "Subject: a\nlost fold\nFrom: b@c.example\n\nx", "a lost fold", "x"},
      {"a body without its empty line", "Subject: a\nDear team, hello\n\nbye", "a", "Dear team, hello\n\nbye"},
      {"a line of blanks inside the headers", "Subject: a\n \nFrom: b@c.example\n\nx", "a", "x"},
      {"two subjects", "Subject: first\nSubject: second\n\nx", "first", "x"},
      {"two content types", "Content-Type: text/plain; charset=utf-8\nContent-Type: text/html\n\n<b>x", "", "<b>x"},
      {"NUL bytes", std::string("Subject: a\0b\n\nx\0y", 17), "ab", "xy"},
      {"raw bytes in the text's charset",
       "Subject: \xCF\xF0\xE8\nContent-Type: text/plain; charset=windows-1251\n\n\xCF", "При", "П"},
      {"UTF-8 that says it is ASCII", "Content-Type: text/plain; charset=us-ascii\n\nf\xC3\xBCr", "", "für"},
      {"Latin-1 that says it is UTF-8", "Content-Type: text/plain; charset=utf-8\n\nf\xFCr", "", "für"},
      {"an unknown charset", "Content-Type: text/plain; charset=klingon\n\nf\xFCr", "", "für"},
      {"a multipart without its boundary", "Content-Type: multipart/mixed\n\n--q7q\n\nx\n--q7q--\n", "", "x"},
      {"a multipart without any part", "Content-Type: multipart/mixed; boundary=b\n\nx\n", "", "x\n"},
      {"a multipart that does not end", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n", "", "x\n"},
      {"a boundary that starts like another", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--bb\ny\n--b--\n",
       "", "x\n--bb\ny"},
      {"an alternative whose plain text is empty",
       "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>x\n--b--\n", "",
       "x\n"},
      {"a body that is a whole mail", "Content-Type: message/rfc822\n\nSubject: in\n\nx", "", "x"},
  };
  for (const Broken& row : table) {
    SCOPED_TRACE(row.story);
    const ParsedMail mail = Parsed(row.raw);
    EXPECT_EQ(mail.subject, row.subject);
    EXPECT_EQ(mail.text, row.text);
  }
}

TEST(ParseMail, CutsWhatPassesALimitAndKeepsTheRest) {
  const std::string head = "Subject: here\nFrom: a@b.example\n";
  const std::vector<std::pair<std::string, std::string>> table = {
      {"one long header", head + "X-Long: " + Repeat("y", 20'000) + "\n\nbody"},
      {"a long block", head + Repeat("X-Many: y\n", 30'000) + "\nbody"},
      {"headers of many parts",
       head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n" +
           Repeat("--b\nContent-Type: image/png\nX-Long: " + Repeat("y", 2'000) + "\n\nz\n", 900) + "--b--\n"},
      {"many parts", head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n" +
                         Repeat("--b\nContent-Type: a/b\n\nz\n", 2'000)},
  };
  for (const auto& [story, raw] : table) {
    SCOPED_TRACE(story);
    const ParsedMail mail = Parsed(raw);
    EXPECT_TRUE(mail.cut);
    EXPECT_EQ(mail.subject, "here");
    EXPECT_EQ(mail.from.address, "a@b.example");
    EXPECT_EQ(mail.text.substr(0, 4), "body");
    EXPECT_LE(mail.parts.size(), 1000U);
  }
}

TEST(ParseMail, SurvivesNesting) {
  std::string nested;
  for (int i = 0; i < 5'000; ++i)
    nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  EXPECT_TRUE(Parsed(nested + "\nx").cut);
  EXPECT_EQ(Parsed("From: " + Repeat("a:", 40'000) + "x@y.example\nSubject: s\n\nbody").subject, "s");
  EXPECT_EQ(Parsed("From: " + Repeat("(", 10'000) + "\nSubject: s\n\nbody").subject, "s");
  EXPECT_EQ(Parsed("Subject: s\nContent-Type: text/plain" + Repeat("; a=b", 100'000) + "\n\nbody").text, "body");
}

TEST(ParseMail, KeepsTheFirstAndTheNewestReferences) {
  std::string raw = "References:";
  for (int i = 0; i < 300; ++i) raw += " <" + std::to_string(i) + "@x.example>";
  const ParsedMail mail = Parsed(raw + "\n\n");
  ASSERT_EQ(mail.references.size(), 100U);
  EXPECT_EQ(mail.references.front(), "0@x.example");
  EXPECT_EQ(mail.references[1], "201@x.example");
  EXPECT_EQ(mail.references.back(), "299@x.example");
}

TEST(ParseMail, AFromOfNobodyIsTheSenders) {
  EXPECT_EQ(Parsed("Sender: b@c.example\n\n").from.address, "b@c.example");
  EXPECT_EQ(Parsed("From: undisclosed:;\nReply-To: R <r@c.example>\n\n").reply_to, (Mailbox{"R", "r@c.example"}));
}

}  // namespace
}  // namespace tr::intake
