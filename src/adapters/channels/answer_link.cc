#include "channels/answer_link.h"

#include "channels/mail_encoding.h"
#include "net/http_encoding.h"

namespace tr::channels {
namespace {

constexpr std::size_t kLongestSubject = 200;

std::string AnsweredMessage(const handoff::Card& card) {
  for (auto message = card.messages.rbegin(); message != card.messages.rend(); ++message) {
    if (!message->message_id.empty()) return message->message_id;
  }
  return "";
}

// The "@" stands for itself in a mailto: URL; all else that is not a letter, a digit or "-._~" does not.
std::string EncodeAddress(const std::string& address) {
  const std::size_t at = address.find('@');
  return net::PercentEncode(address.substr(0, at)) + "@" + net::PercentEncode(address.substr(at + 1));
}

}  // namespace

std::string AnswerLink(const handoff::Card& card, const std::string& intake_address) {
  if (!IsPlainAddress(card.customer.address) || !IsPlainAddress(intake_address)) return "";
  const std::string subject = "Re: " + OneLine(card.subject, kLongestSubject) + " [TR-" + card.ticket + "]";
  std::string link = "mailto:" + EncodeAddress(card.customer.address) + "?subject=" + net::PercentEncode(subject) +
                     "&cc=" + EncodeAddress(intake_address);
  const std::string answered = OneLine(AnsweredMessage(card), 250);
  if (!answered.empty()) link += "&In-Reply-To=" + net::PercentEncode("<" + answered + ">");
  return link;
}

}  // namespace tr::channels
