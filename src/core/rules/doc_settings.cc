#include "rules/doc_settings.h"

#include <algorithm>

#include "base/text.h"
#include "rules/doc.h"
#include "rules/sheet_cells.h"
#include "rules/suggest.h"

namespace tr::rules {
namespace {

constexpr std::string_view kLessSure = "hold when less sure than";
constexpr std::string_view kShorter = "hold when shorter than";
constexpr std::string_view kPingLead = "ping the triage lead after";
constexpr std::string_view kPingManager = "ping the triage manager after";
constexpr int kMostWords = 100;

void SetShare(const Setting& setting, const Bullet& bullet, RuleBook& book, Problems& problems) {
  book.hold_limits.less_sure_line = bullet.line;
  if (Fold(setting.value) == "automatic") return;
  const Result<double> share = ParsePercentage(setting.value);
  if (share.ok())
    book.hold_limits.less_sure_than = *share;
  else
    problems.Error(At(bullet), share.fault().text + " Or write automatic.");
}

void SetWords(const Setting& setting, const Bullet& bullet, RuleBook& book, Problems& problems) {
  std::string_view value = setting.value;
  const std::size_t end = std::min(value.find_first_not_of("0123456789"), value.size());
  const std::string unit = Fold(Trim(value.substr(end)));
  const bool good = end > 0 && end <= 3 && (unit.empty() || unit == "word" || unit == "words");
  const int words = good ? std::stoi(std::string(value.substr(0, end))) : kMostWords + 1;
  if (words > kMostWords) {
    return problems.Error(At(bullet),
                          Quote(setting.value) + " is no number of words up to 100. Write it like 3 words.");
  }
  book.hold_limits.shorter_than_words = words;
  book.hold_limits.shorter_line = bullet.line;
}

void SetSpan(const Setting& setting, const Bullet& bullet, std::chrono::minutes& field, Problems& problems) {
  const Result<std::chrono::minutes> span = ParseSpan(setting.value);
  if (span.ok())
    field = *span;
  else
    problems.Error(At(bullet), span.fault().text);
}

}  // namespace

Setting ReadSetting(const Bullet& bullet) {
  const std::string_view text = bullet.text;
  const std::size_t colon = text.find(':');
  const std::size_t arrow = text.find("->");
  const std::size_t at = std::min(colon, arrow);
  if (at == std::string_view::npos) return {"", std::string(text)};
  std::string_view value = Trim(text.substr(at + (at == colon ? 1 : 2)));
  while (value.ends_with('.')) value.remove_suffix(1);
  return {NameKey(text.substr(0, at)), std::string(value)};
}

void ParseHoldLimit(const Bullet& bullet, RuleBook& book, SettingsSeen& seen, Problems& problems) {
  const Setting setting = ReadSetting(bullet);
  HoldLimits& limits = book.hold_limits;
  if (setting.name == kLessSure) {
    if (SetOnce(seen.less_sure, bullet, problems)) SetShare(setting, bullet, book, problems);
  } else if (setting.name == kShorter) {
    if (SetOnce(seen.shorter, bullet, problems)) SetWords(setting, bullet, book, problems);
  } else if (setting.name == kPingLead) {
    if (SetOnce(seen.ping_lead, bullet, problems)) SetSpan(setting, bullet, limits.ping_lead_after, problems);
  } else if (setting.name == kPingManager) {
    if (SetOnce(seen.ping_manager, bullet, problems)) SetSpan(setting, bullet, limits.ping_manager_after, problems);
  } else {
    const std::vector<std::string> known = {std::string(kLessSure), std::string(kShorter), std::string(kPingLead),
                                            std::string(kPingManager)};
    const std::string written = setting.name.empty() ? bullet.text : setting.name;
    const std::string near = problems.MaySuggest() ? Suggest(written, known) : std::string();
    problems.Error(
        At(bullet),
        Quote(written) + (setting.name.empty() ? " has no colon." : " is no hold limit.") +
            (near.empty() ? " Write \"hold when less sure than: automatic\", \"hold when shorter than: 3 words\", "
                            "\"ping the triage lead after: 2 hours\" or \"ping the triage manager after: 6 hours\"."
                          : " Did you mean \"" + near + ": …\"?"));
  }
}

}  // namespace tr::rules
