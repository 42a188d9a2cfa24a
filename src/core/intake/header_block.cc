#include "intake/header_block.h"

#include <algorithm>

#include "base/text.h"

namespace tr::intake {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view Line(std::string_view bytes, std::size_t at) {
  std::string_view line = bytes.substr(at, LineEnd(bytes, at) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t NextLine(std::string_view bytes, std::size_t at) { return std::min(LineEnd(bytes, at) + 1, bytes.size()); }

// The length of the field's name, 0 when the line is no header: printable ASCII without ':', then blanks and ':'.
std::size_t NameLength(std::string_view line) {
  constexpr std::size_t kLongestName = 256;
  std::size_t end = 0;
  while (end < line.size() && end < kLongestName && line[end] > ' ' && line[end] < 0x7F && line[end] != ':') ++end;
  std::size_t colon = end;
  while (colon < line.size() && colon < kLongestName && IsBlank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? end : 0;
}

bool IsEmptyLine(std::string_view line) { return Trim(line).empty(); }

}  // namespace

std::size_t LineEnd(std::string_view bytes, std::size_t at) { return std::min(bytes.find('\n', at), bytes.size()); }

std::string_view HeaderBlock::First(std::string_view name) const {
  for (const HeaderField& field : fields_) {
    if (field.name == name) return field.value;
  }
  return {};
}

std::string_view HeaderBlock::FirstFilled(std::string_view name) const {
  for (const HeaderField& field : fields_) {
    if (field.name == name && !field.value.empty()) return field.value;
  }
  return {};
}

bool HeaderBlock::Has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const HeaderField& field) { return field.name == name; });
}

class HeaderReader {
 public:
  HeaderReader(std::string_view bytes, std::size_t at, std::size_t& spent)
      : bytes_(bytes), start_(at), at_(at), spent_(spent) {}

  ReadHeaders Read() {
    while (at_ < bytes_.size()) {
      if (!HasRoom()) {
        SkipToBody();
        break;
      }
      if (!TakeLine()) break;
    }
    spent_ += std::min(at_ - start_, kMaxAllHeaderBytes);
    for (HeaderField& field : read_.block.fields_) field.value = std::string(Trim(field.value));
    read_.body = at_;
    return std::move(read_);
  }

 private:
  // False: the block has ended, and `at_` is where the body starts.
  bool TakeLine() {
    const std::string_view line = Line(bytes_, at_);
    if (IsEmptyLine(line)) return TakeEmptyLine(line);
    if (line.starts_with("--")) return false;
    if (IsBlank(line[0]) && !read_.block.fields_.empty()) {
      Append(line);
    } else if (const std::size_t length = NameLength(line); length > 0) {
      Add(ToLowerAscii(line.substr(0, length)), line.substr(line.find(':', length) + 1));
    } else if (line[0] == ':') {
      // A header without a name says nothing.
    } else if (!TakeStrayLine(line)) {
      return false;
    }
    at_ = NextLine(bytes_, at_);
    return true;
  }

  // A line of blanks between headers is a fold gone wrong; an empty one ends the block.
  bool TakeEmptyLine(std::string_view line) {
    at_ = NextLine(bytes_, at_);
    return !line.empty() && !read_.block.fields_.empty() && HeadersGoOn(at_);
  }

  // Whether a header follows at once, or behind a few folded lines.
  bool HeadersGoOn(std::size_t at) const {
    constexpr int kFarthest = 20;
    for (int i = 0; i < kFarthest && at < bytes_.size(); ++i, at = NextLine(bytes_, at)) {
      const std::string_view line = Line(bytes_, at);
      if (NameLength(line) > 0) return true;
      if (line.empty() || !IsBlank(line[0])) return false;
    }
    return false;
  }

  // A line that is no header: a fold without its blank when headers go on behind it, else the body without its empty
  // line.
  bool TakeStrayLine(std::string_view line) {
    const std::size_t next = NextLine(bytes_, at_);
    const std::string_view following = next < bytes_.size() ? Line(bytes_, next) : std::string_view();
    const bool goes_on =
        NameLength(following) > 0 || (!following.empty() && IsBlank(following[0]) && !IsEmptyLine(following));
    if (!goes_on) return false;
    if (!read_.block.fields_.empty()) Append(line);
    return true;
  }

  bool HasRoom() const {
    const std::size_t used = at_ - start_;
    return used < kMaxBlockBytes && spent_ + used < kMaxAllHeaderBytes;
  }

  // Past the limits nothing is read any more, only the empty line is looked for.
  void SkipToBody() {
    read_.cut = true;
    // From the end of the line before, since the empty line may be the very next one.
    for (at_ = bytes_.find('\n', at_ == start_ ? at_ : at_ - 1); at_ != std::string_view::npos;
         at_ = bytes_.find('\n', at_ + 1)) {
      const std::string_view next = bytes_.substr(at_ + 1, 2);
      if (!next.starts_with('\n') && next != "\r\n") continue;
      at_ = NextLine(bytes_, at_ + 1);
      return;
    }
    at_ = bytes_.size();
  }

  void Add(std::string name, std::string_view value) {
    read_.block.fields_.push_back({std::move(name), {}});
    Append(Trim(value));
  }

  void Append(std::string_view text) {
    std::string& value = read_.block.fields_.back().value;
    const std::size_t room = kMaxHeaderBytes - std::min(kMaxHeaderBytes, value.size());
    if (text.size() + 1 > room) read_.cut = true;
    if (!value.empty() && room > 0 && !text.empty() && !IsBlank(text[0])) value += ' ';
    value += text.substr(0, room);
  }

  std::string_view bytes_;
  std::size_t start_;
  std::size_t at_;
  std::size_t& spent_;
  ReadHeaders read_;
};

ReadHeaders ReadHeaderBlock(std::string_view bytes, std::size_t at, std::size_t& spent) {
  return HeaderReader(bytes, at, spent).Read();
}

std::size_t StartOfHeaders(std::string_view bytes) {
  std::size_t at = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < bytes.size() && IsEmptyLine(Line(bytes, at))) at = NextLine(bytes, at);
  const std::string_view line = at < bytes.size() ? Line(bytes, at) : std::string_view();
  if (line.starts_with("From ") || line.starts_with(">From ")) at = NextLine(bytes, at);
  while (at < bytes.size() && IsBlank(bytes[at])) ++at;
  return at;
}

}  // namespace tr::intake
