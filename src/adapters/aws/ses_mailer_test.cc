#include "aws/ses_mailer.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "aws/aws_testing.h"
#include "aws/secrets.h"

namespace tr::aws {
namespace {

using net::HttpRequest;
using net::HttpResponse;
using net::MakeResponse;

TEST(SesMailer, SendsTheMessageAsItIs) {
  HttpRequest seen;
  TestService ses(kSes, [&](const HttpRequest& request) {
    seen = request;
    return MakeResponse(200, "application/json", R"({"MessageId":"0100-abc"})");
  });
  SesMailer mailer(ses.client(), ses.clock());
  const auto sent = mailer.Send("router@shop.example", "team@shop.example", "Subject: x\r\n\r\ny",
                                {kTestTime + Duration(9000), "T1"});
  ASSERT_TRUE(sent.ok()) << sent.fault().text;
  EXPECT_EQ(*sent, "0100-abc@ap-southeast-1.amazonses.com");
  EXPECT_EQ(seen.path, "/v2/email/outbound-emails");
  EXPECT_EQ(boost::json::parse(seen.body),
            boost::json::parse(
                R"({"FromEmailAddress":"router@shop.example","Destination":{"ToAddresses":["team@shop.example"]},)"
                R"("Content":{"Raw":{"Data":"U3ViamVjdDogeA0KDQp5"}}})"));
}

TEST(SesMailer, OnlyThisMailsOwnFaultIsForGood) {
  struct Row {
    int status;
    const char* code;
    FaultKind kind;
  };
  for (const Row& row :
       {Row{400, "MessageRejected", FaultKind::kPermanent}, Row{400, "BadRequestException", FaultKind::kPermanent},
        Row{429, "TooManyRequestsException", FaultKind::kTransient},
        Row{400, "AccountSuspendedException", FaultKind::kTransient},
        Row{400, "SendingPausedException", FaultKind::kTransient},
        Row{400, "MailFromDomainNotVerifiedException", FaultKind::kTransient},
        Row{403, "AccessDeniedException", FaultKind::kTransient}, Row{500, "", FaultKind::kTransient}}) {
    TestService ses(kSes, [&](const HttpRequest&) {
      HttpResponse response = MakeResponse(row.status, "application/json", R"({"message":"to lena@shop.example"})");
      response.headers.Add("x-amzn-ErrorType", row.code);
      return response;
    });
    const auto sent = SesMailer(ses.client(), ses.clock()).Send("a@b.example", "c@d.example", "x", {});
    ASSERT_FALSE(sent.ok());
    EXPECT_EQ(sent.fault().kind, row.kind) << row.code;
    EXPECT_EQ(sent.fault().text.find("lena"), std::string::npos);
  }
}

// As SES says it: https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html
TEST(SesMailer, ASenderThatIsNotVerifiedIsMendedByAnOperator) {
  struct Row {
    const char* identities;
    FaultKind kind;
  };
  for (const Row& row :
       {Row{"router@shop.example", FaultKind::kTransient},
        Row{"lena@shop.example, Router@Shop.example", FaultKind::kTransient},
        Row{"router@shop.example, lena@shop.example", FaultKind::kTransient},
        Row{"lena@shop.example", FaultKind::kPermanent}, Row{"the-router@shop.example", FaultKind::kPermanent}}) {
    TestService ses(kSes, [&](const HttpRequest&) {
      HttpResponse response = MakeResponse(
          400, "application/json",
          R"({"message":"Email address is not verified. The following identities failed the check in region )"
          R"(AP-SOUTHEAST-1: )" +
              std::string(row.identities) + "\"}");
      response.headers.Add("x-amzn-ErrorType", "MessageRejected");
      return response;
    });
    const auto sent = SesMailer(ses.client(), ses.clock()).Send("router@shop.example", "lena@shop.example", "x", {});
    ASSERT_FALSE(sent.ok());
    EXPECT_EQ(sent.fault().kind, row.kind) << row.identities;
    EXPECT_EQ(sent.fault().text, "ses SendEmail: MessageRejected (400)");
  }
}

TEST(SesMailer, RefusesWhatIsNoPlainAddress) {
  int calls = 0;
  TestService ses(kSes, [&](const HttpRequest&) { return ++calls, MakeResponse(200, "application/json", "{}"); });
  for (const char* to : {"", "a@b.example, c@d.example", "Lena <a@b.example>", "a@b.example\r\nBcc: x@y.example"}) {
    EXPECT_EQ(SesMailer(ses.client(), ses.clock()).Send("a@b.example", to, "x", {}).fault().kind, FaultKind::kInvalid);
  }
  EXPECT_EQ(calls, 0);
}

TEST(Secrets, AreAskedForRarely) {
  int calls = 0;
  std::string answer = R"({"SecretString":"{\"slack\":\"one\",\"n\":5}"})";
  int status = 200;
  TestService manager(kSecretsManager,
                      [&](const HttpRequest&) { return ++calls, MakeResponse(status, kJson11, answer); });
  Secrets secrets(manager.client(), "tr/app", manager.clock());
  EXPECT_EQ(secrets.Get("slack")->Reveal(), "one");
  EXPECT_EQ(secrets.Get("other").fault().kind, FaultKind::kNotFound);
  EXPECT_EQ(secrets.Get("n").fault().kind, FaultKind::kNotFound);
  EXPECT_EQ(calls, 1);
  answer = R"({"SecretString":"{\"slack\":\"two\"}"})";
  secrets.Forget();
  EXPECT_EQ(secrets.Get("slack")->Reveal(), "two");
  manager.clock().Advance(std::chrono::minutes(5));
  status = 500;
  EXPECT_EQ(secrets.Get("slack")->Reveal(), "two") << "what is known stays while the service is down";
  EXPECT_EQ(calls, 3);
}

TEST(Secrets, SayWhatIsWrong) {
  struct Row {
    int status;
    const char* answer;
  };
  for (const Row& row : {Row{400, R"({"__type":"ResourceNotFoundException"})"}, Row{200, R"({"SecretString":"plain"})"},
                         Row{200, R"({"SecretBinary":"AA=="})"}}) {
    TestService manager(kSecretsManager,
                        [&](const HttpRequest&) { return MakeResponse(row.status, kJson11, row.answer); });
    EXPECT_EQ(Secrets(manager.client(), "tr/app", manager.clock()).Get("x").fault().kind, FaultKind::kPermanent);
  }
}

}  // namespace
}  // namespace tr::aws
