#include "intake/automatic.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "base/text.h"
#include "intake/automatic_words.h"
#include "intake/subject.h"

namespace tr::intake {
namespace {

constexpr std::size_t kHeadOfText = 4000;  // a bounce says what it is in its first lines

bool HoldsAny(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool StartsWithAny(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

bool IsOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The first word of a header's value, lower case: "auto-replied" of "auto-replied; vacation (…)".
std::string FirstToken(std::string_view value) {
  const std::size_t end = value.find_first_of(" ;,(");
  return ToLowerAscii(value.substr(0, end));
}

std::string_view LocalPart(std::string_view address) { return address.substr(0, address.find('@')); }

// The address between the angle brackets of List-Post ("<mailto:list@shop.example>").
std::string ListAddress(const ParsedMail& mail) {
  const std::string post = ToLowerAscii(mail.Header("list-post"));
  const std::size_t at = post.find("mailto:");
  if (at == std::string::npos) return {};
  return post.substr(at + 7, post.find_first_of(">?", at) - at - 7);
}

// List-Id writes list@shop.example as "<list.shop.example>".
std::string ListName(const ParsedMail& mail) {
  const std::string id = ToLowerAscii(mail.Header("list-id"));
  const std::size_t open = id.rfind('<');
  if (open == std::string::npos) return id;
  return id.substr(open + 1, id.find('>', open) - open - 1);
}

class Recogniser {
 public:
  Recogniser(const ParsedMail& mail, const OwnMail& own)
      : mail_(mail),
        own_(own),
        subject_(Fold(BareSubject(mail.subject))),
        text_(Fold(CutText(mail.text, kHeadOfText))) {}

  Recognition Recognise() const {
    if (const std::string_view why = Own(); !why.empty()) return {Machine::kOwn, false, why};
    if (const std::string_view why = Bounce(); !why.empty()) return {Machine::kBounce, false, why};
    if (const std::string_view why = AutoReply(); !why.empty()) return {Machine::kAutoReply, false, why};
    if (const std::string_view why = List(); !why.empty()) return {Machine::kList, false, why};
    const std::string_view why = Doubt();
    return {Machine::kNone, !why.empty(), why};
  }

 private:
  std::string_view Own() const {
    if (!own_.loop_mark.empty()) {
      for (const MailHeader& header : mail_.headers) {
        if (header.name == "x-loop" && header.value == own_.loop_mark) return "x-loop of our own";
      }
    }
    if (!own_.message_id_domain.empty() && mail_.message_id.ends_with("@" + own_.message_id_domain))
      return "message-id of our own";
    // A web form that sends in our name says in Reply-To whose words they are.
    const bool answers_elsewhere = !mail_.reply_to.address.empty() && !IsOurs(mail_.reply_to.address);
    return IsOurs(mail_.from.address) && !answers_elsewhere ? "from our own address" : "";
  }

  bool IsOurs(std::string_view address) const {
    return !address.empty() && std::find(own_.addresses.begin(), own_.addresses.end(), address) != own_.addresses.end();
  }

  bool HasPart(std::string_view type) const {
    return std::find(mail_.parts.begin(), mail_.parts.end(), type) != mail_.parts.end();
  }

  // The local part of the sender without the marks between its words: "maildeliverysystem".
  std::string Sender() const {
    std::string name(LocalPart(mail_.from.address));
    std::erase_if(name, [](char c) { return c == '.' || c == '-' || c == '_' || c == '"' || c == ' ' || c == '\\'; });
    return name;
  }

  bool FromDaemon() const {
    const std::string sender = Sender();
    return IsOneOf(sender, DaemonNames()) || sender.starts_with("mailerdaemon") ||
           sender.starts_with("microsoftexchange");
  }

  // RFC 5321 section 4.5.5: what must never be answered carries no return path; some servers then write their own.
  bool HasNullReturnPath() const {
    const std::string path = ToLowerAscii(mail_.Header("return-path"));
    return path == "<>" || path.starts_with("<mailer-daemon@") || path.starts_with("mailer-daemon@");
  }

  std::string_view Bounce() const {
    if (mail_.report_type == "delivery-status" || HasPart("message/delivery-status")) return "delivery status report";
    if (mail_.report_type == "feedback-report" || HasPart("message/feedback-report")) return "feedback report";
    if (mail_.HasHeader("x-failed-recipients")) return "x-failed-recipients";
    if (mail_.HasHeader("x-ms-exchange-message-is-ndr")) return "non-delivery report";
    const bool subject = HoldsAny(subject_, BounceSubjects());
    const bool text = HoldsAny(text_, BounceTexts());
    const bool quiet = HasNullReturnPath() || FirstToken(mail_.Header("auto-submitted")) == "auto-replied";
    const bool away = StartsWithAny(subject_, AutoReplySubjects());
    if (FromDaemon() && !away && (subject || text)) return "mail delivery system";
    if (Sender().starts_with("mailerdaemon") && !away) return "mail delivery system";
    if (HasNullReturnPath() && mail_.from.address.empty()) return "null return path and no sender";
    if (quiet && !away && (subject || (text && HasPart("message/rfc822"))))
      return "null return path and bounce wording";
    if (mail_.content_type == "multipart/report" && (subject || text)) return "report with bounce wording";
    // Customers too write that a delivery failed, so words alone prove nothing.
    return subject && text && IsSystemName() ? "a mail system's name and bounce wording" : "";
  }

  // "Mail Delivery Subsystem", "System Administrator": nobody's name.
  bool IsSystemName() const {
    static constexpr std::array<std::string_view, 11> kNames = {
        "mail delivery", "mail system",          "mailer-daemon",      "mailer daemon",
        "postmaster",    "system administrator", "mail administrator", "mail deliver",
        "internet mail", "delivery subsystem",   "mail router"};
    static constexpr std::array<std::string_view, 5> kSenders = {"smtp", "maildelivery", "mailsystem",
                                                                 "systemadministrator", "mdaemon"};
    return HoldsAny(Fold(mail_.from.name), kNames) || HoldsAny(Sender(), kSenders) || FromDaemon() ||
           mail_.from.address.empty();
  }

  std::string_view AutoReply() const {
    const std::string submitted = FirstToken(mail_.Header("auto-submitted"));
    if (!submitted.empty() && submitted != "no") return "auto-submitted";
    if (mail_.report_type == "disposition-notification" || HasPart("message/disposition-notification"))
      return "read receipt";
    static constexpr std::array<std::string_view, 11> kMarks = {"x-autoreply",
                                                                "x-autorespond",
                                                                "x-autoresponder",
                                                                "x-auto-reply",
                                                                "x-mail-autoreply",
                                                                "x-autoreply-from",
                                                                "x-autogenerated",
                                                                "x-auto-generated",
                                                                "x-vacation",
                                                                "x-cron-env",
                                                                "x-ms-exchange-inbox-rules-loop"};
    for (const std::string_view mark : kMarks) {
      if (mail_.HasHeader(mark) && !EqualsIgnoreCaseAscii(mail_.Header(mark), "no")) return "an auto-reply's header";
    }
    const std::string precedence = FirstToken(mail_.Header("precedence"));
    if (precedence == "auto_reply" || precedence == "auto-reply" || precedence == "autoreply")
      return "precedence auto_reply";
    if (!StartsWithAny(subject_, AutoReplySubjects())) return "";
    if (HasNullReturnPath() || IsBulk(precedence) || SuppressesReplies()) return "auto-reply's subject and marks";
    // A person may write "Out of office hours?"; a program puts a colon behind its mark, or writes nothing else.
    return HasColonMark() || !mail_.in_reply_to.empty() || !mail_.references.empty() ? "auto-reply's subject" : "";
  }

  bool HasColonMark() const {
    const std::string subject = Fold(mail_.subject);
    const std::size_t colon = subject.find(':');
    return colon != std::string::npos && StartsWithAny(subject.substr(0, colon + 1), AutoReplySubjects());
  }

  static bool IsBulk(std::string_view precedence) {
    return precedence == "bulk" || precedence == "junk" || precedence == "list";
  }

  bool SuppressesReplies() const {
    const std::string value = ToLowerAscii(mail_.Header("x-auto-response-suppress"));
    return value.find("all") != std::string::npos || value.find("autoreply") != std::string::npos;
  }

  // A group's address that is one of ours only brings us customers' mail.
  bool ListIsOurs() const {
    if (IsOurs(ListAddress(mail_))) return true;
    const std::string name = ListName(mail_);
    return !name.empty() && std::any_of(own_.addresses.begin(), own_.addresses.end(), [&](std::string address) {
      std::replace(address.begin(), address.end(), '@', '.');
      return address == name;
    });
  }

  std::string_view List() const {
    if (ListIsOurs()) return "";
    if (mail_.HasHeader("list-id") || mail_.HasHeader("list-post")) return "list headers";
    if (mail_.HasHeader("mailing-list") || mail_.HasHeader("x-mailing-list")) return "list headers";
    if (FirstToken(mail_.Header("precedence")) == "list") return "precedence list";
    // Programs that help sales people write single mails add List-Unsubscribe too, so an answer with one may be a
    // person's.
    const bool answer = !mail_.in_reply_to.empty() || !mail_.references.empty();
    if (mail_.HasHeader("list-unsubscribe") && !answer) return "list-unsubscribe";
    if (IsBulk(FirstToken(mail_.Header("precedence"))) && !answer) return "precedence bulk";
    return "";
  }

  std::string_view Doubt() const {
    if (mail_.cut) return "larger than mail programs write";
    if (HasNullReturnPath()) return "null return path";
    if (SuppressesReplies()) return "x-auto-response-suppress";
    if (FromDaemon()) return "sent by a mail system";
    if (IsOneOf(LocalPart(mail_.from.address), NoReplyNames())) return "no-reply address";
    if (StartsWithAny(subject_, AutoReplySubjects())) return "auto-reply's wording";
    if (HoldsAny(subject_, BounceSubjects()) && IsSystemName()) return "bounce wording";
    if (!ListIsOurs() && (mail_.HasHeader("list-unsubscribe") || IsBulk(FirstToken(mail_.Header("precedence")))))
      return "bulk mail's headers";
    return "";
  }

  const ParsedMail& mail_;
  const OwnMail& own_;
  std::string subject_;  // folded, without reply marks
  std::string text_;     // its head, folded
};

}  // namespace

Recognition Recognise(const ParsedMail& mail, const OwnMail& own) { return Recogniser(mail, own).Recognise(); }

bool HasBadVerdict(const ParsedMail& mail) {
  const auto says = [&](std::string_view header, std::string_view verdict) {
    return FirstToken(mail.Header(header)) == verdict;
  };
  return says("x-ses-spam-verdict", "fail") || says("x-ses-virus-verdict", "fail") || says("x-spam-flag", "yes") ||
         says("x-spam-status", "yes") || says("x-spam", "yes") || says("x-virus-status", "infected") ||
         says("x-virus-status", "yes");
}

}  // namespace tr::intake
