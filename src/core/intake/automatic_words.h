#pragma once
// How programs word the mail that they send by themselves, in the languages that mail comes in. All folded.

#include <span>
#include <string_view>

namespace tr::intake {

// What the subject of an auto-reply starts with: "automatic reply", "abwesenheitsnotiz".
std::span<const std::string_view> AutoReplySubjects();

// What stands in the subject of a bounce: "undelivered mail", "delivery failure".
std::span<const std::string_view> BounceSubjects();

// What stands in the text of a bounce: "could not be delivered", "user unknown".
std::span<const std::string_view> BounceTexts();

// Local parts that bounces come from (without '.', '-' and '_'), and those that nobody reads answers at (as written).
std::span<const std::string_view> DaemonNames();
std::span<const std::string_view> NoReplyNames();

}  // namespace tr::intake
