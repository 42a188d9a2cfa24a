#pragma once
// A road whose clock is read in Berlin, and the calls that are heard on it.

#include <algorithm>
#include <string>
#include <vector>

#include "road/road.h"
#include "rules/hours.h"

namespace tr::road {

inline constexpr const char* kCalm = "Where is my parcel now, please?";
inline constexpr const char* kUrgent = "Where is my parcel? This is urgent";
inline constexpr const char* kLawyer = "My lawyer will write to you about it";

inline const rules::Team& Berlin() {
  static const rules::Team kTeam = [] {
    rules::Team team;
    team.time_zone = "Europe/Berlin";
    return team;
  }();
  return kTeam;
}

inline Time At(const std::string& local) { return *rules::ParseLocalTime(Berlin(), local); }

inline rules::RuleBookPtr BookWith(const std::string& was, const std::string& is) {
  rules::RuleFiles files = testing::ExampleFiles();
  const std::size_t at = files.teams.find(was);
  EXPECT_NE(at, std::string::npos) << was;
  files.teams.replace(at, was.size(), is);
  return testing::BookOf(files);
}

class Watch : public Road {
 public:
  explicit Watch(const std::string& start) { clock.Set(At(start)); }

  // Delivers what is due every minute until then, and notes the calls: "2026-03-02 10:00 lead omar@shop.example
  // #help-shipping".
  void Until(const std::string& end) {
    for (const Time until = At(end); clock.Now() <= until; clock.Advance(minutes(1))) {
      // The timer, then the ping that it put.
      for (int round = 0; round < 2; ++round) (void)outbox.DeliverDue(50);
      Note();
    }
  }

  // Nobody delivers until then: the machine is off.
  void Sleep(const std::string& end) { clock.Set(At(end)); }

  std::vector<std::string> calls;

 private:
  void Note() {
    const std::vector<handoff::Notice> in_slack = slack.said();
    for (; noted_ < in_slack.size(); ++noted_) {
      const handoff::Notice& notice = in_slack[noted_];
      if (notice.kind != store::DeliveryKind::kPing || notice.message == 0) continue;
      EXPECT_NE(notice.text, "");
      calls.push_back(rules::FormatLocalTime(Berlin(), clock.Now()) + " " + notice.role + " " + notice.person + " " +
                      notice.address);
    }
  }
  std::size_t noted_ = 0;
};

}  // namespace tr::road
