#pragma once
// What a card's mail shows, once, for its text and its HTML alternative. Values are words as they came: only the two
// writers below make text or HTML of them, and they escape everything.

#include <string>
#include <utility>
#include <vector>

namespace tr::channels {

struct PageLink {
  std::string label;
  std::string url;
};

struct PageQuote {
  std::string head;  // "Ada wrote on 2026-11-22 22:10 UTC"
  std::string text;
};

struct MailPage {
  std::string headline;
  std::vector<std::pair<std::string, std::string>> facts;  // "Customer", "Ada <ada@…>, verified"
  std::vector<std::string> reasons;
  std::vector<std::string> evidence;
  std::vector<PageQuote> quotes;
  std::vector<std::string> attachments;
  std::vector<PageLink> links;
  std::string foot;
};

// Lines end in '\n'. Every line that quotes a customer begins with "> ", so that their words cannot pass for ours.
std::string PageText(const MailPage& page);

// A whole document: no script, no picture, nothing from elsewhere, styles inline, since mail programs drop others.
std::string PageHtml(const MailPage& page);

}  // namespace tr::channels
