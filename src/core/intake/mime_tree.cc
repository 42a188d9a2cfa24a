#include "intake/mime_tree.h"

#include <string>
#include <unordered_map>

#include "base/text.h"
#include "intake/encoded_words.h"

namespace tr::intake {
namespace {

constexpr std::size_t kMaxBoundaryLine = 1024;
constexpr std::size_t kMaxFilename = 255;

std::string WithoutPath(const std::string& filename) {
  const std::size_t slash = filename.find_last_of("/\\");
  const std::string name = slash == std::string::npos ? filename : filename.substr(slash + 1);
  return CutText(Squeeze(name), kMaxFilename);
}

bool LooksLikeType(const std::string& type) {
  const std::size_t slash = type.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < type.size();
}

// A boundary that the header lost stands on the first line of the body.
std::string FindBoundary(std::string_view raw, std::size_t body) {
  while (body < raw.size()) {
    const std::size_t end = LineEnd(raw, body);
    const std::string_view line = Trim(raw.substr(body, end - body));
    if (!line.empty()) {
      const bool boundary =
          line.size() > 4 && line.size() < 80 && line.starts_with("--") && line.find(' ') == line.npos;
      return boundary ? std::string(line.substr(2)) : std::string();
    }
    body = end + 1;
  }
  return {};
}

class TreeReader {
 public:
  explicit TreeReader(std::string_view raw) : raw_(raw) {}

  MimeTree Read() {
    std::size_t at = OpenPart(StartOfHeaders(raw_), kNoParent);
    while (at < raw_.size()) at = TakeLine(at);
    CloseLeaf(raw_.size());
    for (Part& part : tree_.parts) part.is_multipart = part.is_multipart && HasChild(part);
    return std::move(tree_);
  }

 private:
  struct Open {
    std::size_t part;
    std::string boundary;
  };

  // Reads a part's headers; the body starts at what is returned.
  std::size_t OpenPart(std::size_t at, std::size_t parent) {
    ReadHeaders headers = ReadHeaderBlock(raw_, at, header_bytes_);
    tree_.cut = tree_.cut || headers.cut;
    Part part;
    part.headers = std::move(headers.block);
    part.parent = parent;
    part.depth = parent == kNoParent ? 0 : tree_.parts[parent].depth + 1;
    part.media = ParseMediaType(part.headers.FirstFilled("content-type"));
    part.disposition = ParseDisposition(part.headers.FirstFilled("content-disposition"));
    part.filename = WithoutPath(part.disposition.filename.empty() ? part.media.name : part.disposition.filename);
    if (!LooksLikeType(part.media.type)) part.media.type = DefaultType(parent, part);
    tree_.parts.push_back(std::move(part));
    current_ = tree_.parts.size() - 1;
    body_start_ = headers.body;
    OpenMultipart(headers.body);
    if (current_ != 0 || tree_.parts[0].media.type != "message/rfc822") return headers.body;
    tree_.parts[0].is_multipart = true;
    return OpenPart(headers.body + StartOfHeaders(raw_.substr(headers.body)), 0);
  }

  std::string DefaultType(std::size_t parent, const Part& part) const {
    if (parent != kNoParent && tree_.parts[parent].media.type == "multipart/digest") return "message/rfc822";
    if (part.media.type.starts_with("multipart")) return "multipart/mixed";
    if (part.media.type.starts_with("text") || part.filename.empty()) return "text/plain";
    return "application/octet-stream";
  }

  void OpenMultipart(std::size_t body) {
    Part& part = tree_.parts[current_];
    if (!part.media.type.starts_with("multipart/")) return;
    std::string boundary(Trim(part.media.boundary));
    if (boundary.empty()) boundary = FindBoundary(raw_, body);
    if (boundary.empty()) return;
    if (part.depth >= kMaxDepth) {
      tree_.cut = true;
      return;
    }
    part.is_multipart = true;
    levels_.try_emplace(boundary, open_.size());
    open_.push_back({current_, std::move(boundary)});
  }

  std::size_t TakeLine(std::size_t at) {
    const std::size_t end = LineEnd(raw_, at);
    std::string_view line = raw_.substr(at, end - at);
    if (!line.starts_with("--") || line.size() > kMaxBoundaryLine || open_.empty()) return end + 1;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    line.remove_prefix(2);
    if (const auto level = levels_.find(std::string(line)); level != levels_.end())
      return NextPart(level->second, at, end);
    if (!line.ends_with("--")) return end + 1;
    line.remove_suffix(2);
    if (const auto level = levels_.find(std::string(line)); level != levels_.end()) {
      CloseLeaf(at);
      CloseLevels(level->second);
    }
    return end + 1;
  }

  std::size_t NextPart(std::size_t level, std::size_t at, std::size_t end) {
    if (tree_.parts.size() >= kMaxParts) {
      tree_.cut = true;
      return end + 1;
    }
    CloseLeaf(at);
    CloseLevels(level + 1);
    return OpenPart(std::min(end + 1, raw_.size()), open_[level].part);
  }

  // The line break in front of a boundary belongs to the boundary.
  void CloseLeaf(std::size_t at) {
    if (current_ == kNoParent) return;
    if (at < raw_.size() || raw_.empty()) {
      if (at > body_start_ && raw_[at - 1] == '\n') --at;
      if (at > body_start_ && raw_[at - 1] == '\r') --at;
    }
    tree_.parts[current_].body = raw_.substr(body_start_, at - body_start_);
    current_ = kNoParent;
  }

  void CloseLevels(std::size_t keep) {
    while (open_.size() > keep) {
      const auto level = levels_.find(open_.back().boundary);
      if (level != levels_.end() && level->second == open_.size() - 1) levels_.erase(level);
      open_.pop_back();
    }
  }

  bool HasChild(const Part& part) const {
    const std::size_t next = static_cast<std::size_t>(&part - tree_.parts.data()) + 1;
    return next < tree_.parts.size() && tree_.parts[next].parent == next - 1;
  }

  std::string_view raw_;
  MimeTree tree_;
  std::vector<Open> open_;                               // the multiparts around the current line, outermost first
  std::unordered_map<std::string, std::size_t> levels_;  // boundary → the outermost of open_ that has it
  std::size_t current_ = kNoParent;                      // the part whose body the lines belong to
  std::size_t body_start_ = 0;
  std::size_t header_bytes_ = 0;
};

}  // namespace

MimeTree ReadMimeTree(std::string_view raw) { return TreeReader(raw).Read(); }

}  // namespace tr::intake
