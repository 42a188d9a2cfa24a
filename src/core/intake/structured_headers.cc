#include "intake/structured_headers.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/text.h"
#include "intake/encoded_words.h"

namespace tr::intake {
namespace {

constexpr std::size_t kMaxId = 998;  // RFC 5322 section 2.1.1: no line is longer
constexpr std::size_t kMaxAddress = 320;
constexpr std::size_t kMaxName = 512;
// Of a media type or disposition: GMime's work on parameters grows with the square of their number.
constexpr std::size_t kMaxParameters = 4096;

// Starting GMime costs some 2 ms, so only a program that reads mail pays for it.
void StartGMime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};

std::string OrEmpty(const char* text) { return text == nullptr ? std::string() : RepairUtf8(text); }

std::string OneLine(std::string_view text, std::size_t limit) {
  std::string line = Squeeze(RepairUtf8(text));
  std::erase_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return CutText(line, limit);
}

// GMime reads address groups by recursion, so a group inside a group becomes plain text: every ':' outside quotes,
// comments and angle brackets that comes before the ';' of the group that is open already.
std::string FlattenGroups(std::string value) {
  bool quoted = false;
  bool angled = false;
  bool grouped = false;
  int comments = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    char& c = value[i];
    if (c == '\\' && (quoted || comments > 0)) {
      ++i;
    } else if (c == '"' && comments == 0) {
      quoted = !quoted;
    } else if (quoted) {
      continue;
    } else if (c == '(' && ++comments > 3) {
      c = ' ';
    } else if (c == ')') {
      comments = std::max(0, comments - 1);
    } else if (comments > 0) {
      continue;
    } else if (c == '<') {
      angled = true;
    } else if (c == '>') {
      angled = false;
    } else if (c == ';') {
      grouped = false;
    } else if (c == ':' && !angled) {
      if (grouped) c = ' ';
      grouped = true;
    }
  }
  return value;
}

// Every ':' that GMime could take for a group, whatever it thinks of quotes.
bool MayNest(std::string_view value) { return std::count(value.begin(), value.end(), ':') > 64; }

void AddMailbox(InternetAddress* address, std::vector<Mailbox>& mailboxes) {
  if (!INTERNET_ADDRESS_IS_MAILBOX(address)) return;
  Mailbox mailbox;
  mailbox.name = OneLine(DecodeHeaderText(OrEmpty(internet_address_get_name(address))), kMaxName);
  mailbox.address =
      ToLowerAscii(OneLine(OrEmpty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))), kMaxAddress));
  mailboxes.push_back(std::move(mailbox));
}

std::string Lower(const char* text) { return ToLowerAscii(Trim(OrEmpty(text))); }

}  // namespace

MediaType ParseMediaType(std::string_view value) {
  MediaType media;
  if (Trim(value).empty()) return media;
  StartGMime();
  const std::string tidy = TidyEncodedWords(value.substr(0, kMaxParameters));
  const std::unique_ptr<GMimeContentType, Unref> parsed(g_mime_content_type_parse(nullptr, tidy.c_str()));
  const std::string type = Lower(g_mime_content_type_get_media_type(parsed.get()));
  const std::string subtype = Lower(g_mime_content_type_get_media_subtype(parsed.get()));
  if (!type.empty()) media.type = type + "/" + subtype;
  const auto parameter = [&](const char* name) {
    return OrEmpty(g_mime_content_type_get_parameter(parsed.get(), name));
  };
  media.charset = parameter("charset");
  media.boundary = parameter("boundary");
  media.name = DecodeHeaderText(parameter("name"));
  media.report_type = ToLowerAscii(parameter("report-type"));
  return media;
}

Disposition ParseDisposition(std::string_view value) {
  Disposition disposition;
  if (Trim(value).empty()) return disposition;
  StartGMime();
  const std::string tidy = TidyEncodedWords(value.substr(0, kMaxParameters));
  const std::unique_ptr<GMimeContentDisposition, Unref> parsed(g_mime_content_disposition_parse(nullptr, tidy.c_str()));
  disposition.kind = Lower(g_mime_content_disposition_get_disposition(parsed.get()));
  disposition.filename = DecodeHeaderText(OrEmpty(g_mime_content_disposition_get_parameter(parsed.get(), "filename")));
  return disposition;
}

std::vector<Mailbox> ParseAddresses(std::string_view value, std::size_t limit, std::string_view charset) {
  std::vector<Mailbox> mailboxes;
  if (Trim(value).empty()) return mailboxes;
  StartGMime();
  std::string tidy = FlattenGroups(TidyEncodedWords(value, charset));
  if (MayNest(tidy)) std::replace(tidy.begin(), tidy.end(), ':', ' ');
  const std::unique_ptr<InternetAddressList, Unref> list(internet_address_list_parse(nullptr, tidy.c_str()));
  if (list == nullptr) return mailboxes;
  const int length = internet_address_list_length(list.get());
  for (int i = 0; i < length && mailboxes.size() < limit; ++i) {
    InternetAddress* address = internet_address_list_get_address(list.get(), i);
    if (!INTERNET_ADDRESS_IS_GROUP(address)) {
      AddMailbox(address, mailboxes);
      continue;
    }
    InternetAddressList* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
    const int count = internet_address_list_length(members);
    for (int k = 0; k < count && mailboxes.size() < limit; ++k) {
      AddMailbox(internet_address_list_get_address(members, k), mailboxes);
    }
  }
  return mailboxes;
}

std::optional<Time> ParseMailDate(std::string_view value) {
  StartGMime();
  const std::string text = RepairUtf8(value);
  GDateTime* parsed = g_mime_utils_header_decode_date(text.c_str());
  if (parsed == nullptr) return std::nullopt;
  const std::int64_t seconds = g_date_time_to_unix(parsed);
  g_date_time_unref(parsed);
  constexpr std::int64_t kYear10000 = 253402300800;
  if (seconds < 0 || seconds >= kYear10000) return std::nullopt;
  return FromMillis(seconds * 1000);
}

std::vector<std::string> ParseIds(std::string_view value) {
  std::vector<std::string> ids;
  const auto add = [&](std::string_view raw) {
    std::string id = OneLine(raw, kMaxId);
    std::erase(id, ' ');
    if (!id.empty()) ids.push_back(std::move(id));
  };
  for (std::size_t open = value.find('<'); open != std::string_view::npos;) {
    const std::size_t end = value.find_first_of("<>", open + 1);
    if (end == std::string_view::npos) break;
    if (value[end] == '>') add(value.substr(open + 1, end - open - 1));
    open = value[end] == '<' ? end : value.find('<', end);
  }
  if (!ids.empty()) return ids;
  std::string bare(value);
  for (char& c : bare) {
    if (c == ',' || c == ';' || c == '<' || c == '>' || c == '\t') c = ' ';
  }
  for (const std::string_view token : SplitText(bare, ' ')) {
    if (token.find('@') != std::string_view::npos) add(token);
  }
  return ids;
}

}  // namespace tr::intake
