// An edit of the rules where several processes take it.

#include <gtest/gtest.h>

#include "ticket/json.h"
#include "way/side.h"

namespace tr::way {
namespace {

namespace json = boost::json;
using contract::Must;

constexpr const char* kDriveSync = R"({"job":"drive-sync"})";

rules::RuleFiles Edited(int n) {
  rules::RuleFiles rules = ExampleRules();
  rules.rules += "\n## Special routes\n\n- says \"blue ribbon " + std::to_string(n) + "\" -> Sales\n";
  return rules;
}

// Each function is a process of its own; the one of the web knows version 1, and no time passes.
class Rules : public ::testing::Test {
 protected:
  Rules() { EXPECT_EQ(side_.Get("/api/v1/rules").at("version"), 1); }

  void TakeElsewhere(int n) {
    side_.installation.LayRules(Edited(n));
    Must(side_.Call("drive-sync", kDriveSync));
  }
  json::value Sync() {
    const net::HttpResponse response = side_.Ask("POST", "/api/v1/rules/sync", json::object());
    EXPECT_EQ(response.status, 200) << response.body;
    return Must(ParseJson(response.body));
  }

  LambdaSide side_;
};

TEST_F(Rules, SyncNowAfterTheScheduledOneTookTheEditChangesNothing) {
  TakeElsewhere(1);
  const json::value report = Sync();
  EXPECT_EQ(report.at("outcome"), "unchanged") << report;
  EXPECT_EQ(report.at("version"), 2);
  EXPECT_EQ(report.at("text"), "Nothing changed: version 2 is in force.");
}

TEST_F(Rules, SyncNowTakesTheNextEditOnTopOfIt) {
  TakeElsewhere(1);
  side_.installation.LayRules(Edited(2));
  const json::value report = Sync();
  EXPECT_EQ(report.at("outcome"), "new version") << report;
  EXPECT_EQ(report.at("version"), 3);
}

TEST_F(Rules, WhoEditedAnOlderVersionIsToldBeforeAnythingIsWritten) {
  TakeElsewhere(1);
  const rules::RuleFiles edited = Edited(2);
  const json::object body{{"topics", edited.topics}, {"teams", edited.teams}, {"rules", edited.rules}};
  net::Headers headers;
  headers.Set("If-Match", "\"1\"");
  EXPECT_EQ(side_.Ask("PUT", "/api/v1/rules", body, headers).status, 409);
  EXPECT_EQ(Sync().at("version"), 2);
  headers.Set("If-Match", "\"2\"");
  const net::HttpResponse response = side_.Ask("PUT", "/api/v1/rules", body, headers);
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(side_.Get("/api/v1/rules").at("version"), 3);
}

}  // namespace
}  // namespace tr::way
