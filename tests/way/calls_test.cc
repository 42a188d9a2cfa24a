// What a ticket costs in calls of AWS, from its mail to its landing, beside the model's.

#include <map>

#include "way/story.h"

namespace tr::way {
namespace {

using Calls = std::map<std::string, int>;

Calls Since(const Calls& before, const Calls& now) {
  Calls more;
  for (const auto& [name, count] : now) {
    const auto old = before.find(name);
    const int made = count - (old == before.end() ? 0 : old->second);
    if (made > 0) more[name] = made;
  }
  return more;
}

int Sum(const Calls& calls) {
  int sum = 0;
  for (const auto& [name, count] : calls) sum += count;
  return sum;
}

void Print(const char* what, const Calls& calls) {
  printf("%s: %d calls\n", what, Sum(calls));
  for (const auto& [name, count] : calls) printf("  %2d %s\n", count, name.c_str());
}

class CallsOfATicket : public ::testing::Test {
 protected:
  // Those until the landing is stored: what is said to the team comes after it.
  Calls ToLanding(const Letter& letter) {
    const Calls before = side_.installation.Calls();
    std::optional<Calls> landed;
    side_.slack.faults = [&](const std::string&) {
      if (!landed) landed = side_.installation.Calls();
      return contract::FakeSlack::Order{};
    };
    EXPECT_TRUE(side_.Mail(letter.word, Raw(letter)));
    side_.Work();
    side_.slack.faults = {};
    side_.clock.Advance(std::chrono::seconds(2));
    EXPECT_TRUE(landed.has_value()) << "it did not land";
    return Since(before, landed ? *landed : before);
  }

  Letter Fresh(const std::string& word) {
    return {.word = word, .from = word + "@mail.example", .text = "Where is my delivery of last Friday?"};
  }

  LambdaSide side_;
};

TEST_F(CallsOfATicket, AreTwelveOrFewerFromMailToLanded) {
  const Calls cold = ToLanding(Fresh("cold"));
  const Calls warm = ToLanding(Fresh("warm"));
  side_.clock.Advance(std::chrono::minutes(5));
  const Calls seldom = ToLanding(Fresh("seldom"));
  side_.clock.Advance(std::chrono::hours(1));
  const Calls rare = ToLanding(Fresh("rare"));
  Print("a ticket in processes that just started", cold);
  Print("a ticket in processes that run", warm);
  Print("a ticket every five minutes, the rules looked for anew", seldom);
  Print("a ticket after an hour", rare);
  EXPECT_LE(Sum(warm), 12);
  EXPECT_LE(Sum(seldom), 12);
  EXPECT_LE(Sum(rare), 12);
  EXPECT_GE(Sum(warm), 8) << "some call is not counted";
}

TEST_F(CallsOfATicket, OfALaterMessageAndOfARepetitionAreBounded) {
  const Letter first = Fresh("first");
  ToLanding(first);
  Letter later = first;
  later.word = "later";
  later.answers = "first";
  later.text = "Still nothing; this is urgent now!";
  Print("a later message that raises its ticket", ToLanding(later));
  const Calls before = side_.installation.Calls();
  EXPECT_TRUE(side_.Mail("again", Raw(first)));
  side_.Work();
  const Calls again = Since(before, side_.installation.Calls());
  Print("the same mail once more", again);
  EXPECT_LE(Sum(again), 12);
}

}  // namespace
}  // namespace tr::way
