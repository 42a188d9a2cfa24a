#include "intake/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstddef>
#include <utility>

#include "base/text.h"

namespace tr::intake {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kMaxLabel = 40;

// Labels that mean a larger set than they name (https://encoding.spec.whatwg.org/#names-and-labels), or that glibc does
// not know.
constexpr std::array<std::pair<std::string_view, std::string_view>, 34> kAliases = {{
    {"iso-8859-1", "CP1252"},
    {"iso8859-1", "CP1252"},
    {"iso_8859-1", "CP1252"},
    {"latin1", "CP1252"},
    {"latin-1", "CP1252"},
    {"windows1252", "CP1252"},
    {"x-user-defined", "CP1252"},
    {"iso-8859-9", "CP1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-8-e", "ISO-8859-8"},
    {"iso-8859-6-i", "ISO-8859-6"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"euc-cn", "GB18030"},
    {"ks_c_5601-1987", "CP949"},
    {"ks_c_5601", "CP949"},
    {"ks_c_5601-1989", "CP949"},
    {"ksc5601", "CP949"},
    {"euc-kr", "CP949"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"cp932", "CP932"},
    {"x-euc-jp", "EUC-JP"},
    {"big5", "BIG5-HKSCS"},
    {"x-mac-roman", "MACINTOSH"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"utf-16", "UTF-16LE"},
}};

std::string Label(std::string_view charset) {
  std::string label = ToLowerAscii(Trim(charset));
  std::erase_if(label, [](char c) { return c == '"' || c == '\'' || c == ' '; });
  return label;
}

// Only what a charset's name consists of: "//TRANSLIT" and paths never reach iconv.
bool IsPlain(std::string_view label) {
  return label.size() <= kMaxLabel && std::all_of(label.begin(), label.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
         });
}

bool MeansAsciiOrUtf8(std::string_view label) {
  return label.empty() || label.starts_with("utf-8") || label.starts_with("utf8") || label == "us-ascii" ||
         label == "ascii" || label == "ansi_x3.4-1968" || label == "unknown-8bit" || label == "7bit" ||
         label == "8bit" || label == "default";
}

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (ok()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool ok() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Bytes that mean nothing in this charset become U+FFFD, one each.
  std::string Convert(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    std::array<char, 4096> buffer;
    // iconv's prototype has no const; it does not write to its input.
    char* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    bool flushing = false;
    while (true) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t done = iconv(handle_, flushing ? nullptr : &in, flushing ? nullptr : &left, &to, &room);
      const int error = errno;
      out.append(buffer.data(), buffer.size() - room);
      if (done != static_cast<std::size_t>(-1)) {
        if (flushing) return out;
        flushing = true;
      } else if (error != E2BIG) {
        if (flushing) return out;
        out += kReplacement;
        if (left == 0) return out;
        ++in;
        --left;
      }
    }
  }

 private:
  iconv_t handle_;
};

std::string FromWindows1252(std::string_view bytes) {
  Converter converter("CP1252");
  return converter.ok() ? RepairUtf8(converter.Convert(bytes)) : RepairUtf8(bytes);
}

bool HasMultibyteUtf8(std::string_view bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const auto next = static_cast<unsigned char>(bytes[i + 1]);
    if (lead >= 0xC3 && lead <= 0xF4 && (next & 0xC0U) == 0x80U) return true;
  }
  return false;
}

std::string Guess(std::string_view bytes) {
  // A text with some good sequences is UTF-8 that was damaged on its way; one with none never was UTF-8.
  return IsUtf8(bytes) || HasMultibyteUtf8(bytes) ? RepairUtf8(bytes) : FromWindows1252(bytes);
}

std::string WithoutBom(std::string text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

}  // namespace

std::string ToUtf8(std::string_view bytes, std::string_view charset) {
  const std::string label = Label(charset);
  if (MeansAsciiOrUtf8(label) || !IsPlain(label)) return WithoutBom(Guess(bytes));
  std::string name = label;
  for (const auto& [alias, meant] : kAliases) {
    if (label == alias) name = meant;
  }
  if (label == "utf-16" && bytes.starts_with("\xFE\xFF")) name = "UTF-16BE";
  Converter converter(name.c_str());
  if (!converter.ok()) return WithoutBom(Guess(bytes));
  return WithoutBom(RepairUtf8(converter.Convert(bytes)));
}

std::string CharsetOfHtml(std::string_view html) {
  const std::string head = ToLowerAscii(html.substr(0, 1024));
  const std::size_t meta = head.find("<meta");
  const std::size_t at = meta == std::string::npos ? meta : head.find("charset=", meta);
  if (at == std::string::npos) return {};
  const std::size_t start = head.find_first_not_of("\"' ", at + 8);
  if (start == std::string::npos) return {};
  return head.substr(start, head.find_first_of("\"' />;", start) - start);
}

}  // namespace tr::intake
