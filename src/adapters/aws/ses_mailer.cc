#include "aws/ses_mailer.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "aws/json_fields.h"
#include "base/hash.h"
#include "base/text.h"
#include "channels/mail_encoding.h"
#include "ticket/json.h"

namespace tr::aws {
namespace {

namespace json = boost::json;

constexpr Duration kPatience = std::chrono::seconds(20);
constexpr Duration kLeast = std::chrono::milliseconds(500);  // also when the caller's time is as good as over

// https://docs.aws.amazon.com/ses/latest/dg/header-fields.html: SES replaces Message-ID and Date.
std::string MessageId(std::string_view id, std::string_view region) {
  const std::string host = region == "us-east-1" ? "email" : std::string(region);
  return std::string(id) + "@" + host + ".amazonses.com";
}

bool IsAboutThisMail(std::string_view code) { return code == "MessageRejected" || code == "BadRequestException"; }

// SES rejects a mail of a sender that is not verified by the code by which it rejects, in its sandbox, one to such a
// recipient; its words list the addresses: "… The following identities failed the check in region REGION: ONE, TWO".
bool Names(std::string_view body, const std::string& address) {
  const Result<json::value> said = ParseJson(body);
  if (!said) return false;
  const std::string_view text = TextAt(*said, "message");
  const std::string words = ToLowerAscii(text.empty() ? TextAt(*said, "Message") : text);  // both are in use
  for (std::string_view word : SplitText(words, ' ')) {
    while (word.ends_with(',') || word.ends_with('.')) word.remove_suffix(1);
    if (word == ToLowerAscii(address)) return true;
  }
  return false;
}

}  // namespace

Result<std::string> SesMailer::Send(const std::string& from, const std::string& to, const std::string& raw,
                                    const Call& call) {
  if (!channels::IsPlainAddress(from) || !channels::IsPlainAddress(to)) return Invalid("this is no plain address");
  AwsRequest request;
  request.operation = "SendEmail";
  request.target = "/v2/email/outbound-emails";
  request.body =
      json::serialize(json::object{{"FromEmailAddress", from},
                                   {"Destination", json::object{{"ToAddresses", json::array{to}}}},
                                   {"Content", json::object{{"Raw", json::object{{"Data", ToBase64(raw)}}}}}});
  request.only_once = true;  // or a team gets it twice
  request.timeout = std::clamp(call.deadline - clock_.Now(), kLeast, kPatience);
  TR_ASSIGN(const AwsAnswer answer, ses_.Send(request));
  if (!answer.error.empty()) {
    Fault fault = ses_.ToFault(request.operation, answer.http);
    const bool of_this_mail = IsAboutThisMail(answer.error) && !Names(answer.http.body, from);
    fault.kind = of_this_mail ? FaultKind::kPermanent : FaultKind::kTransient;
    return fault;
  }
  const Result<json::value> said = ParseJson(answer.http.body);
  const std::string_view id = said.ok() ? TextAt(*said, "MessageId") : "";
  return id.empty() ? std::string() : MessageId(id, ses_.region());
}

}  // namespace tr::aws
