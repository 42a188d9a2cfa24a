#include "google/drive_rule_source.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

#include "base/text.h"
#include "google/sheet_csv.h"
#include "net/http_encoding.h"
#include "ticket/json.h"

namespace tr::google {
namespace {

namespace json = boost::json;

constexpr std::string_view kSheetType = "application/vnd.google-apps.spreadsheet";
constexpr std::string_view kDocType = "application/vnd.google-apps.document";
constexpr std::string_view kShortcutType = "application/vnd.google-apps.shortcut";
constexpr Duration kSettled = std::chrono::minutes(1);
constexpr std::size_t kMaxPiece = 1024 * 1024;  // as for a folder of files
// Drive may give a page with few files, or none, and another after it. Two of a kind are refused, so that more pages
// than these are a list that does not end.
constexpr int kMaxPages = 20;
constexpr std::array<std::string_view, 3> kTabs = {"topics", "teams", "tests"};

const json::value* Member(const json::value* value, std::string_view name) {
  return value != nullptr && value->is_object() ? value->get_object().if_contains(name) : nullptr;
}

std::string TextAt(const json::value& value, std::string_view name) {
  const json::value* member = Member(&value, name);
  return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

const json::array& ListAt(const json::value& value, std::string_view name) {
  static const json::array kNone;
  const json::value* member = Member(&value, name);
  return member != nullptr && member->is_array() ? member->get_array() : kNone;
}

// Inside a query, "'" and "\" are escaped (Drive, "Search query terms").
std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// A tab's name as a range: inner quotes doubled.
std::string RangeOf(std::string_view tab) {
  std::string range = "'";
  for (const char c : tab) range.append(c == '\'' ? 2 : 1, c);
  return range + "'";
}

Result<json::value> Parsed(const Result<std::string>& body) {
  if (!body) return body.fault();
  Result<json::value> value = ParseJson(*body);
  if (!value || !value->is_object()) return Transient("Google answered something that is no JSON object");
  return value;
}

}  // namespace

// Gives the next page's token; "" after the last. Both flags: without them files of shared drives are invisible.
Result<std::string> DriveRuleSource::LookAtPage(const std::string& page, Folder& folder) {
  const std::string query = Quoted(settings_.folder) +
                            " in parents and trashed=false and (mimeType=" + Quoted(kSheetType) +
                            " or mimeType=" + Quoted(kDocType) + " or mimeType=" + Quoted(kShortcutType) + ")";
  std::string url = settings_.drive_url + "/drive/v3/files?q=" + net::PercentEncode(query) +
                    "&fields=nextPageToken,files(id,name,mimeType,modifiedTime,version," +
                    "shortcutDetails(targetId,targetMimeType))&pageSize=100&orderBy=name" +
                    "&supportsAllDrives=true&includeItemsFromAllDrives=true";
  if (!page.empty()) url += "&pageToken=" + net::PercentEncode(page);
  TR_ASSIGN(const json::value answer, Parsed(client_.Get(url)));
  for (const json::value& file : ListAt(answer, "files")) {
    const bool shortcut = TextAt(file, "mimeType") == kShortcutType;
    const json::value* details = Member(&file, "shortcutDetails");
    if (shortcut && details == nullptr) continue;
    const std::string type = shortcut ? TextAt(*details, "targetMimeType") : TextAt(file, "mimeType");
    if (type != kSheetType && type != kDocType) continue;
    File& place = type == kSheetType ? folder.sheet : folder.doc;
    const char* kind = type == kSheetType ? "Sheets" : "Docs";
    const std::string name = TextAt(file, "name");
    if (!place.id.empty()) {
      return Invalid(std::string("the Drive folder has two ") + kind + ", \"" + place.name + "\" and \"" + name +
                     "\": leave one there");
    }
    place = {shortcut ? TextAt(*details, "targetId") : TextAt(file, "id"), name, TextAt(file, "modifiedTime"),
             TextAt(file, "version"), shortcut};
  }
  return TextAt(answer, "nextPageToken");
}

// Time of change and version in the folder's list are the shortcut's own; what counts are its target's.
Result<void> DriveRuleSource::Follow(File& file) {
  const std::string the = "the shortcut \"" + file.name + "\" ";
  const Result<std::string> body = client_.Get(settings_.drive_url + "/drive/v3/files/" + net::PercentEncode(file.id) +
                                               "?fields=modifiedTime,version,trashed&supportsAllDrives=true");
  if (!body && body.fault().kind == FaultKind::kNotFound) {
    return NotFound(the + "leads to a file that cannot be seen. " + body.fault().text);
  }
  TR_ASSIGN(const json::value target, Parsed(body));
  const json::value* trashed = Member(&target, "trashed");
  if (trashed != nullptr && trashed->is_bool() && trashed->get_bool()) {
    return NotFound(the + "leads to a file in the trash");
  }
  file.modified = TextAt(target, "modifiedTime");
  file.version = TextAt(target, "version");
  return Ok();
}

Result<DriveRuleSource::Folder> DriveRuleSource::Look() {
  Folder folder;
  std::string page;
  int pages = 0;
  do {
    if (++pages > kMaxPages) return Transient("Google's list of the Drive folder does not end");
    TR_ASSIGN(page, LookAtPage(page, folder));
  } while (!page.empty());
  if (folder.sheet.id.empty()) return NotFound("the Drive folder has no Sheet, or is not shared with the account");
  if (folder.doc.id.empty()) return NotFound("the Drive folder has no Doc");
  for (File* file : {&folder.sheet, &folder.doc}) {
    if (file->shortcut) TR_TRY(Follow(*file));
  }
  return folder;
}

Result<void> DriveRuleSource::MustHaveSettled(const Folder& folder) const {
  Time settled{};
  for (const File* file : {&folder.sheet, &folder.doc}) {
    const Result<Time> modified = ParseTime(file->modified);
    if (modified) settled = std::max(settled, *modified + kSettled);
  }
  const Time now = clock_.Now();
  if (settled <= now) return Ok();
  // Google's clock and ours may differ.
  const auto wait = std::chrono::ceil<std::chrono::seconds>(std::min(settled - now, kSettled));
  Fault fault =
      Transient("the rules in Drive were edited less than a minute ago, so they may be half written: try again in " +
                std::to_string(wait.count()) + " seconds");
  fault.retry_after = wait;
  return fault;
}

Result<std::vector<std::string>> DriveRuleSource::Tabs(const File& sheet) {
  const std::string url =
      settings_.sheets_url + "/v4/spreadsheets/" + net::PercentEncode(sheet.id) + "?fields=sheets.properties(title)";
  TR_ASSIGN(const json::value answer, Parsed(client_.Get(url)));
  std::vector<std::string> tabs;
  for (const std::string_view wanted : kTabs) {
    for (const json::value& one : ListAt(answer, "sheets")) {
      const json::value* properties = Member(&one, "properties");
      const std::string title = properties == nullptr ? "" : TextAt(*properties, "title");
      if (!title.empty() && tabs.size() < kTabs.size() && Fold(Trim(title)) == wanted) tabs.push_back(title);
    }
    const bool needed = wanted != "tests";
    const bool found = !tabs.empty() && Fold(Trim(tabs.back())) == wanted;
    if (needed && !found) return NotFound("the Sheet \"" + sheet.name + "\" has no tab " + std::string(wanted));
  }
  return tabs;
}

Result<rules::RuleFiles> DriveRuleSource::Fetch(const Folder& folder) {
  TR_ASSIGN(const std::vector<std::string> tabs, Tabs(folder.sheet));
  std::string url = settings_.sheets_url + "/v4/spreadsheets/" + net::PercentEncode(folder.sheet.id) +
                    "/values:batchGet?majorDimension=ROWS&valueRenderOption=FORMATTED_VALUE";
  for (const std::string& tab : tabs) url += "&ranges=" + net::PercentEncode(RangeOf(tab));
  TR_ASSIGN(const json::value values, Parsed(client_.Get(url)));
  const json::array& ranges = ListAt(values, "valueRanges");
  if (ranges.size() != tabs.size()) return Transient("Google gave other tabs than it was asked for");
  const auto csv = [&](std::size_t i) {
    const json::value* rows = Member(&ranges[i], "values");
    return rows == nullptr ? std::string() : CsvOf(*rows);
  };
  rules::RuleFiles files{csv(0), csv(1), "", std::nullopt};
  if (tabs.size() > 2) files.tests = csv(2);
  TR_ASSIGN(files.rules, client_.Get(settings_.drive_url + "/drive/v3/files/" + net::PercentEncode(folder.doc.id) +
                                     "/export?mimeType=" + net::PercentEncode("text/markdown")));
  for (const std::string* piece : {&files.topics, &files.teams, &files.rules}) {
    if (piece->size() > kMaxPiece) return Invalid("a piece of the rules in Drive is larger than 1 MiB");
  }
  return files;
}

Result<rules::RuleFiles> DriveRuleSource::Load() {
  const std::lock_guard lock(mutex_);
  TR_ASSIGN(const Folder folder, Look());
  if (files_ && folder == seen_) return *files_;
  TR_TRY(MustHaveSettled(folder));
  TR_ASSIGN(rules::RuleFiles files, Fetch(folder));
  TR_ASSIGN(const Folder after, Look());
  if (!(after == folder)) return Transient("the rules in Drive changed while they were read");
  seen_ = folder;
  files_ = files;
  return files;
}

}  // namespace tr::google
