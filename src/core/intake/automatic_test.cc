#include "intake/automatic.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace tr::intake {
namespace {

const OwnMail kOwn{{"help@shop.example", "group@shop.example"}, "router.shop.example", "tr-loop-1"};

Recognition Of(const std::string& raw) {
  const Result<ParsedMail> mail = ParseMail(raw);
  EXPECT_TRUE(mail.ok());
  return Recognise(*mail, kOwn);
}

struct Row {
  std::string story;
  std::string headers;
  Machine machine;
  bool doubtful;
  std::string text = "words";
};

TEST(Recognise, TellsMachinesFromPeople) {
  const std::string ann = "From: Ann <ann@mail.example>\n";
  const std::vector<Row> table = {
      {"a person", ann + "Subject: Parcel\n", Machine::kNone, false},
      {"a person who is not automatic", ann + "Auto-Submitted: no\n", Machine::kNone, false},
      {"a person who asks about office hours", ann + "Subject: Out of office hours?\n", Machine::kNone, true},
      {"a person whose parcel did not come", ann + "Subject: Delivery failed\n", Machine::kNone, false,
       "My parcel could not be delivered."},
      {"auto-replied", ann + "Auto-Submitted: auto-replied (vacation)\n", Machine::kAutoReply, false},
      {"auto-generated", ann + "Auto-Submitted: auto-generated\n", Machine::kAutoReply, false},
      {"X-Autoreply", ann + "X-Autoreply: yes\n", Machine::kAutoReply, false},
      {"Precedence: auto_reply", ann + "Precedence: auto_reply\n", Machine::kAutoReply, false},
      {"English subject", ann + "Subject: Automatic reply: Your order\n", Machine::kAutoReply, false},
      {"French subject", ann + "Subject: =?utf-8?Q?R=C3=A9ponse_automatique?= : commande\n", Machine::kAutoReply,
       false},
      {"behind a reply mark", ann + "Subject: Re: Out of Office\nIn-Reply-To: <a@b>\n", Machine::kAutoReply, false},
      {"away, from nowhere", ann + "Return-Path: <>\nSubject: On vacation\n", Machine::kAutoReply, false},
      {"read receipt", ann + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
       Machine::kAutoReply, false},
      {"mailer-daemon", "From: MAILER-DAEMON@mail.example\nSubject: failure notice\n", Machine::kBounce, false},
      {"postmaster with the words", "From: postmaster@mail.example\nSubject: Undeliverable: x\n", Machine::kBounce,
       false},
      {"postmaster with other words", "From: postmaster@mail.example\nSubject: Our new domain\n", Machine::kNone, true},
      {"from nowhere with the words", "Return-Path: <>\nFrom: it@mail.example\nSubject: Unzustellbar: x\n",
       Machine::kBounce, false},
      {"failed recipients", ann + "X-Failed-Recipients: b@mail.example\n", Machine::kBounce, false},
      {"from nowhere", ann + "Return-Path: <>\n", Machine::kNone, true},
      {"list", ann + "List-Id: <news.mail.example>\n", Machine::kList, false},
      {"newsletter", ann + "List-Unsubscribe: <https://mail.example/u>\n", Machine::kList, false},
      {"an answer by a sales program", ann + "List-Unsubscribe: <https://mail.example/u>\nIn-Reply-To: <a@b>\n",
       Machine::kNone, true},
      {"bulk", ann + "Precedence: bulk\n", Machine::kList, false},
      {"a group that is ours",
       ann + "List-Id: Group <group.shop.example>\nPrecedence: list\nList-Unsubscribe: <mailto:x@y>\n", Machine::kNone,
       false},
      {"a group's post address is ours", ann + "List-Post: <mailto:group@shop.example>\n", Machine::kNone, false},
      {"suppresses answers", ann + "X-Auto-Response-Suppress: All\n", Machine::kNone, true},
      {"no-reply", "From: no-reply@mail.example\n", Machine::kNone, true},
      {"our loop mark", ann + "X-Loop: tr-loop-1\n", Machine::kOwn, false},
      {"another's loop mark", ann + "X-Loop: other\n", Machine::kNone, false},
      {"our message id", ann + "Message-ID: <1@router.shop.example>\n", Machine::kOwn, false},
      {"our address", "From: help@shop.example\n", Machine::kOwn, false},
      {"our form in a customer's name", "From: help@shop.example\nReply-To: ann@mail.example\n", Machine::kNone, false},
  };
  for (const Row& row : table) {
    SCOPED_TRACE(row.story);
    const Recognition recognition = Of(row.headers + "\n" + row.text);
    EXPECT_EQ(Name(recognition.machine), Name(row.machine)) << recognition.because;
    EXPECT_EQ(recognition.doubtful, row.doubtful) << recognition.because;
  }
}

TEST(Recognise, KnowsTheReportsOfTheData) {
  const auto file = [](const std::string& name) {
    const char* source = std::getenv("TR_SOURCE");
    std::ifstream in(std::string(source == nullptr ? "." : source) + "/tests/data/intake/" + name, std::ios::binary);
    EXPECT_TRUE(in.good()) << name;
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(Of(file("bounce-dsn.eml")).machine, Machine::kBounce);
  EXPECT_EQ(Of(file("out-of-office-german.eml")).machine, Machine::kAutoReply);
  EXPECT_EQ(Of(file("order-reply-gmail.eml")).machine, Machine::kNone);
  EXPECT_FALSE(Of(file("order-reply-gmail.eml")).doubtful);
}

TEST(HasBadVerdict, OnlyAgainstTheMail) {
  const auto verdict = [](const std::string& header) { return HasBadVerdict(*ParseMail(header + "\n\nx")); };
  EXPECT_TRUE(verdict("X-SES-Spam-Verdict: FAIL"));
  EXPECT_TRUE(verdict("X-SES-Virus-Verdict: FAIL"));
  EXPECT_TRUE(verdict("X-Spam-Flag: YES"));
  EXPECT_TRUE(verdict("X-Spam-Status: Yes, score=9.1"));
  EXPECT_FALSE(verdict("X-SES-Spam-Verdict: PASS"));
  EXPECT_FALSE(verdict("X-Spam-Status: No, score=0.1"));
  EXPECT_FALSE(verdict("Subject: FAIL"));
}

}  // namespace
}  // namespace tr::intake
