#pragma once
// What a person reads of a mail, and what hangs on it.

#include <cstddef>
#include <string>
#include <vector>

#include "intake/mime_tree.h"
#include "ticket/ticket.h"

namespace tr::intake {

struct MailBody {
  std::string text;  // UTF-8, lines end in '\n'
  std::vector<Attachment> attachments;
  std::vector<std::size_t> attachment_parts;  // where each of them stands in MimeTree::parts
  bool cut = false;                           // the text is the start of a longer one
};

// The texts in their order; of alternatives the plain one, the HTML one where there is no plain text in it. Every part
// that is not such a text is an attachment: what is marked so, what is not text, and any named text but the first. The
// text is at most `max_text` bytes, and no more than eight times as many encoded bytes are read for it.
MailBody ReadBody(const MimeTree& tree, std::size_t max_text);

}  // namespace tr::intake
