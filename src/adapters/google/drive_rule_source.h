#pragma once
// The manager's pieces in a Drive folder: one Sheet with the tabs topics, teams and, where there is one, tests; one
// Doc. Either may be a shortcut to one elsewhere.

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "google/google_client.h"
#include "rules/shelf.h"

namespace tr::google {

struct DriveSettings {
  std::string folder;                                    // its id: the last part of its URL
  std::string drive_url = "https://www.googleapis.com";  // without a final slash
  std::string sheets_url = "https://sheets.googleapis.com";
};

// Thread-safe: one load at a time.
class DriveRuleSource final : public rules::RuleSource {
 public:
  // `clock` outlives it.
  DriveRuleSource(DriveSettings settings, ServiceAccount account, const Clock& clock)
      : settings_(std::move(settings)), clock_(clock), client_(std::move(account), clock) {}

  // What the folder has; fetched only when an id, a time of change or a version differs from the last time (one call,
  // and one for each shortcut). kTransient: the newest edit is less than a minute old, so that the manager may still be
  // writing (says when to come again, in the text and as retry_after); a piece changed while it was read; Google asks
  // to come again, or the folder's list does not end. kNotFound: no Sheet, no Doc or no such tab, or a shortcut's
  // target cannot be seen. kInvalid: two of them; says their names. Or a piece is too large. kPermanent: no rights.
  Result<rules::RuleFiles> Load() override;

 private:
  struct File {
    std::string id;
    std::string name;
    std::string modified;  // RFC 3339
    std::string version;
    bool shortcut = false;  // in the folder lies a shortcut to it
    bool operator==(const File&) const = default;
  };
  struct Folder {
    File sheet;
    File doc;
    bool operator==(const Folder&) const = default;
  };

  Result<Folder> Look();
  Result<void> Follow(File& shortcut);
  Result<std::string> LookAtPage(const std::string& page, Folder& folder);
  Result<rules::RuleFiles> Fetch(const Folder& folder);
  Result<std::vector<std::string>> Tabs(const File& sheet);
  Result<void> MustHaveSettled(const Folder& folder) const;

  const DriveSettings settings_;
  const Clock& clock_;
  GoogleClient client_;
  std::mutex mutex_;
  Folder seen_;
  std::optional<rules::RuleFiles> files_;
};

}  // namespace tr::google
