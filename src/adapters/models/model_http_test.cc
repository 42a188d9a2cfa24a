#include "models/model_http.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace tr::models {
namespace {

using std::chrono::seconds;

TEST(FaultOfModel, SaysWhoHasToAct) {
  const std::pair<int, FaultKind> table[] = {
      {400, FaultKind::kPermanent}, {401, FaultKind::kPermanent}, {402, FaultKind::kPermanent},
      {403, FaultKind::kPermanent}, {404, FaultKind::kPermanent}, {408, FaultKind::kTransient},
      {409, FaultKind::kTransient}, {413, FaultKind::kPermanent}, {422, FaultKind::kPermanent},
      {425, FaultKind::kTransient}, {429, FaultKind::kTransient}, {500, FaultKind::kTransient},
      {503, FaultKind::kTransient}, {529, FaultKind::kTransient}};
  for (const auto& [status, kind] : table) {
    net::HttpResponse answer = net::MakeResponse(status, "application/json", R"({"error":"your words: parcel"})");
    const Fault fault = FaultOfModel("Vendor", answer);
    EXPECT_EQ(fault.kind, kind) << status;
    EXPECT_EQ(fault.text.find("parcel"), std::string::npos);
    EXPECT_NE(fault.text.find(std::to_string(status)), std::string::npos);
  }
}

TEST(FaultOfModel, ComesBackWhenToldTo) {
  const std::pair<const char*, std::optional<Duration>> table[] = {{"12", seconds(12)},          {"0", seconds(0)},
                                                                   {"999999", seconds(3600)},    {"-3", std::nullopt},
                                                                   {"Tue, 8 Dec", std::nullopt}, {"", std::nullopt}};
  for (const auto& [header, wait] : table) {
    net::HttpResponse answer = net::MakeResponse(429, "text/plain", "");
    answer.headers.Set("Retry-After", header);
    EXPECT_EQ(FaultOfModel("Vendor", answer).retry_after, wait) << header;
  }
}

TEST(TimeFor, IsTheDeadlineWithinReason) {
  const Time now{std::chrono::hours(1)};
  EXPECT_EQ(*TimeFor({now + seconds(20), ""}, now), seconds(20));
  EXPECT_EQ(*TimeFor({now + seconds(600), ""}, now), seconds(60));
  EXPECT_EQ(*TimeFor({now + seconds(2), ""}, now), seconds(2));
  for (const Duration left : {Duration(1999), Duration(0), Duration(-5000)}) {
    EXPECT_EQ(TimeFor({now + left, ""}, now).fault().kind, FaultKind::kTransient) << left.count();
  }
}

TEST(TokensAt, BelievesNoNonsense) {
  const auto tokens = [](const char* json) { return TokensAt(boost::json::parse(json), "usage", "in"); };
  EXPECT_EQ(tokens(R"({"usage":{"in":812}})"), 812);
  for (const char* json : {"{}", "[]", R"({"usage":7})", R"({"usage":{"in":"9"}})", R"({"usage":{"in":-9}})"}) {
    EXPECT_EQ(tokens(json), 0) << json;
  }
}

}  // namespace
}  // namespace tr::models
