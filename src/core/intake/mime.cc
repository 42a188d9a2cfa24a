#include "intake/mime.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "intake/encoded_words.h"
#include "intake/kept_headers.h"
#include "intake/mail_body.h"
#include "intake/mime_tree.h"
#include "intake/reply_text.h"
#include "intake/structured_headers.h"
#include "intake/subject.h"

namespace tr::intake {
namespace {

constexpr std::size_t kMaxRecipients = 200;
constexpr std::size_t kMaxReferences = 100;
constexpr std::size_t kMaxSubject = 2000;

Mailbox FirstMailbox(const HeaderBlock& block, std::string_view name, std::string_view charset) {
  std::vector<Mailbox> mailboxes = ParseAddresses(block.FirstFilled(name), 10, charset);
  const auto usable =
      std::find_if(mailboxes.begin(), mailboxes.end(), [](const Mailbox& m) { return !m.address.empty(); });
  if (usable != mailboxes.end()) return std::move(*usable);
  return mailboxes.empty() ? Mailbox() : std::move(mailboxes.front());
}

std::vector<Mailbox> AllMailboxes(const HeaderBlock& block, std::string_view name, std::string_view charset) {
  std::vector<Mailbox> all;
  for (const HeaderField& field : block.fields()) {
    if (field.name != name) continue;
    for (Mailbox& mailbox : ParseAddresses(field.value, kMaxRecipients - all.size(), charset))
      all.push_back(std::move(mailbox));
    if (all.size() >= kMaxRecipients) break;
  }
  return all;
}

std::string FirstId(const HeaderBlock& block, std::string_view name) {
  std::vector<std::string> ids = ParseIds(block.FirstFilled(name));
  return ids.empty() ? std::string() : std::move(ids.front());
}

std::vector<std::string> References(const HeaderBlock& block) {
  std::vector<std::string> ids = ParseIds(block.FirstFilled("references"));
  // The thread's root and its latest messages are what a later mail is likely to share.
  if (ids.size() > kMaxReferences) ids.erase(ids.begin() + 1, ids.end() - (kMaxReferences - 1));
  return ids;
}

void ReadHeaders(const HeaderBlock& block, std::string_view charset, ParsedMail& mail) {
  mail.sender = FirstMailbox(block, "sender", charset);
  mail.from = FirstMailbox(block, "from", charset);
  if (mail.from.address.empty() && mail.from.name.empty()) mail.from = mail.sender;
  mail.reply_to = FirstMailbox(block, "reply-to", charset);
  mail.to = AllMailboxes(block, "to", charset);
  mail.cc = AllMailboxes(block, "cc", charset);
  mail.subject = CutText(Squeeze(DecodeHeaderText(block.FirstFilled("subject"), charset)), kMaxSubject);
  mail.message_id = FirstId(block, "message-id");
  mail.in_reply_to = FirstId(block, "in-reply-to");
  mail.references = References(block);
  mail.date = ParseMailDate(block.FirstFilled("date"));
  mail.headers = KeptHeaders(block);
}

// A mail whose lines all end in a bare CR (old Macs, some gateways) would be one line of headers.
bool HasOnlyCarriageReturns(std::string_view raw) {
  return raw.find('\n') == std::string_view::npos && raw.find('\r') != std::string_view::npos;
}

// Programs that put raw 8-bit bytes into headers write them in the charset of their text.
std::string_view CharsetOfText(const MimeTree& tree) {
  for (const Part& part : tree.parts) {
    if (!part.media.charset.empty()) return part.media.charset;
  }
  return {};
}

ParsedMail Parse(std::string_view raw) {
  const MimeTree tree = ReadMimeTree(raw);
  const Part& root = tree.parts.front();
  ParsedMail mail;
  ReadHeaders(root.headers, CharsetOfText(tree), mail);
  MailBody body = ReadBody(tree, kMaxTextBytes);
  mail.text = std::move(body.text);
  mail.attachments = std::move(body.attachments);
  mail.new_text = NewText(mail.text, IsForwarded(mail.subject));
  mail.content_type = root.media.type;
  mail.report_type = root.media.report_type;
  for (const Part& part : tree.parts) mail.parts.push_back(part.media.type);
  mail.cut = tree.cut;
  mail.text_cut = body.cut;
  return mail;
}

}  // namespace

std::string_view ParsedMail::Header(std::string_view name) const {
  const auto found =
      std::find_if(headers.begin(), headers.end(), [&](const MailHeader& header) { return header.name == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

bool ParsedMail::HasHeader(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(), [&](const MailHeader& header) { return header.name == name; });
}

Result<ParsedMail> ParseMail(std::string_view raw) {
  if (raw.size() > kMaxMailBytes) return Invalid("the mail is larger than 40 MiB (41943040 bytes)");
  if (!HasOnlyCarriageReturns(raw)) return Parse(raw);
  std::string lines(raw);
  std::replace(lines.begin(), lines.end(), '\r', '\n');
  return Parse(lines);
}

}  // namespace tr::intake
