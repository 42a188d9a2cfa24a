#include "intake/attachment_bytes.h"

#include "intake/mail_body.h"
#include "intake/mime.h"
#include "intake/mime_tree.h"
#include "intake/transfer.h"

namespace tr::intake {

Result<std::string> AttachmentBytes(std::string_view raw, std::size_t n) {
  const MimeTree tree = ReadMimeTree(raw);
  const MailBody body = ReadBody(tree, kMaxTextBytes);
  if (n == 0 || n > body.attachment_parts.size()) return NotFound("the mail has no such attachment");
  const Part& part = tree.parts[body.attachment_parts[n - 1]];
  return DecodeTransfer(part.body, part.headers.FirstFilled("content-transfer-encoding"));
}

}  // namespace tr::intake
