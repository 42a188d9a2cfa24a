#include "channels/mail_page.h"

#include "base/text.h"
#include "channels/mail_encoding.h"

namespace tr::channels {
namespace {

constexpr std::size_t kMaxLine = 1000;
constexpr std::size_t kMaxQuote = 32 * 1024;

std::string Line(const std::string& words) { return OneLine(words, kMaxLine); }

std::string Html(const std::string& words) { return EscapeHtml(Line(words)); }

std::string Quoted(const std::string& words) {
  const std::string text = SafeLines(words, kMaxQuote);
  std::string quoted;
  for (const std::string_view line : SplitText(Trim(text), '\n')) quoted += "> " + std::string(line) + "\n";
  return quoted;
}

void ListText(const std::string& title, const std::vector<std::string>& items, const std::string& mark,
              std::string& text) {
  if (items.empty()) return;
  text += "\n" + title + "\n";
  for (const std::string& item : items) text += mark + Line(item) + "\n";
}

void ListHtml(const std::string& title, const std::vector<std::string>& items, std::string& html) {
  if (items.empty()) return;
  html += "<p style=\"margin:12px 0 2px\"><b>" + Html(title) + "</b></p><ul style=\"margin:0\">";
  for (const std::string& item : items) html += "<li>" + Html(item) + "</li>";
  html += "</ul>\n";
}

void FactsHtml(const MailPage& page, std::string& html) {
  html += "<table style=\"border-collapse:collapse\">";
  for (const auto& [name, value] : page.facts) {
    html += "<tr><td style=\"padding:2px 12px 2px 0;color:#555;vertical-align:top\">" + Html(name) +
            "</td><td style=\"padding:2px 0\">" + Html(value) + "</td></tr>";
  }
  html += "</table>\n";
}

void QuotesHtml(const MailPage& page, std::string& html) {
  for (const PageQuote& quote : page.quotes) {
    html +=
        "<p style=\"margin:12px 0 2px\"><b>" + Html(quote.head) +
        "</b></p><div style=\"white-space:pre-wrap;border-left:3px solid #bbb;padding:4px 10px;background:#f7f7f7\">" +
        EscapeHtml(SafeLines(Trim(quote.text), kMaxQuote)) + "</div>\n";
  }
}

void LinksHtml(const MailPage& page, std::string& html) {
  if (page.links.empty()) return;
  html += "<p style=\"margin:16px 0\">";
  for (const PageLink& link : page.links) {
    html += "<a href=\"" + EscapeHtml(link.url) +
            "\" style=\"display:inline-block;padding:6px 12px;margin:0 6px 6px 0;border:1px solid #1a5fb4;"
            "border-radius:4px;color:#1a5fb4;text-decoration:none\">" +
            Html(link.label) + "</a>";
  }
  html += "</p>\n";
}

}  // namespace

std::string PageText(const MailPage& page) {
  std::string text = Line(page.headline) + "\n\n";
  for (const auto& [name, value] : page.facts) text += Line(name) + ": " + Line(value) + "\n";
  ListText("Why:", page.reasons, "- ", text);
  ListText("Read from the words:", page.evidence, "> ", text);
  for (const PageQuote& quote : page.quotes) text += "\n" + Line(quote.head) + ":\n" + Quoted(quote.text);
  ListText("Attached:", page.attachments, "> ", text);
  if (!page.links.empty()) text += "\n";
  for (const PageLink& link : page.links) text += Line(link.label) + ":\n  " + link.url + "\n";
  if (!page.foot.empty()) text += "\n" + Line(page.foot) + "\n";
  return text;
}

std::string PageHtml(const MailPage& page) {
  std::string html =
      "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head>"
      "<body style=\"font-family:sans-serif;font-size:14px;color:#222;max-width:44em\">\n"
      "<h1 style=\"font-size:18px;margin:0 0 10px\">" +
      Html(page.headline) + "</h1>\n";
  FactsHtml(page, html);
  LinksHtml(page, html);
  ListHtml("Why", page.reasons, html);
  ListHtml("Read from the words", page.evidence, html);
  QuotesHtml(page, html);
  ListHtml("Attached", page.attachments, html);
  if (!page.foot.empty()) html += "<p style=\"color:#555;font-size:12px\">" + Html(page.foot) + "</p>\n";
  return html + "</body></html>\n";
}

}  // namespace tr::channels
