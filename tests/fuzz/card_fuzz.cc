// Any words of a customer on a card for the team: no way out of a header's line, no element, no link and no line that
// passes for ours. The input's lines are name, address, subject, a file's name and the message.

#include <string>
#include <vector>

#include "channels/answer_link.h"
#include "channels/email_card.h"
#include "channels/mail_encoding.h"
#include "fuzz_target.h"
#include "rules/parse.h"

namespace {

using tr::fuzz::Require;
using tr::fuzz::RequireText;

std::string TakeLine(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string line = tr::RepairUtf8(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

tr::handoff::Notice NoticeOf(std::string_view input) {
  tr::handoff::Notice notice;
  notice.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV#card#2";
  notice.address = "billing@shop.example";
  tr::handoff::Card& card = notice.card;
  card.ticket = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  card.version = 2;
  card.team = "Billing";
  card.tags.topic = "refund";
  card.customer.name = TakeLine(input);
  card.customer.address = TakeLine(input);
  card.subject = TakeLine(input);
  card.attachments = {{TakeLine(input), "application/pdf", 7}};
  const std::string text = tr::RepairUtf8(input);
  card.evidence = {text.substr(0, text.find('\n'))};
  card.messages = {{1, card.customer.name, tr::Time{}, text, card.subject}};
  return notice;
}

std::size_t Count(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

// Ends in CRLF and has no other line that does not go on with a blank.
void RequireHeader(std::string_view header) {
  Require(header.ends_with("\r\n"));
  for (std::size_t at = 0; at + 2 < header.size(); ++at) {
    if (header[at] == '\n')
      Require(at > 0 && header[at - 1] == '\r' && (header[at + 1] == ' ' || header[at + 1] == '\t'));
    Require(static_cast<unsigned char>(header[at]) < 0x80);
  }
}

void RequireShortLines(std::string_view body) {
  while (!body.empty()) {
    const std::size_t end = body.find("\r\n");
    Require(end != body.npos && end <= 76);
    body.remove_prefix(end + 2);
  }
}

}  // namespace

TR_FUZZ_TARGET(card) {
  static const tr::channels::EmailLook kLook{"https://router.example", tr::Secret("key"), "support@shop.example"};
  static const tr::rules::RuleBook kBook;
  static const auto elements = [](const tr::handoff::Notice& of) {
    return tr::channels::PageHtml(tr::channels::CardPage(of, of.address, kBook, kLook, tr::Time{}));
  };
  const tr::handoff::Notice notice = NoticeOf(input);
  const tr::channels::MailPage page = tr::channels::CardPage(notice, notice.address, kBook, kLook, tr::Time{});
  const std::string html = tr::channels::PageHtml(page);
  RequireText(html);
  RequireText(tr::channels::PageText(page));
  // The same card with plain words has as many elements of the kinds that could act.
  for (const char* tag : {"<script", "<img", "<iframe", "<form", "<style", "<link", "<meta http"})
    Require(Count(html, tag) == 0);
  static const std::size_t kLinks = Count(elements(NoticeOf("Kim\nkim@mail.example\nOrder\nfile\nwords")), "<a ");
  Require(Count(html, "<a ") <= kLinks);
  RequireHeader(tr::channels::TextHeader("Subject", tr::channels::EmailSubject(notice)));
  RequireShortLines(tr::channels::QuotedPrintable(tr::RepairUtf8(input) + "\n"));
  const std::string link = tr::channels::AnswerLink(notice.card, kLook.intake_address);
  Require(link.empty() || link.starts_with("mailto:"));
  for (const char c : link) Require(c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>');
  Require(Count(link, "cc=") + Count(link, "bcc=") + Count(link, "to=") <= 2);
}
